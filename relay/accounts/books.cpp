#include "relay/accounts/books.hpp"

#include <algorithm>

#include "relay/accounts/book_ticket.hpp"
#include "relay/accounts/books_account.hpp"
#include "relay/accounts/problems.hpp"

namespace vignette::relay {
namespace {

// Who uses the code itself as the bearer belongs to one session a day, shared by all who do: a cap per
// session cannot be passed by not opening one.
std::string part_of(const std::string& session_id, const Moment& now) {
  return session_id.empty() ? "direct " + std::to_string(day_of(now.wall)) : session_id;
}

std::optional<Problem> standing_problem(const CodeRecord& code, const Moment& now) {
  if (code.disabled) return problems::code_disabled();
  if (code.terms->expires && now.wall >= *code.terms->expires) return problems::code_expired();
  return std::nullopt;
}

std::optional<Problem> rate_problem(const Account& account, const SessionBook& session, const Moment& now) {
  const Terms& terms = *account.code->terms;
  const auto wait = [&](const Gcra& gcra, std::optional<int> limit) {
    return limit ? gcra.wait_ns(Rate::per_minute(*limit), now.steady_ns) : 0;
  };
  if (const auto ns = wait(session.rate, terms.session_requests_per_minute))
    return problems::rate_limited(seconds_up(ns), true);
  if (const auto ns = wait(account.rate, terms.requests_per_minute))
    return problems::rate_limited(seconds_up(ns), false);
  if (terms.session_concurrency && session.at_work >= *terms.session_concurrency)
    return problems::too_many_concurrent(true);
  if (terms.concurrency && account.at_work >= *terms.concurrency) return problems::too_many_concurrent(false);
  return std::nullopt;
}

Standing standing_of(const BookTicket::Parts& parts, const Account& account, const SessionBook& session,
                     const Moment& now) {
  Standing standing;
  for (const auto& [ledger, amount] : parts) {
    if (ledger->key().kind == LedgerKind::Requests || !ledger->left()) continue;
    standing.money = std::min(standing.money.value_or(*ledger->left()), *ledger->left());
  }
  const auto look = [&](const Gcra& gcra, std::optional<int> limit) {
    if (!limit) return;
    const int left = static_cast<int>(gcra.left(Rate::per_minute(*limit), now.steady_ns));
    if (standing.rate_limit && standing.rate_left <= left) return;
    standing.rate_limit = limit;
    standing.rate_left = left;
    standing.rate_reset_s = seconds_up(gcra.full_in_ns(now.steady_ns));
  };
  look(session.rate, account.code->terms->session_requests_per_minute);
  look(account.rate, account.code->terms->requests_per_minute);
  return standing;
}

problems::Budget budget_of(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::Code: return problems::Budget::Code;
    case LedgerKind::Requests: return problems::Budget::Requests;
    case LedgerKind::Day: return problems::Budget::Day;
    case LedgerKind::Session: return problems::Budget::Session;
    case LedgerKind::RelayDay: return problems::Budget::RelayDay;
  }
  return problems::Budget::Code;
}

}  // namespace

Books::Books(std::shared_ptr<Journal> journal, std::optional<MicroUsd> relay_budget_per_day)
    : journal_(std::move(journal)), relay_budget_per_day_(relay_budget_per_day) {}
Books::~Books() = default;

void Books::recover(const Rows& rows) {
  const std::lock_guard lock(mutex_);
  for (const LedgerRow& row : rows.ledgers) recovered_[row.key] = row.mark;
  for (const SessionRow& row : rows.sessions) recovered_sessions_[row.code].push_back(row);
  for (const UsageRow& row : rows.usage) recovered_usage_[row.code] += row.usage;
}

void Books::set_codes(std::span<const std::shared_ptr<const CodeRecord>> codes) {
  const std::lock_guard lock(mutex_);
  for (const auto& code : codes) {
    std::shared_ptr<Account>& account = accounts_[code->id];
    if (!account) {
      account = std::make_shared<Account>();
      account->money = open_ledger({LedgerKind::Code, code->id, ""}, code->terms->budget);
      account->requests = open_ledger({LedgerKind::Requests, code->id, ""}, code->terms->requests);
      account->total = recovered_usage_[code->id];
      for (const SessionRow& row : recovered_sessions_[code->id]) {
        auto session = std::make_shared<SessionBook>();
        session->expires = row.expires;
        session->money = open_ledger({LedgerKind::Session, code->id, row.id}, code->terms->session_budget);
        account->sessions.emplace(row.id, std::move(session));
      }
      recovered_sessions_.erase(code->id);
    }
    account->code = code;
    account->money->set_cap(code->terms->budget);
    account->requests->set_cap(code->terms->requests);
    if (account->day) account->day->set_cap(code->terms->daily_budget);
  }
}

Books::LedgerPtr Books::open_ledger(LedgerKey key, std::optional<std::int64_t> cap) {
  const auto found = recovered_.find(key);
  const std::int64_t spent = found == recovered_.end() ? 0 : found->second;
  if (found != recovered_.end()) recovered_.erase(found);
  return std::make_shared<Ledger>(std::move(key), cap, spent);
}

