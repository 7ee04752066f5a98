#include "tests/emulator/wire/server.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include "tests/emulator/wire/crew.hpp"

namespace vignette::emulator {
namespace {

constexpr int keep_alive_ms = 75'000;
constexpr std::size_t most_connections = 2000;
constexpr int waiting_connections = 1024;

struct Current {
  Wire* wire = nullptr;
  Visitor* visitor = nullptr;
};
thread_local Current current;  // httplib's handlers are not told which connection they serve

}  // namespace

Server::Server(MakeVisitor make_visitor) : make_visitor_(std::move(make_visitor)) {
  const auto handle = [](const httplib::Request& request, httplib::Response&) {
    current.visitor->complete(request, *current.wire);
    current.wire->mute();
  };
  // One pattern for all: process_and_close_socket hides the real path from httplib's regular expressions,
  // which recurse once for every character of it.
  Get("/", handle)
      .Post("/", handle)
      .Put("/", handle)
      .Patch("/", handle)
      .Delete("/", handle)
      .Options("/", handle);
  set_payload_max_length(std::size_t{256} << 20);
  new_task_queue = [] { return new Crew(most_connections); };
}

Server::~Server() { stop(); }

int Server::start(int port) {
  if (port == 0) {
    port = bind_to_any_port("127.0.0.1");
  } else if (!bind_to_port("127.0.0.1", port)) {
    port = 0;
  }
  if (port <= 0) return 0;
  // The library was compiled with room for five waiting connections; a burst would wait a second for its SYN.
  ::listen(svr_sock_, waiting_connections);
  accepting_ = std::thread([this] { listen_after_bind(); });
  while (!is_running()) std::this_thread::yield();
  return port;
}

void Server::stop() {
  if (!accepting_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  httplib::Server::stop();
  accepting_.join();
}

bool Server::process_and_close_socket(socket_t socket) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      ::close(socket);
      return false;
    }
    open_.insert(socket);
  }
  {
    Wire wire(socket);
    while (!wire.must_close && wire.await_request(keep_alive_ms)) {
      const auto visitor = make_visitor_();
      current = {&wire, visitor.get()};
      wire.ready_for_next();
      bool closed = false;
      const bool ok = process_request(wire, false, closed, [&](httplib::Request& request) {
        visitor->arrived(request, wire);
        request.path = "/";
      });
      visitor->over(wire);
      current = {};
      if (!ok || closed) wire.must_close = true;
    }
    // Forgotten before the descriptor is closed and its number can be somebody else's.
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
  }
  return true;
}

}  // namespace vignette::emulator
