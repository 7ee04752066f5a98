#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "relay/accounts/terms.hpp"

namespace vignette::relay {

// What goes to disk.

enum class LedgerKind : int { Code = 0, Requests = 1, Day = 2, Session = 3, RelayDay = 4 };

struct LedgerKey {
  LedgerKind kind = LedgerKind::Code;
  std::string code;
  std::string part;  ///< the session's id, or the number of the day
  auto operator<=>(const LedgerKey&) const = default;
};

struct LedgerRow {
  LedgerKey key;
  std::int64_t spent = 0;
  std::int64_t mark = 0;  ///< what counts as spent if this is the last that was written
};

struct SessionRow {
  std::string code;
  std::string id;
  TimeMs expires = 0;
};

struct Usage {
  std::int64_t requests = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t images = 0;
  MicroUsd money = 0;

  Usage& operator+=(const Usage& more);
};

/// To be added to what stands there already.
struct UsageRow {
  std::string code;
  std::int64_t day = 0;
  std::string model;
  Usage usage;
};

struct Rows {
  std::vector<LedgerRow> ledgers;
  std::vector<SessionRow> sessions;
  std::vector<UsageRow> usage;

  bool empty() const { return ledgers.empty() && sessions.empty() && usage.empty(); }
  /// `more` is later than what is here.
  void add(Rows more);
  /// One row a ledger and one a usage line: so that rows that cannot be written do not pile up.
  void compact();
};

}  // namespace vignette::relay
