#include "relay/upstream/race.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "relay/http/alarms.hpp"

namespace vignette::relay {

namespace net = boost::asio;
using net::ip::tcp;

namespace {

constexpr std::size_t most_runners = 4;

}  // namespace

/// Those who run may finish after the race was over: each of them keeps the track.
struct Race::Track {
  explicit Track(const net::any_io_executor& io) : news(io) { runners.reserve(most_runners); }

  net::steady_timer news;
  std::vector<tcp::socket> runners;
  std::size_t failed = 0;
  std::optional<std::size_t> first;
  bool cancelled = false;
};

Race::Race(const net::any_io_executor& io) : track_(std::make_shared<Track>(io)) {}

void Race::cancel() {
  track_->cancelled = true;
  track_->news.cancel();
}

net::awaitable<std::optional<tcp::socket>> Race::run(std::span<const net::ip::address> addresses,
                                                     std::uint16_t port, std::chrono::milliseconds patience) {
  const std::shared_ptr<Track> track = track_;
  const std::vector<net::ip::address> order = in_turns(addresses);
  const Clock::time_point end = Clock::now() + patience;
  Clock::time_point next_start = Clock::now();
  while (!track->first && !track->cancelled && track->failed < order.size()) {
    const Clock::time_point now = Clock::now();
    if (now >= end) break;
    const std::size_t running = track->runners.size();
    if (running < order.size() && (now >= next_start || track->failed == running)) {
      track->runners.emplace_back(track->news.get_executor());
      track->runners.back().async_connect({order[running], port},
                                          [track, running](const boost::system::error_code& error) {
                                            if (error) {
                                              ++track->failed;
                                            } else if (!track->first) {
                                              track->first = running;
                                            }
                                            track->news.cancel();
                                          });
      next_start = now + head_start;
    }
    track->news.expires_at(track->runners.size() < order.size() ? std::min(end, next_start) : end);
    co_await track->news.async_wait(net::as_tuple(net::use_awaitable));
  }
  std::optional<tcp::socket> winner;
  if (track->first && !track->cancelled) winner.emplace(std::move(track->runners[*track->first]));
  boost::system::error_code ignored;
  for (tcp::socket& runner : track->runners) runner.close(ignored);
  co_return winner;
}

std::vector<net::ip::address> in_turns(std::span<const net::ip::address> addresses) {
  std::vector<net::ip::address> first;
  std::vector<net::ip::address> second;
  for (const net::ip::address& address : addresses)
    (address.is_v6() == addresses.front().is_v6() ? first : second).push_back(address);
  std::vector<net::ip::address> order;
  for (std::size_t i = 0; order.size() < addresses.size(); ++i) {
    if (i < first.size()) order.push_back(first[i]);
    if (i < second.size()) order.push_back(second[i]);
  }
  order.resize(std::min(order.size(), most_runners));
  return order;
}

}  // namespace vignette::relay
