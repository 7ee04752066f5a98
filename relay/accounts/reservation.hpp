#pragma once
#include <memory>
#include <optional>
#include <utility>

#include "relay/accounts/terms.hpp"

namespace vignette::relay {

/// What is left to a caller at the moment a request is let in: for the headers of its answer.
struct Standing {
  std::optional<MicroUsd> money;  ///< of the tightest budget, without what is set aside; nothing: no budget
  std::optional<int> rate_limit;  ///< requests a minute, of the limit with the least left; nothing: no limit
  int rate_left = 0;
  int rate_reset_s = 0;  ///< until all of them are there again
};

/// A place among the requests at work and the money that is set aside for it. Whoever loses it without a word
/// has spent the whole ceiling: money is never forgotten in the caller's favour.
class Reservation {
 public:
  /// What the store of a kind has to do when a request is over. Neither may throw, wait or fail: what cannot
  /// be written at once is written later.
  struct Ticket {
    virtual ~Ticket() = default;
    virtual void settle(MicroUsd actual, const Consumption& consumption) = 0;
    virtual void release() = 0;
  };

  /// No ticket: nothing is counted (a user's own provider key).
  Reservation(std::unique_ptr<Ticket> ticket, MicroUsd ceiling, Standing standing = {})
      : ticket_(std::move(ticket)), ceiling_(ceiling), standing_(standing) {}
  Reservation(Reservation&&) = default;
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation() { settle(ceiling_, {}); }

  MicroUsd ceiling() const { return ceiling_; }
  const Standing& standing() const { return standing_; }
  /// The request was answered and cost this much. More than the ceiling costs the ceiling; less than nothing
  /// is no figure to trust (a provider's negative usage once refilled a gateway's quotas), so it costs the
  /// ceiling too.
  void settle(MicroUsd actual, const Consumption& consumption);
  /// Nothing was sent, or the provider refused: nothing was spent.
  void release();

 private:
  std::unique_ptr<Ticket> ticket_;  // null once it is over
  MicroUsd ceiling_;
  Standing standing_;
};

}  // namespace vignette::relay
