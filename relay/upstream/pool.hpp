#pragma once
#include <boost/asio/ssl/context.hpp>
#include <list>
#include <map>
#include <memory>

#include "relay/http/loop.hpp"
#include "relay/upstream/connection.hpp"
#include "relay/upstream/failure.hpp"
#include "relay/upstream/names.hpp"

namespace vignette::relay {

struct UpstreamLimits {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds first_byte{60'000};
  std::chrono::milliseconds first_byte_drawing{180'000};
  std::chrono::milliseconds between_bytes{30'000};
  std::chrono::milliseconds total{300'000};
  std::chrono::milliseconds idle{15'000};
  std::chrono::minutes age{10};
  int requests_per_connection = 1'000;
  std::size_t idle_connections = 64;  ///< per host
  std::size_t head_bytes = 16 * 1024;
  std::size_t json_bytes = 16u << 20;
  std::size_t image_bytes = 32u << 20;
};

/// Connections to providers, kept while they are good.
///
///   auto opened = co_await pool.get(where, on_connection);
///   …
///   pool.put_back(std::move(connection));   // only after a complete answer
class Pool final : private Alarm {
 public:
  /// Certificates are checked against the system's authorities, or those of `ca_file`.
  Pool(Loop& loop, UpstreamLimits limits, const std::string& ca_file = {});

  struct Opened {
    std::unique_ptr<Connection> connection;
    Failure failure = Failure::None;
    bool reused = false;
  };
  /// A kept one, or with `fresh` a new one. `opening` sees a new connection before it is open, so that it can
  /// be cancelled.
  boost::asio::awaitable<Opened> get(const Destination& where, bool fresh,
                                     std::function<void(Connection*)> opening);
  /// A kept one without waiting, or null.
  std::unique_ptr<Connection> kept(const Destination& where);
  void put_back(std::unique_ptr<Connection> connection);
  /// Closes what is kept and keeps no more.
  void stop();

  const UpstreamLimits limits;

 private:
  void ring() override;

  using Key = std::pair<std::string, int>;  // host; port, negative without TLS
  static Key key_of(const Destination& where) {
    return {where.host, where.tls ? int{where.port} : -int{where.port}};
  }

  /// Made when it is first needed: reading a hundred and fifty authorities takes longer than all the rest of
  /// the start.
  boost::asio::ssl::context& tls();

  Loop& loop_;
  Names names_;
  std::string ca_file_;
  std::optional<boost::asio::ssl::context> tls_;
  std::map<Key, std::list<std::unique_ptr<Connection>>> kept_;
  bool stopped_ = false;
};

}  // namespace vignette::relay
