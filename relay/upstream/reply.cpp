#include "relay/upstream/reply.hpp"

#include <algorithm>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "relay/http/message.hpp"

namespace vignette::relay {

namespace net = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t read_bytes = 4096;
constexpr int most_interim = 4;

}  // namespace

std::string_view ReplyHead::field(std::string_view name) const {
  for (const provider::Header& each : fields) {
    if (same_field_name(each.name, name)) return each.value;
  }
  return {};
}

std::optional<ReplyHead> parse_reply_head(std::string_view head) {
  http::response_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  parser.body_limit(boost::none);  // what is held of it has limits of its own
  parser.skip(true);
  boost::system::error_code error;
  parser.put(net::buffer(head.data(), head.size()), error);
  if (error || !parser.is_header_done()) return std::nullopt;
  const auto& message = parser.get();
  ReplyHead out;
  out.status = static_cast<int>(message.result_int());
  out.keep_alive = message.keep_alive();
  int lengths = 0;
  for (const auto& field : message) {
    if (field.name() == http::field::content_length) {
      ++lengths;
      if (field.value().find(',') != std::string_view::npos) return std::nullopt;
    }
    if (field.name() == http::field::transfer_encoding) {
      if (out.chunked || !same_field_name(field.value(), "chunked")) return std::nullopt;
      out.chunked = true;
    }
    out.fields.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  if (lengths > 1 || (lengths == 1 && out.chunked)) return std::nullopt;
  if (parser.content_length()) out.length = *parser.content_length();
  if (out.status == 204 || out.status == 304) {
    out.length = 0;
    out.chunked = false;
  }
  return out;
}

Failure ReplyReader::failure_of(const boost::system::error_code& error) {
  closed_ = error == net::error::eof;
  if (connection_.cancelled()) return Failure::Cancelled;
  return connection_.late() ? Failure::Late : Failure::Broken;
}

net::awaitable<Failure> ReplyReader::fill() {
  const Waiting waiting(waited_);
  std::string& received = connection_.received;
  const std::size_t had = received.size();
  received.resize(had + read_bytes);
  const Received read = co_await connection_.receive({received.data() + had, read_bytes});
  received.resize(had + read.bytes);
  co_return read.error ? failure_of(read.error) : Failure::None;
}

net::awaitable<bool> ReplyReader::wait_for_more() {
  const Waiting waiting(waited_);
  co_return co_await connection_.readable();
}

net::awaitable<Failure> ReplyReader::read_head() {
  std::string& received = connection_.received;
  for (int interim = 0;; ++interim) {
    std::size_t end = std::string::npos;
    while ((end = received.find("\r\n\r\n")) == std::string::npos) {
      if (received.size() > limits_.head_bytes) co_return Failure::Nonsense;
      const Failure failure = co_await fill();
      if (failure != Failure::None) co_return failure;
    }
    auto parsed = parse_reply_head(std::string_view(received).substr(0, end + 4));
    if (!parsed) co_return Failure::Nonsense;
    received.erase(0, end + 4);
    if (parsed->status >= 200) {
      head = std::move(*parsed);
      left_ = head.length.value_or(0);
      if (head.length && *head.length == 0) ended_ = true;
      co_return Failure::None;
    }
    if (parsed->status == 101 || interim == most_interim) co_return Failure::Nonsense;
  }
}

net::awaitable<ReplyReader::Part> ReplyReader::read_body() {
  std::string& received = connection_.received;
  if (handed_out_) received.clear();
  handed_out_ = false;
  for (;;) {
    Part part;
    part.end = ended_;
    if (ended_) co_return part;
    std::span<char> bytes;
    if (!received.empty()) {
      bytes = {received.data(), received.size()};
      handed_out_ = true;
    } else {
      // A big answer goes through the big buffer; what trickles in does not hold one.
      Received read = connection_.receive_now(loop_.scratch);
      bytes = {loop_.scratch.data(), read.bytes};
      if (read.error == net::error::would_block || read.error == net::error::try_again) {
        std::string().swap(received);
        const bool waited = co_await wait_for_more();
        if (waited) continue;
        part.failure = co_await fill();
        read.error = {};
        bytes = {received.data(), received.size()};
        handed_out_ = true;
      } else if (read.error) {
        part.failure = failure_of(read.error);
      }
    }
    if (part.failure != Failure::None) {
      // Without a length and without chunks, the close is the end.
      if (closed_ && !head.length && !head.chunked) {
        ended_ = part.end = true;
        head.keep_alive = false;
        part.failure = Failure::None;
      }
      co_return part;
    }
    std::size_t consumed = bytes.size();
    if (head.chunked) {
      const ChunkReader::Step step = chunks_.feed(bytes);
      if (chunks_.broken()) part.failure = Failure::Nonsense;
      ended_ = chunks_.done();
      consumed = step.consumed;
      part.bytes = {bytes.data(), step.content};
    } else if (head.length) {
      consumed = std::min<std::uint64_t>(bytes.size(), left_);
      left_ -= consumed;
      ended_ = left_ == 0;
      part.bytes = {bytes.data(), consumed};
    } else {
      part.bytes = {bytes.data(), bytes.size()};
    }
    // Bytes behind the answer belong to nobody: such a connection is not used again.
    if (consumed < bytes.size()) head.keep_alive = false;
    part.end = ended_;
    if (!part.bytes.empty() || part.end || part.failure != Failure::None) co_return part;
    received.clear();
    handed_out_ = false;
  }
}

net::awaitable<Failure> ReplyReader::read_all(std::string& into, std::size_t most) {
  if (head.length && *head.length > most) co_return Failure::TooLarge;
  for (;;) {
    const Part part = co_await read_body();
    if (part.failure != Failure::None) co_return part.failure;
    if (into.size() + part.bytes.size() > most) co_return Failure::TooLarge;
    into += part.bytes;
    if (part.end) co_return Failure::None;
  }
}

}  // namespace vignette::relay
