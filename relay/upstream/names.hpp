#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "relay/http/alarms.hpp"

namespace vignette::relay {

/// Addresses of hosts. Looked up on a thread of Asio's, remembered, and looked up again behind the back of
/// those who ask: only the very first request to a host waits.
class Names {
 public:
  explicit Names(boost::asio::io_context& io) : io_(io), resolver_(io) {}

  /// Empty: there is none, or it could not be found in time.
  boost::asio::awaitable<std::vector<boost::asio::ip::address>> find(std::string host);
  void stop() { resolver_.cancel(); }

 private:
  struct Entry {
    explicit Entry(boost::asio::io_context& io) : arrived(io) {}
    std::vector<boost::asio::ip::address> addresses;
    Clock::time_point at;
    bool asking = false;
    boost::asio::steady_timer arrived;  // those who wait for the first answer
  };
  void ask(const std::string& host, const std::shared_ptr<Entry>& entry);

  boost::asio::io_context& io_;
  boost::asio::ip::tcp::resolver resolver_;
  std::map<std::string, std::shared_ptr<Entry>, std::less<>> entries_;
};

}  // namespace vignette::relay
