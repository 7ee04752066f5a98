#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relay/http/limits.hpp"
#include "relay/http/loop.hpp"
#include "relay/http/service.hpp"
#include "relay/http/wire.hpp"

namespace vignette::relay {

/// What all connections of one server share. Sessions only read it.
struct ServerContext {
  Loop& loop;
  Limits limits;
  Service service;
  bool draining = false;
};

/// Some of a request's body, or why there is no more.
struct BodyPart {
  std::string_view bytes;  ///< valid until whoever asked suspends
  std::optional<Problem> problem;
  bool gone = false;  ///< the client left: nobody is there to answer
};

/// A body that had to be held, and its share of the pool.
struct HeldBody {
  BytePool::Share share;
  std::string bytes;

  /// Gives the memory back. (A text that is assigned an empty one keeps what it had.)
  void drop() {
    std::string().swap(bytes);
    share = {};
  }
};

/// One request and its answer, as an endpoint sees them:
///
///   BodyPart part = co_await talk.next_body();          // until talk.body_left() is 0
///   co_await talk.answer(response);                     // either this
///   talk.begin(200, fields, {});                        // or this, with as many writes as it takes
///   co_await talk.write(bytes);
///   co_await talk.finish();
class Conversation {
 public:
  Conversation(Wire& wire, const std::string& peer, std::string& received, ServerContext& context,
               Clock::time_point began);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  Request request;
  Exchange exchange;
  bool keep_alive = false;  ///< what is promised to the client, and held

  /// The client's address.
  const std::string& peer() const { return peer_; }
  Loop& loop() const { return context_.loop; }
  Clock::time_point began() const { return began_; }
  /// Since the head of the request was read, without what the client took to send and to receive.
  Clock::duration time_here() const { return Clock::now() - heard_ - waited_; }

  // The body. The connection is good for another request only when all of it was read.
  void expect_body(std::uint64_t bytes);
  std::uint64_t body_left() const { return body_left_; }
  boost::asio::awaitable<BodyPart> next_body();
  /// The rest of it after `begin`; the problem is empty when all is there.
  boost::asio::awaitable<BodyPart> whole_body(HeldBody& into, std::string_view begin = {});

  // The answer.
  boost::asio::awaitable<void> answer(Response response);
  boost::asio::awaitable<void> refuse(const Problem& problem) {
    return answer(problem_response(problem, request.id));
  }
  /// Goes out with the first bytes of the body. Without a length it is sent in chunks.
  void begin(int status, std::span<const Field> fields, std::optional<std::uint64_t> length);
  /// False: the client is gone.
  boost::asio::awaitable<bool> write(std::string_view bytes);
  boost::asio::awaitable<bool> finish();
  /// The answer cannot be completed. The client can tell: the last chunk never comes.
  void break_off();
  bool begun() const { return begun_; }
  bool done() const { return done_; }

  /// Calls `gone` once when the client leaves while we wait for somebody else. It is looked at after 40 ms:
  /// most answers are there by then.
  void watch(std::function<void()> gone);
  void unwatch();
  bool gone() const { return gone_; }

 private:
  struct Watch;
  void complete(bool taken);

  Wire& wire_;
  const std::string& peer_;
  std::string& received_;
  ServerContext& context_;
  Clock::time_point began_;

  Clock::time_point heard_;
  Clock::duration waited_{};
  std::uint64_t body_left_ = 0;
  bool continue_due_ = false;
  Clock::time_point body_deadline_;
  std::optional<Clock::time_point> handed_out_;

  std::string head_;  // of the answer, until it is sent
  std::optional<std::uint64_t> answer_left_;
  bool begun_ = false;
  bool chunked_ = false;
  bool done_ = false;
  bool gone_ = false;
  std::unique_ptr<Watch> watch_;
};

}  // namespace vignette::relay
