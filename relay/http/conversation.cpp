#include "relay/http/conversation.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/socket_base.hpp>
#include <charconv>
#include <utility>

#include "relay/http/response_head.hpp"

namespace vignette::relay {

namespace net = boost::asio;

/// Looks whether the client is still there. What waits on the socket may outlive us, so it holds only a link
/// that is cut.
struct Conversation::Watch final : private Alarm {
  Watch(Conversation& talk, std::function<void()> on_gone)
      : Alarm(talk.loop().alarms), talk_(talk), on_gone_(std::move(on_gone)) {
    set_in(std::chrono::milliseconds(40));
  }
  ~Watch() override {
    if (!link_) return;
    *link_ = nullptr;
    talk_.wire_.cancel();
  }

 private:
  void ring() override {
    link_ = std::make_shared<Watch*>(this);
    talk_.wire_.socket().async_wait(net::socket_base::wait_read,
                                    [link = link_](const boost::system::error_code& error) {
                                      if (*link != nullptr && error != net::error::operation_aborted)
                                        (*link)->look();
                                    });
  }

  void look() {
    char byte = 0;
    const auto n = ::recv(talk_.wire_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return ring();
    link_.reset();
    if (n > 0) return;  // it asks the next thing already, so it is there
    talk_.gone_ = true;
    on_gone_();
  }

  Conversation& talk_;
  std::function<void()> on_gone_;
  std::shared_ptr<Watch*> link_;
};

Conversation::Conversation(Wire& wire, const std::string& peer, std::string& received, ServerContext& context,
                           Clock::time_point began)
    : wire_(wire), peer_(peer), received_(received), context_(context), began_(began) {}

Conversation::~Conversation() = default;

void Conversation::expect_body(std::uint64_t bytes) {
  body_left_ = bytes;
  continue_due_ = bytes > 0 && request.field("Expect") != nullptr;
  // Announced is not sent: no route takes so much, and the time for it must still be a time.
  const auto ms = 1000 * std::min<std::uint64_t>(bytes, 1u << 30) / context_.limits.body_bytes_per_second;
  heard_ = Clock::now();
  body_deadline_ = heard_ + context_.limits.body_deadline + std::chrono::milliseconds(ms);
}

net::awaitable<BodyPart> Conversation::next_body() {
  if (body_left_ == 0) co_return BodyPart{};
  if (handed_out_) {
    // What we did with the last part is not the client's fault.
    body_deadline_ += Clock::now() - *handed_out_;
    handed_out_.reset();
  }
  BodyPart part;
  auto& scratch = context_.loop.scratch;
  if (!received_.empty()) {
    const std::size_t n = std::min<std::uint64_t>(received_.size(), body_left_);
    std::copy_n(received_.data(), n, scratch.data());
    received_.erase(0, n);
    if (received_.empty()) std::string().swap(received_);  // the answer may take minutes
    part.bytes = {scratch.data(), n};
  } else {
    if (std::exchange(continue_due_, false)) {
      const auto error = co_await wire_.send("HTTP/1.1 100 Continue\r\n\r\n");
      part.gone = bool(error);
    }
    const std::span<char> room(scratch.data(), std::min<std::uint64_t>(scratch.size(), body_left_));
    Received read = wire_.receive_now(room);
    if (read.error == net::error::would_block || read.error == net::error::try_again) {
      // Waiting without the scratch buffer: others need it meanwhile.
      const Waiting waiting(waited_);
      wire_.limit_at(body_deadline_);
      auto waited = co_await wire_.readable();
      const bool late = wire_.late();
      wire_.no_limit();
      if (late) {
        part.problem = Problem{
            .status = 408, .code = "client_timeout", .message = "The request took too long to arrive."};
        co_return part;
      }
      read = waited ? Received{waited, 0} : wire_.receive_now(room);
      if (read.error == net::error::would_block || read.error == net::error::try_again) read = {};
    }
    if (read.error) part.gone = true;
    part.bytes = {scratch.data(), read.bytes};
  }
  body_left_ -= part.bytes.size();
  handed_out_ = Clock::now();
  if (part.bytes.empty() && !part.gone) co_return co_await next_body();
  co_return part;
}

net::awaitable<BodyPart> Conversation::whole_body(HeldBody& into, std::string_view begin) {
  const std::uint64_t bytes = begin.size() + body_left_;
  into.share = context_.loop.bodies.take(bytes);
  if (!into.share) {
    BodyPart part;
    part.problem = Problem{.status = 503,
                           .code = "overloaded",
                           .message = "The server holds as much as it can; try again in a moment.",
                           .retry_after_s = 2};
    co_return part;
  }
  // Grown as it comes, not as it was announced: an announcement costs the client nothing.
  into.bytes.reserve(std::min<std::uint64_t>(bytes, 1 << 20));
  into.bytes = begin;
  while (body_left_ > 0) {
    BodyPart part = co_await next_body();
    if (part.problem || part.gone) co_return part;
    into.bytes += part.bytes;
  }
  co_return BodyPart{};
}

void Conversation::begin(int status, std::span<const Field> fields, std::optional<std::uint64_t> length) {
  begun_ = true;
  exchange.status = status;
  answer_left_ = length;
  chunked_ = !length && request.minor_version == 1 && !is_bodyless(status);
  // Unread bytes would be taken for the next request, and an old client knows an end only by the close.
  if (body_left_ > 0 || (!length && !chunked_) || context_.draining) keep_alive = false;
  std::string lines;
  if (context_.service.answer_lines) lines = context_.service.answer_lines(request);
  head_ = response_head({.status = status,
                         .fields = fields,
                         .id = exchange.id,
                         .lines = lines,
                         .length = length,
                         .chunked = chunked_,
                         .keep_alive = keep_alive});
}

net::awaitable<bool> Conversation::write(std::string_view bytes) {
  if (done_) co_return false;
  const bool silent = request.method == "HEAD" || is_bodyless(exchange.status);
  if (bytes.empty() && head_.empty()) co_return true;
  std::array<char, 20> size_line{};
  std::array<std::string_view, 4> parts{head_, {}, {}, {}};
  if (!bytes.empty() && !silent) {
    if (chunked_) {
      auto* end = std::to_chars(size_line.data(), size_line.data() + 16, bytes.size(), 16).ptr;
      *end++ = '\r';
      *end++ = '\n';
      parts[1] = {size_line.data(), static_cast<std::size_t>(end - size_line.data())};
      parts[3] = "\r\n";
    }
    parts[2] = bytes;
    exchange.bytes += bytes.size();
    if (answer_left_) *answer_left_ -= std::min<std::uint64_t>(*answer_left_, bytes.size());
  }
  std::size_t sent = 0;
  std::optional<boost::system::error_code> error = wire_.try_send(parts, sent);
  if (!error) {
    const Waiting waiting(waited_);
    wire_.limit(context_.limits.write_deadline);
    error = co_await wire_.send_rest(parts, sent);
    wire_.no_limit();
  }
  head_.clear();
  if (*error) {
    gone_ = true;
    complete(false);
  }
  co_return !*error;
}

net::awaitable<bool> Conversation::finish() {
  if (done_) co_return false;
  bool taken = true;
  if (chunked_ && request.method != "HEAD") {
    const std::array<std::string_view, 2> parts{head_, "0\r\n\r\n"};
    wire_.limit(context_.limits.write_deadline);
    const auto error = co_await wire_.send(parts);
    wire_.no_limit();
    taken = !error;
  } else if (!head_.empty()) {
    taken = co_await write({});
  }
  if (answer_left_ && *answer_left_ > 0 && request.method != "HEAD" && !is_bodyless(exchange.status))
    taken = false;
  if (!done_) complete(taken);
  co_return taken;
}

void Conversation::break_off() {
  if (!done_) complete(false);
}

void Conversation::complete(bool taken) {
  unwatch();
  done_ = true;
  exchange.complete = taken;
  if (!taken) keep_alive = false;
  exchange.ms = std::chrono::duration<double, std::milli>(Clock::now() - began_).count();
  context_.service.on_exchange(exchange);
}

net::awaitable<void> Conversation::answer(Response response) {
  begin(response.status, response.fields, body_bytes(response.body));
  bool fine = true;
  if (const auto* text = std::get_if<std::string>(&response.body)) {
    fine = co_await write(*text);
  } else if (request.method != "HEAD") {
    const FileSlice& slice = std::get<FileSlice>(response.body);
    std::vector<char> chunk(std::min<std::uint64_t>(context_.limits.chunk_bytes, slice.bytes));
    for (std::uint64_t at = 0; fine && at < slice.bytes;) {
      const std::span<char> wanted(chunk.data(), std::min<std::uint64_t>(chunk.size(), slice.bytes - at));
      if (slice.file.read_at(slice.offset + at, wanted) < wanted.size()) {
        break_off();  // the file became shorter than it was
        co_return;
      }
      fine = co_await write({wanted.data(), wanted.size()});
      at += wanted.size();
    }
  }
  if (fine) co_await finish();
}

void Conversation::watch(std::function<void()> gone) {
  watch_ = std::make_unique<Watch>(*this, std::move(gone));
}

void Conversation::unwatch() { watch_.reset(); }

}  // namespace vignette::relay
