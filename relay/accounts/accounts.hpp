#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "relay/http/problem.hpp"
#include "shared/base/time.hpp"

namespace vignette::relay {

/// Money is counted in whole millionths of a dollar.
using MicroUsd = std::int64_t;

/// What an access code may do. Nothing set means no limit.
struct Terms {
  std::string name;                 ///< the operator's word for it: "idem307"
  std::vector<std::string> models;  ///< "gemini/gemini-2.5-flash", "gemini/*" or an alias; empty: all
  std::optional<int> requests_per_minute;
  std::optional<int> concurrency;
  std::optional<std::int64_t> requests;  ///< in all
  std::optional<MicroUsd> budget;        ///< in all
  std::optional<MicroUsd> daily_budget;
  std::optional<MicroUsd> session_budget;
  std::optional<int> sessions;
  std::optional<TimeMs> expires;
  std::optional<int> max_tokens;  ///< caps of parameters: more is refused before anything is sent
  std::optional<int> max_n;
};

/// Who asks: found from the bearer before any byte of the body is read.
struct Caller {
  std::string code_id;     ///< public id, fit for logs: 8 hex digits; "own-key" for a user's own provider key
  std::string session_id;  ///< empty when the code itself is the bearer
  std::shared_ptr<const Terms> terms;
};

struct OpenedSession {
  std::string token;
  std::string session_id;
  TimeMs expires = 0;
  std::shared_ptr<const Terms> terms;
};

/// What one answered request consumed; counted in the usage tables, never priced from here.
struct Consumption {
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t images = 0;
};

/// A place among the requests at work and the money that is set aside for it. Whoever loses it without a word
/// has spent the whole ceiling: money is never forgotten in the caller's favour.
class Reservation {
 public:
  /// What the store of a kind has to do when a request is over.
  struct Ticket {
    virtual ~Ticket() = default;
    virtual void settle(MicroUsd actual, const Consumption& consumption) = 0;
    virtual void release() = 0;
  };

  Reservation(std::unique_ptr<Ticket> ticket, MicroUsd ceiling) : ticket_(std::move(ticket)), ceiling_(ceiling) {}
  Reservation(Reservation&&) = default;
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation() { settle(ceiling_, {}); }

  MicroUsd ceiling() const { return ceiling_; }
  /// The request was answered and cost this much; clamped to [0, ceiling].
  void settle(MicroUsd actual, const Consumption& consumption);
  /// Nothing was sent, or the provider refused: nothing was spent.
  void release();

 private:
  std::unique_ptr<Ticket> ticket_;  // null once it is over
  MicroUsd ceiling_;
};

/// What is left, for the caller's own eyes: GET /v1/usage.
struct UsageView {
  Terms terms;
  std::int64_t requests = 0;
  MicroUsd spent = 0;
  MicroUsd reserved = 0;
  MicroUsd spent_today = 0;
  MicroUsd spent_session = 0;
  int at_work = 0;
  Consumption consumed;
};

/// Codes, sessions, limits and money. The embedded store answers at once; the one on Redis suspends. All calls
/// come from the server's one thread.
class Accounts {
 public:
  virtual ~Accounts() = default;

  /// An access code or a session token → who that is. 401 alike for what is unknown and what is malformed;
  /// 403 for a code that is disabled or over.
  virtual boost::asio::awaitable<std::variant<Caller, Problem>> identify(std::string_view bearer) = 0;

  /// POST /v1/session. `peer` is the client's address: failed tries are counted by it.
  virtual boost::asio::awaitable<std::variant<OpenedSession, Problem>> open_session(std::string_view code,
                                                                                    std::string_view peer) = 0;

  /// All limits at once, all or nothing: may this model, rate, concurrency, count of requests, and `ceiling` in
  /// every budget. 402 names the budget, 429 has its Retry-After.
  virtual boost::asio::awaitable<std::variant<Reservation, Problem>> reserve(const Caller& caller,
                                                                             std::string_view model,
                                                                             MicroUsd ceiling) = 0;

  virtual boost::asio::awaitable<UsageView> usage(const Caller& caller) = 0;

  /// Everything that was told is on disk or in Redis: before the process ends, and for /readyz.
  virtual boost::asio::awaitable<bool> flush() = 0;
};

/// "gemini/*", "gemini/gemini-2.5-flash" or an alias against a model's full name.
bool may_use(const Terms& terms, std::string_view model);

}  // namespace vignette::relay
