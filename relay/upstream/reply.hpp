#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relay/upstream/chunks.hpp"
#include "relay/upstream/pool.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::relay {

struct ReplyHead {
  int status = 0;
  std::vector<provider::Header> fields;
  std::optional<std::uint64_t> length;
  bool chunked = false;
  bool keep_alive = false;

  std::string_view field(std::string_view name) const;
};

/// A complete head of an answer. Nothing where it is doubtful how long the body is.
std::optional<ReplyHead> parse_reply_head(std::string_view head);

/// Reads one answer from a connection.
///
///   Failure failure = co_await reader.read_head();
///   for (;;) { ReplyReader::Part part = co_await reader.read_body(); …; if (part.end) break; }
class ReplyReader {
 public:
  /// `waited` grows by the time that the provider took.
  ReplyReader(Connection& connection, Loop& loop, const UpstreamLimits& limits, Clock::duration& waited)
      : connection_(connection), loop_(loop), limits_(limits), waited_(waited) {}

  ReplyHead head;
  boost::asio::awaitable<Failure> read_head();

  struct Part {
    std::string_view bytes;  ///< may be in Loop::scratch: valid until whoever asked suspends
    bool end = false;        ///< and these were the last
    Failure failure = Failure::None;
  };
  boost::asio::awaitable<Part> read_body();
  /// All of the body, up to `most`.
  boost::asio::awaitable<Failure> read_all(std::string& into, std::size_t most);

  /// The answer came whole and the connection is good for another.
  bool can_reuse() {
    if (handed_out_) connection_.received.clear();
    handed_out_ = false;
    return ended_ && head.keep_alive && connection_.received.empty();
  }

 private:
  boost::asio::awaitable<Failure> fill();
  /// Without a buffer meanwhile. False where only reading can tell.
  boost::asio::awaitable<bool> wait_for_more();
  Failure failure_of(const boost::system::error_code& error);

  Connection& connection_;
  Loop& loop_;
  const UpstreamLimits& limits_;
  Clock::duration& waited_;
  ChunkReader chunks_;
  std::uint64_t left_ = 0;
  bool ended_ = false;
  bool closed_ = false;      // in the orderly way
  bool handed_out_ = false;  // what is in `received` was given to the caller
};

}  // namespace vignette::relay
