#include "relay/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <exception>
#include <list>
#include <unordered_map>
#include <utility>

#include "relay/http/network.hpp"
#include "relay/http/session.hpp"

namespace vignette::relay {

namespace net = boost::asio;
using net::ip::tcp;

namespace {

constexpr auto as_result = net::as_tuple(net::use_awaitable);

// Enough to tell a burst of clients politely; beyond it a connection is closed without a word.
constexpr std::size_t turned_away_at_once = 64;

Error cannot_listen(const std::string& where, const boost::system::error_code& ec) {
  if (ec == net::error::address_in_use) {
    return {
        .code = ErrorCode::Refused,
        .message = where + " is already in use.",
        .hint =
            "Stop the program that listens there, or choose another port with --port (0 takes a free one)."};
  }
  if (ec == net::error::access_denied) {
    return {.code = ErrorCode::Refused,
            .message = "This user may not listen on " + where + ".",
            .hint = "Choose a port above 1023 with --port."};
  }
  return {.code = ErrorCode::Refused,
          .message = "Cannot listen on " + where + ": " + ec.message() + ".",
          .hint = "--host must be an address of this machine, for example 127.0.0.1 or 0.0.0.0."};
}

}  // namespace

struct Server::Impl {
  explicit Impl(ServerContext the_context) : context(std::move(the_context)) {}

  ServerContext context;
  net::io_context& io = context.loop.io;
  tcp::acceptor acceptor{io};
  net::signal_set signals{io};
  net::steady_timer drain_timer{io};
  std::list<Session> sessions;
  std::unordered_map<std::string, std::size_t> by_network;  // connections of each
  std::size_t turned_away = 0;                              // and still hearing why
  bool drained = false;

  Result<std::string> listen(const std::string& host, std::uint16_t port);
  void start_accepting();
  net::awaitable<void> accept_all();
  void admit(tcp::socket socket);
  void turn_away(std::list<Session>::iterator session, const char* why);
  void await_signal();
  void begin_drain();
  void cut_all();
  void finish_if_drained();
  void tell(const std::string& event) const {
    if (context.service.on_event) context.service.on_event(event);
  }
  void report(const std::exception_ptr& escaped) const {
    if (escaped) tell("exception escaped");
  }
};

Result<std::string> Server::Impl::listen(const std::string& host, std::uint16_t port) {
  boost::system::error_code ec;
  const auto address = net::ip::make_address(host, ec);
  if (ec) {
    return Error{.code = ErrorCode::InvalidInput,
                 .message = "--host " + host + " is not an IP address.",
                 .hint = "Use 127.0.0.1 for this machine only, 0.0.0.0 for every network it is in."};
  }
  const auto shown = [&](std::uint16_t p) {
    return (address.is_v6() ? "[" + address.to_string() + "]" : address.to_string()) + ":" +
           std::to_string(p);
  };
  const tcp::endpoint endpoint(address, port);
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(net::socket_base::max_listen_connections, ec);
  if (ec) return cannot_listen(shown(port), ec);
  return "http://" + shown(acceptor.local_endpoint(ec).port());
}

void Server::Impl::start_accepting() {
  net::co_spawn(io, accept_all(), [this](const std::exception_ptr& escaped) { report(escaped); });
}

net::awaitable<void> Server::Impl::accept_all() {
  while (acceptor.is_open()) {
    auto accepted = co_await acceptor.async_accept(as_result);
    auto& [ec, socket] = accepted;
    if (!ec) {
      admit(std::move(socket));
    } else if (acceptor.is_open()) {
      // Out of descriptors, most likely. Trying again at once would only burn the processor.
      net::steady_timer pause(io, std::chrono::milliseconds(50));
      co_await pause.async_wait(as_result);
    }
  }
}

void Server::Impl::admit(tcp::socket socket) {
  const bool full = sessions.size() - turned_away >= context.limits.connections;
  const auto session = sessions.emplace(sessions.end(), std::move(socket), context);
  const bool counts = context.limits.counts_loopback || !is_loopback(session->peer());
  const std::string network = counts ? network_of(session->peer()) : std::string();
  const auto crowd = by_network.find(network);
  const bool too_many =
      counts && crowd != by_network.end() && crowd->second >= context.limits.connections_per_address;
  if (full || too_many) {
    turn_away(session, full ? "The server has as many connections as it can hold; try again in a moment."
                            : "Your network has as many connections here as it may; try again in a moment.");
    return;
  }
  if (counts) ++by_network[network];
  // Sessions handle their own errors. What still escapes is a bug, and costs this one connection.
  net::co_spawn(io, session->run(), [this, session, counts, network](const std::exception_ptr& escaped) {
    report(escaped);
    sessions.erase(session);
    if (counts && --by_network[network] == 0) by_network.erase(network);
    finish_if_drained();
  });
}

void Server::Impl::turn_away(std::list<Session>::iterator session, const char* why) {
  if (turned_away >= turned_away_at_once) {
    sessions.erase(session);
    return;
  }
  ++turned_away;
  Problem problem = {.status = 503, .code = "overloaded", .message = why, .retry_after_s = 2};
  net::co_spawn(io, session->refuse(std::move(problem)), [this, session](const std::exception_ptr& escaped) {
    report(escaped);
    --turned_away;
    sessions.erase(session);
    finish_if_drained();
  });
}

void Server::Impl::await_signal() {
  signals.async_wait([this](const boost::system::error_code& ec, int) {
    if (ec) return;
    if (context.draining) return cut_all();
    await_signal();  // first: begin_drain() may find nothing to wait for, and then cancels this
    begin_drain();
  });
}

void Server::Impl::begin_drain() {
  if (context.draining) return;
  context.draining = true;
  tell("draining");
  // Clients that connected before the signal are still served: the kernel has already told them yes.
  boost::system::error_code ec;
  acceptor.non_blocking(true, ec);
  while (!ec) {
    tcp::socket socket(io);
    acceptor.accept(socket, ec);
    if (!ec) admit(std::move(socket));
  }
  acceptor.close(ec);
  for (Session& session : sessions) session.hurry();
  drain_timer.expires_after(context.limits.drain);
  drain_timer.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) cut_all();
  });
  finish_if_drained();
}

void Server::Impl::cut_all() {
  for (Session& session : sessions) session.cut();
}

// With the timer and the signals gone the loop runs out of work, and run() returns.
void Server::Impl::finish_if_drained() {
  if (!context.draining || !sessions.empty() || drained) return;
  drained = true;
  drain_timer.cancel();
  signals.cancel();
  if (context.service.on_drained) context.service.on_drained();
}

Server::Server(Loop& loop, Limits limits, Service service)
    : impl_(std::make_unique<Impl>(
          ServerContext{.loop = loop, .limits = limits, .service = std::move(service)})) {}

Server::~Server() = default;

Result<std::string> Server::listen(const std::string& host, std::uint16_t port) {
  auto address = impl_->listen(host, port);
  if (address) impl_->start_accepting();
  return address;
}

void Server::drain_on_signals() {
  impl_->signals.add(SIGTERM);
  impl_->signals.add(SIGINT);
  impl_->await_signal();
}

void Server::run() {
  for (;;) {
    try {
      impl_->io.run();
      return;
    } catch (const std::exception&) {
      // One operation failed in a way nobody foresaw; the other connections go on.
      impl_->tell("exception escaped");
    }
  }
}

bool Server::draining() const { return impl_->context.draining; }

void Server::drain() {
  net::post(impl_->io, [impl = impl_.get()] { impl->begin_drain(); });
}

}  // namespace vignette::relay
