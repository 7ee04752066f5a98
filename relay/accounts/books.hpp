#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "relay/accounts/code_record.hpp"
#include "relay/accounts/journal.hpp"
#include "relay/accounts/ledger.hpp"
#include "relay/accounts/moment.hpp"
#include "relay/accounts/reservation.hpp"
#include "relay/http/problem.hpp"

namespace vignette::relay {

struct Account;      // one code at work: books_account.hpp
struct SessionBook;  // one session of it

/// What every code may still do, in memory; the journal keeps it on disk. A reservation is checked against
/// all limits and taken from all of them in one step that nothing can come between: the journal's thread
/// looks in once a second, and otherwise the one lock is never fought over.
class Books : public std::enable_shared_from_this<Books> {
 public:
  /// No journal: nothing is kept.
  Books(std::shared_ptr<Journal> journal, std::optional<MicroUsd> relay_budget_per_day);
  ~Books();

  /// What an earlier process left. Before anything else.
  void recover(const Rows& rows);
  /// All codes as they are now; reservations at work keep their places.
  void set_codes(std::span<const std::shared_ptr<const CodeRecord>> codes);

  struct Granted {
    std::unique_ptr<Reservation::Ticket> ticket;
    std::uint64_t write = 0;  ///< of the journal, to wait for before anything is sent; 0: none
    Standing standing;
  };
  std::variant<Granted, Problem> reserve(const Caller& caller, std::string_view model, MicroUsd ceiling,
                                         const Moment& now);

  struct Opened {
    std::string session_id;
    TimeMs expires = 0;
    std::uint64_t write = 0;
  };
  std::variant<Opened, Problem> open_session(const std::string& code_id, const Moment& now);

  UsageView usage(const Caller& caller, const Moment& now);

  /// Hands what has changed to the journal. `exactly`: marks go down to what is used, for the end of the
  /// process. The write to wait for, 0 if there is nothing.
  std::uint64_t write_changes(bool exactly);

 private:
  friend class BookTicket;
  using LedgerPtr = std::shared_ptr<Ledger>;

  LedgerPtr open_ledger(LedgerKey key, std::optional<std::int64_t> cap);
  LedgerPtr relay_day(const Moment& now);
  void open_day(Account& account, const Moment& now);
  std::shared_ptr<SessionBook> session_of(Account& account, const std::string& session_id, const Moment& now);
  void list(const LedgerPtr& ledger);
  std::uint64_t cover(std::span<const std::pair<LedgerPtr, std::int64_t>> parts);

  std::shared_ptr<Journal> journal_;
  std::optional<MicroUsd> relay_budget_per_day_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Account>> accounts_;
  std::map<LedgerKey, std::int64_t> recovered_;  // spent, of ledgers nobody has asked for yet
  std::map<std::string, std::vector<SessionRow>> recovered_sessions_;
  std::map<std::string, Usage> recovered_usage_;
  std::vector<LedgerPtr> changed_;
  LedgerPtr relay_day_;
  std::int64_t relay_day_number_ = -1;
};

}  // namespace vignette::relay
