#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "relay/accounts/accounts.hpp"
#include "relay/forward/fleet.hpp"
#include "relay/http/conversation.hpp"
#include "relay/metrics/metrics.hpp"
#include "relay/upstream/pool.hpp"

namespace vignette::relay {

/// What every request to a provider works with.
struct Desk {
  Loop& loop;
  Accounts& accounts;
  Pool pool;
  std::shared_ptr<Fleet> fleet;
  Metrics metrics;
  double retry_credit = 10;  ///< a fifth of a retry comes with each request; a retry takes one
};

TimeMs wall_clock_ms();
/// YYYY-MM-DD
std::string today();

/// Someone who was let in. Only admit() makes one, so no route that needs a caller can be reached around it.
class Admitted {
 public:
  const Caller& caller() const { return caller_; }
  /// The user's own provider key; empty: the relay's keys and accounts are used.
  const Secret& own_key() const { return own_key_; }
  Fleet& fleet() const { return *fleet_; }

 private:
  friend boost::asio::awaitable<std::optional<Admitted>> admit(Desk& desk, Conversation& talk);
  Admitted(Caller caller, Secret own_key, std::shared_ptr<Fleet> fleet)
      : caller_(std::move(caller)), own_key_(std::move(own_key)), fleet_(std::move(fleet)) {}
  Caller caller_;
  Secret own_key_;
  std::shared_ptr<Fleet> fleet_;
};

/// By the bearer, before a byte of the body is read. Nothing: the client has its refusal.
boost::asio::awaitable<std::optional<Admitted>> admit(Desk& desk, Conversation& talk);

Problem problem_of(const provider::ProviderError& error);
Problem problem_of(const Error& error);
/// What a failure of the connection is to the client.
Problem problem_of(Failure failure);

}  // namespace vignette::relay
