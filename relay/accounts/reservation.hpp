#pragma once
#include <memory>
#include <utility>

#include "relay/accounts/terms.hpp"

namespace vignette::relay {

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
  Reservation(std::unique_ptr<Ticket> ticket, MicroUsd ceiling)
      : ticket_(std::move(ticket)), ceiling_(ceiling) {}
  Reservation(Reservation&&) = default;
  Reservation& operator=(Reservation&&) = delete;
  ~Reservation() { settle(ceiling_, {}); }

  MicroUsd ceiling() const { return ceiling_; }
  /// The request was answered and cost this much. More than the ceiling costs the ceiling; less than nothing
  /// is no figure to trust (a provider's negative usage once refilled a gateway's quotas), so it costs the
  /// ceiling too.
  void settle(MicroUsd actual, const Consumption& consumption);
  /// Nothing was sent, or the provider refused: nothing was spent.
  void release();

 private:
  std::unique_ptr<Ticket> ticket_;  // null once it is over
  MicroUsd ceiling_;
};

}  // namespace vignette::relay
