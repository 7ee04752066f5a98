// The books: how sessions begin, and what is written down once a second.
#include <algorithm>

#include "relay/accounts/books.hpp"
#include "relay/accounts/books_account.hpp"
#include "relay/accounts/problems.hpp"

namespace vignette::relay {
namespace {

// A class starts all at once, but nobody needs a thousand sessions.
Rate opening_rate(const Terms& terms) {
  return {.interval_ns = 1'000'000'000, .burst = std::max(40, terms.sessions.value_or(0))};
}

}  // namespace

std::variant<Books::Opened, Problem> Books::open_session(const std::string& code_id, const Moment& now) {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(code_id);
  if (found == accounts_.end()) return problems::invalid_code();
  Account& account = *found->second;
  const Terms& terms = *account.code->terms;

  std::erase_if(account.sessions, [&](const auto& entry) {
    return entry.second->expires <= now.wall && entry.second->at_work == 0;
  });
  TimeMs first_end = now.wall + session_life_ms;
  int open = 0;
  for (const auto& [id, session] : account.sessions) {
    if (id.starts_with("direct ")) continue;
    ++open;
    first_end = std::min(first_end, session->expires);
  }
  if (terms.sessions && open >= *terms.sessions)
    return problems::too_many_sessions(
        static_cast<int>(std::max<TimeMs>((first_end - now.wall + 999) / 1000, 1)));
  const Rate rate = opening_rate(terms);
  if (const auto wait = account.openings.wait_ns(rate, now.steady_ns))
    return problems::rate_limited(seconds_up(wait), false);
  account.openings.take(rate, now.steady_ns);

  Opened opened{.session_id = hex(random_bytes(8)), .expires = now.wall + session_life_ms};
  if (terms.expires) opened.expires = std::min(opened.expires, *terms.expires);
  session_of(account, opened.session_id, now)->expires = opened.expires;
  if (journal_) {
    Rows rows;
    rows.sessions.push_back({code_id, opened.session_id, opened.expires});
    opened.write = journal_->write(std::move(rows));
  }
  return opened;
}

std::uint64_t Books::write_changes(bool exactly) {
  const std::lock_guard lock(mutex_);
  if (!journal_) return 0;
  const std::uint64_t written = journal_->written();
  Rows rows;
  std::vector<Ledger*> lowered;
  std::erase_if(changed_, [&](const LedgerPtr& ledger) {
    // Where nobody asked for a second, a crash need not cost even the block.
    const bool at_rest = exactly || !std::exchange(ledger->touched, false);
    if (ledger->lower(written, at_rest)) lowered.push_back(ledger.get());
    rows.ledgers.push_back(ledger->row());
    const LedgerRow& row = rows.ledgers.back();
    ledger->listed = row.mark != row.spent + ledger->reserved();
    return !ledger->listed;
  });
  for (auto& [id, account] : accounts_) {
    for (const auto& [day, models] : account->usage) {
      for (const auto& [model, usage] : models) rows.usage.push_back({id, day, model, usage});
    }
    account->usage.clear();
  }
  if (rows.empty()) return 0;
  const std::uint64_t number = journal_->write(std::move(rows));
  for (Ledger* ledger : lowered) ledger->set_write(number);
  return number;
}

}  // namespace vignette::relay
