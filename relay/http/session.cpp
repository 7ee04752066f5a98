#include "relay/http/session.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancel_after.hpp>
#include <boost/asio/cancel_at.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "relay/http/http_date.hpp"
#include "relay/http/parse.hpp"
#include "relay/http/request_id.hpp"

namespace vignette::relay {

namespace net = boost::asio;
namespace http = boost::beast::http;

namespace {

// Errors come back as values; an exception in here is a bug, not a peer.
constexpr auto as_result = net::as_tuple(net::use_awaitable);

bool is_bodyless(int status) { return status == 204 || status == 304; }

// Every response of ours says these, whichever route made it.
http::response<http::buffer_body> wire_message(const Response& response, const std::string& id,
                                               bool keep_alive) {
  http::response<http::buffer_body> message;
  message.version(11);
  message.result(static_cast<unsigned>(response.status));
  for (const Field& field : response.fields) message.set(field.name, field.value);
  if (!is_bodyless(response.status)) message.content_length(body_bytes(response.body));
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  message.set(http::field::date,
              format_http_date(std::chrono::duration_cast<std::chrono::seconds>(now).count()));
  message.set("X-Request-Id", id);
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.keep_alive(keep_alive);
  return message;
}

// The body in pieces: a text is one piece, a file as many as it takes.
class Pieces {
 public:
  Pieces(const Body& body, std::size_t chunk_bytes) : body_(body), left_(body_bytes(body)) {
    if (std::holds_alternative<FileSlice>(body)) chunk_.resize(std::min<std::uint64_t>(chunk_bytes, left_));
  }
  std::uint64_t left() const { return left_; }

  /// The next piece; empty although bytes are left when the file became shorter than it was.
  std::span<char> next() {
    if (const auto* slice = std::get_if<FileSlice>(&body_)) {
      const std::span<char> wanted(chunk_.data(), std::min<std::uint64_t>(chunk_.size(), left_));
      const std::uint64_t at = slice->offset + (slice->bytes - left_);
      if (slice->file.read_at(at, wanted) < wanted.size()) return {};
      left_ -= wanted.size();
      return wanted;
    }
    const std::string& text = std::get<std::string>(body_);
    left_ = 0;
    // buffer_body wants a pointer to non-const, and only reads through it.
    return {const_cast<char*>(text.data()), text.size()};
  }

