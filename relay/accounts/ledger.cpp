#include "relay/accounts/ledger.hpp"

#include <algorithm>
#include <limits>

namespace vignette::relay {
namespace {

// Without a cap there is no half percent of it. These are ten cents and ten requests, and twice as much
// whenever somebody had to wait: a mark that nobody pays for may run ahead of a busy relay.
constexpr std::int64_t uncapped_money_block = 100'000;
constexpr std::int64_t uncapped_requests_block = 10;
constexpr std::int64_t most_blocks_at_once = 64;
constexpr std::int64_t unreachable = std::numeric_limits<std::int64_t>::max() / 4;

}  // namespace

Ledger::Ledger(LedgerKey key, std::optional<std::int64_t> cap, std::int64_t spent)
    : key_(std::move(key)), cap_(cap), spent_(spent), mark_(spent), safe_(spent) {}

bool Ledger::has_room(std::int64_t amount) const {
  return amount <= std::min(cap_.value_or(unreachable), unreachable) - used();
}

void Ledger::reserve(std::int64_t amount) {
  reserved_ += amount;
  touched = true;
}

void Ledger::settle(std::int64_t amount, std::int64_t actual) {
  reserved_ -= amount;
  spent_ += actual;
}

void Ledger::release(std::int64_t amount) { reserved_ -= amount; }

std::int64_t Ledger::block() const {
  if (cap_) return std::max<std::int64_t>(*cap_ / 200, 1);
  return blocks_ * (key_.kind == LedgerKind::Requests ? uncapped_requests_block : uncapped_money_block);
}

std::int64_t Ledger::wanted_mark() const {
  const std::int64_t ahead = used() + 2 * block();
  return cap_ ? std::max(std::min(ahead, *cap_), used()) : ahead;
}

bool Ledger::is_covered(std::uint64_t written) const { return used() <= (written >= write_ ? mark_ : safe_); }

bool Ledger::wants_raise(std::uint64_t written) const {
  if (used() > mark_) return true;
  return written >= write_ && mark_ - used() < block() && wanted_mark() > mark_;
}

void Ledger::raise(std::uint64_t written) {
  if (written >= write_) safe_ = mark_;
  mark_ = wanted_mark();
}

void Ledger::note_wait() { blocks_ = std::min(blocks_ * 2, most_blocks_at_once); }

bool Ledger::lower(std::uint64_t written, bool exactly) {
  if (exactly) blocks_ = 1;
  const std::int64_t target = exactly ? used() : wanted_mark();
  if (written < write_ || target >= mark_) return false;
  mark_ = target;
  safe_ = target;
  return true;
}

}  // namespace vignette::relay
