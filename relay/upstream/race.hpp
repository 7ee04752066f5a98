#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vignette::relay {

/// Connects to whichever of a host's addresses answers first. The next one sets off as soon as one refuses,
/// or when the last one has said nothing for a quarter of a second: a network that swallows IPv6 costs that
/// much, and no more.
class Race {
 public:
  static constexpr std::chrono::milliseconds head_start{250};

  explicit Race(const boost::asio::any_io_executor& io);
  /// Nothing: none of them answered in time.
  boost::asio::awaitable<std::optional<boost::asio::ip::tcp::socket>> run(
      std::span<const boost::asio::ip::address> addresses, std::uint16_t port,
      std::chrono::milliseconds patience);
  void cancel();

 private:
  struct Track;
  std::shared_ptr<Track> track_;
};

/// The resolver's order, but IPv6 and IPv4 in turns, and no more than are worth trying.
std::vector<boost::asio::ip::address> in_turns(std::span<const boost::asio::ip::address> addresses);

}  // namespace vignette::relay