 private:
  const Body& body_;
  std::uint64_t left_;
  std::vector<char> chunk_;
};

}  // namespace

Session::Session(net::ip::tcp::socket socket, const ServerContext& context)
    : socket_(std::move(socket)), context_(context), limits_(context.limits), began_(Clock::now()) {
  boost::system::error_code ignored;  // a peer that is gone already shows at the first read
  socket_.set_option(net::ip::tcp::no_delay(true), ignored);
}

net::awaitable<void> Session::run() {
  while (co_await answer_one()) {
  }
}

net::awaitable<void> Session::refuse(Problem problem) {
  Exchange exchange;
  exchange.id = next_request_id();
  Response response = problem_response(problem, exchange.id);
  co_await send(std::move(response), std::move(exchange), false);
}

void Session::hurry() {
  if (!waiting_ || hurried_) return;  // it came during the drain and knows
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Session::cut() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

// Waits for the first byte without a buffer. False: nobody will ask anything more.
net::awaitable<bool> Session::wait_for_request() {
  for (;;) {
    auto patience = answered_ == 0 ? limits_.header_deadline : limits_.idle;
    if (context_.draining) {
      patience = std::min(patience, limits_.drain_idle);
      hurried_ = true;
    }
    waiting_ = true;
    auto waited =
        co_await socket_.async_wait(net::ip::tcp::socket::wait_read, net::cancel_after(patience, as_result));
    waiting_ = false;
    const auto& [ec] = waited;
    if (!ec) co_return true;
    if (context_.draining && !hurried_ && socket_.is_open()) continue;  // hurry() woke us
    co_return false;
  }
}

net::awaitable<Session::Head> Session::read_head() {
  if (received_.empty()) {
    std::string().swap(received_);
    if (!co_await wait_for_request()) co_return Head::Gone;
  }
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

    const std::size_t room = std::min<std::size_t>(4096, limits_.header_bytes - scanned);
    received_.resize(scanned + room);
    auto read = co_await socket_.async_read_some(net::buffer(received_.data() + scanned, room),
                                                 net::cancel_at(deadline, as_result));
    const auto& [ec, bytes] = read;
    received_.resize(scanned + bytes);
    if (ec == net::error::operation_aborted) co_return Head::Late;
    if (ec) co_return Head::Gone;
  }
}

// True: the connection is good for another request.
net::awaitable<bool> Session::answer_one() {
  const Head head = co_await read_head();
  if (head == Head::Gone) co_return false;

  Exchange exchange;
  exchange.id = next_request_id();
  std::optional<Problem> problem;
  Request request;
  switch (head) {
    case Head::Gone: co_return false;
    case Head::Late:
      problem =
          Problem{.status = 408, .code = "client_timeout", .message = "The request took too long to arrive."};
      break;
    case Head::TooLarge:
      problem =
          Problem{.status = 431, .code = "headers_too_large", .message = "The request header is too large."};
      break;
    case Head::Broken:
      problem =
          Problem{.status = 400, .code = "bad_framing", .message = "The request is not well-formed HTTP."};
      break;
    case Head::Complete: {
      auto parsed = parse_head(std::string_view(received_).substr(0, head_bytes_), limits_);
      received_.erase(0, head_bytes_);
      if (auto* found = std::get_if<Problem>(&parsed)) {
        problem = std::move(*found);
      } else {
        request = std::move(std::get<Request>(parsed));
      }
    }
  }
  if (problem) {
    Response response = problem_response(*problem, exchange.id);
    co_return co_await send(std::move(response), std::move(exchange), false);
  }

  request.id = exchange.id;
  exchange.method = request.method;
  exchange.path = request.path();
  Response response;
  try {
    response = context_.handler(request);
  } catch (const std::exception&) {
    const Problem failed = {
        .status = 500, .code = "internal", .message = "The server failed to answer this request."};
    response = problem_response(failed, exchange.id);
  }
  ++answered_;
  // No route reads a body yet; one that was announced would be taken for the next request.
  const bool keep_alive = request.keep_alive && request.announced_body == 0 && !context_.draining &&
                          answered_ < limits_.requests_per_connection;
  co_return co_await send(std::move(response), std::move(exchange), keep_alive);
}

net::awaitable<bool> Session::send(Response response, Exchange exchange, bool keep_alive) {
  exchange.status = response.status;
  auto message = wire_message(response, exchange.id, keep_alive);
  http::response_serializer<http::buffer_body> serializer(message);
  boost::system::error_code failed;
  if (exchange.method == "HEAD" || is_bodyless(response.status)) {
    auto written = co_await http::async_write_header(socket_, serializer,
                                                     net::cancel_after(limits_.write_deadline, as_result));
    failed = std::get<0>(written);
  } else {
    Pieces pieces(response.body, limits_.chunk_bytes);
    do {
      const std::uint64_t left_before = pieces.left();
      const std::span<char> piece = pieces.next();
      if (piece.empty() && left_before > 0) {
        failed = net::error::eof;
        break;
      }
      message.body().data = piece.data();
      message.body().size = piece.size();
      message.body().more = pieces.left() > 0;
      auto written = co_await http::async_write(socket_, serializer,
                                                net::cancel_after(limits_.write_deadline, as_result));
      failed = std::get<0>(written);
      if (failed == http::error::need_buffer) failed = {};  // "give me the next piece"
      if (!failed) exchange.bytes += piece.size();
    } while (!failed && pieces.left() > 0);
  }

  exchange.complete = !failed;
  exchange.ms = std::chrono::duration<double, std::milli>(Clock::now() - began_).count();
  context_.on_exchange(exchange);
  if (failed) co_return false;  // half an answer: only closing tells the client
  if (!keep_alive) co_await linger();
  co_return keep_alive;
}

// Closing with unread bytes in the socket would make the kernel reset the connection, and the client would
// lose the answer we just sent. So: say that we are done, then read on for a moment.
net::awaitable<void> Session::linger() {
  boost::system::error_code ec;
  socket_.shutdown(net::ip::tcp::socket::shutdown_send, ec);
  if (ec) co_return;
  const auto deadline = Clock::now() + limits_.linger;
  std::array<char, 4096> rest;
  for (std::size_t bytes = 0; bytes < limits_.linger_bytes && Clock::now() < deadline;) {
    auto read = co_await socket_.async_read_some(net::buffer(rest), net::cancel_at(deadline, as_result));
    if (std::get<0>(read)) co_return;
    bytes += std::get<1>(read);
  }
}

}  // namespace vignette::relay
