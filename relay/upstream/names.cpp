#include "relay/upstream/names.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr std::chrono::seconds fresh{60};
constexpr std::chrono::hours usable{1};
constexpr std::chrono::seconds patience{5};

}  // namespace

net::awaitable<std::vector<net::ip::address>> Names::find(std::string host) {
  boost::system::error_code error;
  const auto literal = net::ip::make_address(host, error);
  if (!error) co_return std::vector{literal};

  std::shared_ptr<Entry>& known = entries_[host];
  if (!known) known = std::make_shared<Entry>(io_);
  const std::shared_ptr<Entry> entry = known;
  const auto age = Clock::now() - entry->at;
  if (!entry->addresses.empty() && age < usable) {
    if (age > fresh && !entry->asking) ask(host, entry);
    co_return entry->addresses;
  }
  if (!entry->asking) ask(host, entry);
  constexpr auto as_result = net::as_tuple(net::use_awaitable);
  co_await entry->arrived.async_wait(as_result);
  co_return entry->addresses;
}

void Names::ask(const std::string& host, const std::shared_ptr<Entry>& entry) {
  entry->asking = true;
  entry->arrived.expires_after(patience);  // here, once: it would wake those who wait already
  resolver_.async_resolve(host, "", [entry](const boost::system::error_code& error, auto results) {
    entry->asking = false;
    if (!error && !results.empty()) {
      entry->addresses.clear();
      for (const auto& each : results) {
        const auto address = each.endpoint().address();
        if (std::find(entry->addresses.begin(), entry->addresses.end(), address) == entry->addresses.end())
          entry->addresses.push_back(address);
      }
      entry->at = Clock::now();
    }
    entry->arrived.cancel();
  });
}

}  // namespace vignette::relay
