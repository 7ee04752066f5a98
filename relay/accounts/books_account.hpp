#pragma once
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "relay/accounts/code_record.hpp"
#include "relay/accounts/gcra.hpp"
#include "relay/accounts/ledger.hpp"
#include "relay/accounts/moment.hpp"

namespace vignette::relay {

/// How long a session lives, unless its code is over before.
inline constexpr TimeMs session_life_ms = TimeMs{12} * 3600 * 1000;

/// One person with a code, as far as a relay can tell.
struct SessionBook {
  TimeMs expires = 0;
  std::shared_ptr<Ledger> money;
  Gcra rate;
  int at_work = 0;
};

/// Everything about one code that changes while it is used.
struct Account {
  std::shared_ptr<const CodeRecord> code;
  std::shared_ptr<Ledger> money;
  std::shared_ptr<Ledger> requests;
  std::shared_ptr<Ledger> day;
  std::int64_t day_number = -1;
  Gcra rate;
  Gcra openings;
  int at_work = 0;
  std::unordered_map<std::string, std::shared_ptr<SessionBook>> sessions;
  /// By day and model, not yet handed to the journal.
  std::map<std::int64_t, std::map<std::string, Usage>> usage;
  Usage total;
};

}  // namespace vignette::relay
