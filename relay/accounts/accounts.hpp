#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "relay/accounts/reservation.hpp"
#include "relay/accounts/terms.hpp"
#include "relay/http/problem.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// Codes, sessions, limits and money. The embedded store answers at once; the one on Redis suspends. All
/// calls come from the server's one thread.
///
/// Order of ends: flush() while the event loop still turns, then destroy the accounts, then the io_context.
/// Reservations may outlive the accounts.
class Accounts {
 public:
  virtual ~Accounts() = default;

  /// Makes `text` an access code, as long as this process lives: a word that the operator gives in the
  /// environment. Only its MAC is stored, so that what was spent with it is remembered. Waits; for the start.
  virtual Result<Done> ensure_code(std::string_view text, const Terms& terms) = 0;

  /// An access code or a session token → who that is. 401 alike for what is unknown and what is malformed;
  /// 403 for a code that is disabled or over. `peer` is the client's address: failed tries are counted by it.
  virtual boost::asio::awaitable<std::variant<Caller, Problem>> identify(std::string_view bearer,
                                                                         std::string_view peer = {}) = 0;

  /// POST /v1/session.
  virtual boost::asio::awaitable<std::variant<OpenedSession, Problem>> open_session(
      std::string_view code, std::string_view peer) = 0;

  /// All limits at once, all or nothing: may this model, rate, concurrency, count of requests, and `ceiling`
  /// in every budget. 402 names the budget, 429 has its Retry-After.
  virtual boost::asio::awaitable<std::variant<Reservation, Problem>> reserve(const Caller& caller,
                                                                             std::string_view model,
                                                                             MicroUsd ceiling) = 0;

  virtual boost::asio::awaitable<UsageView> usage(const Caller& caller) = 0;

  /// Everything that was told is on disk or in Redis: before the process ends, and for /readyz.
  virtual boost::asio::awaitable<bool> flush() = 0;

  /// Where things are kept, as a sentence for the start of the log.
  virtual std::string description() const = 0;
};

/// How a relay keeps its accounts.
struct AccountsOptions {
  std::string folder;                              ///< --data DIR; empty: in memory, forgotten at the end
  std::optional<MicroUsd> relay_budget_per_day{};  ///< over all codes
};

/// In this process, kept in SQLite below the folder. Refuses a folder that another relay serves.
Result<std::unique_ptr<Accounts>> make_embedded_accounts(const AccountsOptions& options);
/// Shared by all relays on one Redis: "redis://:password@host:6379/0". Refuses to start without it.
Result<std::unique_ptr<Accounts>> make_redis_accounts(const std::string& url, const AccountsOptions& options);

}  // namespace vignette::relay
