#include "relay/http/session.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "relay/http/parse.hpp"
#include "relay/http/request_id.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr std::size_t read_bytes = 4096;
// A kept connection that asks again within this time finds its buffer ready.
constexpr std::chrono::milliseconds busy{1'000};

Problem failed_inside() {
  return {.status = 500, .code = "internal", .message = "The server failed to answer this request."};
}

}  // namespace

Session::Session(net::ip::tcp::socket socket, ServerContext& context)
    : wire_(std::move(socket), context.loop.alarms),
      context_(context),
      limits_(context.limits),
      began_(Clock::now()) {
  boost::system::error_code ignored;  // a peer that is gone already shows at the first read
  wire_.socket().set_option(net::ip::tcp::no_delay(true), ignored);
  const auto endpoint = wire_.socket().remote_endpoint(ignored);
  if (!ignored) peer_ = endpoint.address().to_string();
}

net::awaitable<void> Session::run() {
  while (co_await answer_one()) {
  }
}

net::awaitable<void> Session::refuse(Problem problem) {
  Conversation talk(wire_, peer_, received_, context_, began_);
  talk.exchange.id = talk.request.id = next_request_id();
  co_await talk.refuse(problem);
  co_await linger();
}

void Session::hurry() {
  if (!waiting_ || hurried_) return;  // it came during the drain and knows
  wire_.cancel();
}

void Session::cut() { wire_.close(); }

// Waits for the first bytes of a request. False: nobody will ask anything more.
net::awaitable<bool> Session::wait_for_request() {
  const Clock::time_point since = Clock::now();
  bool busily = answered_ > 0;
  for (;;) {
    auto patience = answered_ == 0 ? limits_.header_deadline : limits_.idle;
    if (context_.draining) {
      patience = std::min(patience, limits_.drain_idle);
      hurried_ = true;
    }
    const auto end = (hurried_ ? Clock::now() : since) + patience;
    wire_.limit_at(busily ? std::min(end, since + busy) : end);
    waiting_ = true;
    boost::system::error_code error;
    if (busily) {
      received_.resize(read_bytes);
      const Received read = co_await wire_.receive(received_);
      received_.resize(read.bytes);
      error = read.error;
    } else {
      std::string().swap(received_);
      error = co_await wire_.readable();
    }
    waiting_ = false;
    const bool late = wire_.late();
    wire_.no_limit();
    if (!error) co_return true;
    if (busily && late && Clock::now() < end) {
      busily = false;
      continue;
    }
    if (context_.draining && !hurried_ && wire_.socket().is_open()) continue;  // hurry() woke us
    co_return false;
  }
}

net::awaitable<Session::Head> Session::read_head() {
  if (received_.empty() && !co_await wait_for_request()) co_return Head::Gone;
  // A new connection's time runs from its accept, a kept one's from the first byte of the request.
  if (answered_ > 0) began_ = Clock::now();
  const auto deadline = began_ + limits_.header_deadline;
  std::size_t scanned = 0;
  for (;;) {
    const HeadScan scan = scan_head(received_, scanned);
    if (scan.state == HeadScan::State::Broken) co_return Head::Broken;
    if (scan.state == HeadScan::State::Complete) {
      head_bytes_ = scan.bytes;
      co_return Head::Complete;
    }
    scanned = received_.size();
    if (scanned >= limits_.header_bytes) co_return Head::TooLarge;
    if (Clock::now() >= deadline) co_return Head::Late;

    received_.resize(scanned + std::min<std::size_t>(read_bytes, limits_.header_bytes - scanned));
    wire_.limit_at(deadline);
    const std::span<char> room(received_.data() + scanned, received_.size() - scanned);
    const Received read = co_await wire_.receive(room);
    const bool late = wire_.late();
    wire_.no_limit();
    received_.resize(scanned + read.bytes);
    if (read.error) co_return late ? Head::Late : Head::Gone;
  }
}

std::optional<Problem> Session::take_head(Head head, Request& request) {
  switch (head) {
    case Head::Late:
      return Problem{
          .status = 408, .code = "client_timeout", .message = "The request took too long to arrive."};
    case Head::TooLarge:
      return Problem{
          .status = 431, .code = "headers_too_large", .message = "The request header is too large."};
    case Head::Gone:
    case Head::Broken:
      return Problem{.status = 400, .code = "bad_framing", .message = "The request is not well-formed HTTP."};
    case Head::Complete: break;
  }
  auto parsed = parse_head(std::string_view(received_).substr(0, head_bytes_), limits_);
  received_.erase(0, head_bytes_);
  if (auto* problem = std::get_if<Problem>(&parsed)) return std::move(*problem);
  request = std::move(std::get<Request>(parsed));
  return std::nullopt;
}

// True: the connection is good for another request.
net::awaitable<bool> Session::answer_one() {
  const Head head = co_await read_head();
  if (head == Head::Gone) co_return false;

  Conversation talk(wire_, peer_, received_, context_, began_);
  const std::optional<Problem> problem = take_head(head, talk.request);
  talk.exchange.id = talk.request.id = next_request_id();
  if (problem) {
    co_await talk.refuse(*problem);
    co_await linger();
    co_return false;
  }
  talk.exchange.method = talk.request.method;
  talk.exchange.path = talk.request.path();
  ++answered_;
  talk.keep_alive =
      talk.request.keep_alive && !context_.draining && answered_ < limits_.requests_per_connection;
  talk.expect_body(talk.request.announced_body);
  try {
    co_await answer_request(talk);
  } catch (const std::exception&) {
    if (context_.service.on_event) context_.service.on_event("exception escaped");
    talk.break_off();
  }
  if (!talk.done()) talk.break_off();  // a route that forgot is a route that failed
  if (talk.keep_alive) co_return true;
  if (talk.exchange.complete) co_await linger();
  co_return false;
}

net::awaitable<void> Session::answer_request(Conversation& talk) {
  const Request& request = talk.request;
  std::optional<Response> response;
  const Endpoint* endpoint = nullptr;
  try {
    const Service& service = context_.service;
    if (service.gate) response = service.gate(request);
    if (!response && service.endpoint) endpoint = service.endpoint(request);
    if (!response && endpoint == nullptr) response = service.handler(request);
  } catch (const std::exception&) {
    response = problem_response(failed_inside(), request.id);
  }
  if (response) {
    co_await talk.answer(std::move(*response));
    co_return;
  }
  if (request.method == "POST" && request.field("Content-Length") == nullptr) {
    const Problem problem = {
        .status = 411, .code = "length_required", .message = "Send Content-Length with the request."};
    talk.keep_alive = false;  // a client that forgot it may send a body all the same
    co_await talk.refuse(problem);
  } else if (request.announced_body > endpoint->body_bytes) {
    const Problem problem = {
        .status = 413,
        .code = "too_large",
        .message = "This request is too large: at most " + std::to_string(endpoint->body_bytes) + " bytes."};
    co_await talk.refuse(problem);
  } else {
    co_await endpoint->answer(talk);
  }
}

// Closing with unread bytes in the socket would make the kernel reset the connection, and the client would
// lose the answer we just sent. So: say that we are done, then read on for a moment.
net::awaitable<void> Session::linger() {
  boost::system::error_code ec;
  wire_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ec);
  if (ec) co_return;
  std::array<char, 4096> rest;
  wire_.limit(limits_.linger);
  for (std::size_t bytes = 0; bytes < limits_.linger_bytes && !wire_.late();) {
    const Received read = co_await wire_.receive(rest);
    if (read.error) co_return;
    bytes += read.bytes;
  }
}

}  // namespace vignette::relay
