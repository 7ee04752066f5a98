#include "tests/relay/live_server.hpp"

#include <doctest/doctest.h>
#include <utility>

namespace vignette::relay {

LiveServer::LiveServer(Limits limits, Handler handler)
    : server_(loop_, limits,
              {.handler = handler ? std::move(handler)
                                  : [this](const Request& request) { return answer(request, routes_); },
               .on_exchange =
                   [this](const Exchange& exchange) {
                     const std::lock_guard lock(mutex_);
                     exchanges_.push_back(exchange);
                   }}) {
  folder_.write("index.html", "<p>home");
  routes_.site.emplace(folder_.open());
  const auto address = server_.listen("127.0.0.1", 0);
  REQUIRE(address);
  port_ = static_cast<std::uint16_t>(std::stoi(address->substr(address->rfind(':') + 1)));
  thread_ = std::thread([this] { server_.run(); });
}

LiveServer::~LiveServer() {
  drain();
  join();
}

void LiveServer::join() {
  if (thread_.joinable()) thread_.join();
}

std::vector<Exchange> LiveServer::exchanges() {
  const std::lock_guard lock(mutex_);
  return exchanges_;
}

}  // namespace vignette::relay
