#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "relay/accounts/rows.hpp"

namespace vignette::relay {

/// One budget: money, or a number of requests. `spent + reserved` never passes the cap, whoever asks at once.
///
/// How it survives kill -9 without a disk write per request: on disk stands a *mark*, and no more may be
/// reserved than up to it. The mark is raised ahead, in blocks of half a percent of the cap, and a request
/// that needs the raise waits for it. After a crash everything up to the mark counts as spent: a block and
/// what was in flight may be lost to the owner of the budget, never to whoever pays.
///
///     0 ────── spent ────── +reserved ────── mark ─────────────────── cap
///                                            └ on disk before anything above it is reserved
class Ledger {
 public:
  Ledger(LedgerKey key, std::optional<std::int64_t> cap, std::int64_t spent);

  const LedgerKey& key() const { return key_; }
  std::int64_t spent() const { return spent_; }
  std::int64_t reserved() const { return reserved_; }
  void set_cap(std::optional<std::int64_t> cap) { cap_ = cap; }

  /// Under the cap, where there is one.
  std::optional<std::int64_t> left() const { return cap_ ? std::optional(*cap_ - used()) : std::nullopt; }
  bool has_room(std::int64_t amount) const;
  void reserve(std::int64_t amount);
  void settle(std::int64_t amount, std::int64_t actual);
  void release(std::int64_t amount);

  // The mark. `written` is the number of the last write that is on disk.

  /// Whether what is reserved now has to wait for a write, and for which; the raise may have to be asked for
  /// first.
  bool is_covered(std::uint64_t written) const;
  bool wants_raise(std::uint64_t written) const;
  void raise(std::uint64_t written);
  void note_wait();  ///< somebody waits for a raise: the next ones are larger where there is no cap
  /// Takes back what of the mark is not needed; false when there is nothing to take or a write is under way.
  bool lower(std::uint64_t written, bool exactly);
  /// The write that makes the last change of the mark durable.
  void set_write(std::uint64_t number) { write_ = number; }
  std::uint64_t write() const { return write_; }

  LedgerRow row() const { return {key_, spent_, mark_}; }

  bool listed = false;   ///< among those with something to write down
  bool touched = false;  ///< reserved from since the last round

 private:
  std::int64_t used() const { return spent_ + reserved_; }
  std::int64_t block() const;
  std::int64_t wanted_mark() const;

  LedgerKey key_;
  std::optional<std::int64_t> cap_;
  std::int64_t spent_;
  std::int64_t reserved_ = 0;
  std::int64_t mark_;  // as asked for last
  std::int64_t
      safe_;  // on disk now and after every write that is under way, until `write_` is done: then mark_
  std::uint64_t write_ = 0;
  std::int64_t blocks_ = 1;  // of the next raise, without a cap
};

}  // namespace vignette::relay