Books::LedgerPtr Books::relay_day(const Moment& now) {
  const std::int64_t day = std::max(day_of(now.wall), relay_day_number_);
  if (!relay_day_ || relay_day_number_ != day) {
    relay_day_ = open_ledger({LedgerKind::RelayDay, "", std::to_string(day)}, relay_budget_per_day_);
    relay_day_number_ = day;
  }
  return relay_day_;
}

std::shared_ptr<SessionBook> Books::session_of(Account& account, const std::string& session_id,
                                               const Moment& now) {
  if (const auto known = account.sessions.find(session_id); known != account.sessions.end())
    return known->second;
  std::string part = part_of(session_id, now);
  std::shared_ptr<SessionBook>& session = account.sessions[part];
  if (!session) {
    session = std::make_shared<SessionBook>();
    // A token that outlived a crash, or the day's shared session: it counts from now on.
    session->expires = now.wall + session_life_ms * (session_id.empty() ? 2 : 1);
    session->money =
        open_ledger({LedgerKind::Session, account.code->id, part}, account.code->terms->session_budget);
  }
  return session;
}

void Books::open_day(Account& account, const Moment& now) {
  // Days only go on: a clock that is set back must not start one again.
  const std::int64_t day = std::max(day_of(now.wall), account.day_number);
  if (account.day && account.day_number == day) return;
  account.day = open_ledger({LedgerKind::Day, account.code->id, std::to_string(day)},
                            account.code->terms->daily_budget);
  account.day_number = day;
}

std::variant<Books::Granted, Problem> Books::reserve(const Caller& caller, std::string_view model,
                                                     MicroUsd ceiling, const Moment& now) {
  ceiling = std::max<MicroUsd>(ceiling, 0);
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(caller.code_id);
  if (found == accounts_.end()) return problems::invalid_code();
  const std::shared_ptr<Account>& account = found->second;
  const CodeRecord& code = *account->code;
  if (auto problem = standing_problem(code, now)) return *problem;
  if (!may_use(*code.terms, model)) return problems::model_not_allowed();

  open_day(*account, now);
  const auto session = session_of(*account, caller.session_id, now);
  if (auto problem = rate_problem(*account, *session, now)) return *problem;

  BookTicket::Parts parts = {{{account->requests, 1},
                              {account->money, ceiling},
                              {account->day, ceiling},
                              {session->money, ceiling},
                              {relay_day(now), ceiling}}};
  for (const auto& [ledger, amount] : parts) {
    if (!ledger->has_room(amount)) return problems::budget_exhausted(budget_of(ledger->key().kind));
  }

  // From here on nothing can refuse.
  for (const auto& [ledger, amount] : parts) {
    ledger->reserve(amount);
    list(ledger);
  }
  if (code.terms->requests_per_minute)
    account->rate.take(Rate::per_minute(*code.terms->requests_per_minute), now.steady_ns);
  if (code.terms->session_requests_per_minute)
    session->rate.take(Rate::per_minute(*code.terms->session_requests_per_minute), now.steady_ns);
  ++account->at_work;
  ++session->at_work;
  const std::uint64_t write = cover(parts);
  const Standing standing = standing_of(parts, *account, *session, now);
  return Granted{std::make_unique<BookTicket>(shared_from_this(), account, session, std::move(parts), model,
                                              account->day_number),
                 write, standing};
}

// Raises the marks that need it, all in one write; the number of the write after which every part is covered.
std::uint64_t Books::cover(std::span<const std::pair<LedgerPtr, std::int64_t>> parts) {
  if (!journal_) return 0;
  const std::uint64_t written = journal_->written();
  Rows rows;
  std::vector<Ledger*> raised;
  for (const auto& [ledger, amount] : parts) {
    if (!ledger->wants_raise(written)) continue;
    ledger->raise(written);
    rows.ledgers.push_back(ledger->row());
    raised.push_back(ledger.get());
  }
  if (!raised.empty()) {
    const std::uint64_t number = journal_->write(std::move(rows));
    for (Ledger* ledger : raised) ledger->set_write(number);
  }
  std::uint64_t wait_for = 0;
  for (const auto& [ledger, amount] : parts) {
    if (ledger->is_covered(written)) continue;
    ledger->note_wait();
    wait_for = std::max(wait_for, ledger->write());
  }
  return wait_for;
}

void Books::list(const LedgerPtr& ledger) {
  if (ledger->listed || !journal_) return;
  ledger->listed = true;
  changed_.push_back(ledger);
}

UsageView Books::usage(const Caller& caller, const Moment& now) {
  const std::lock_guard lock(mutex_);
  UsageView view;
  if (caller.terms) view.terms = *caller.terms;
  const auto found = accounts_.find(caller.code_id);
  if (found == accounts_.end()) return view;
  Account& account = *found->second;
  open_day(account, now);
  const auto session = session_of(account, caller.session_id, now);
  view.terms = *account.code->terms;
  view.requests = account.requests->spent() + account.requests->reserved();
  view.spent = account.money->spent();
  view.reserved = account.money->reserved();
  view.spent_today = account.day->spent();
  view.spent_session = session->money->spent();
  view.reserved_session = session->money->reserved();
  view.at_work = account.at_work;
  view.consumed = {account.total.input_tokens, account.total.output_tokens, account.total.images};
  return view;
}

}  // namespace vignette::relay
