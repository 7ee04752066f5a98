#include "relay/accounts/book_ticket.hpp"

#include "relay/accounts/books_account.hpp"

namespace vignette::relay {

BookTicket::BookTicket(std::shared_ptr<Books> books, std::shared_ptr<Account> account,
                       std::shared_ptr<SessionBook> session, Parts parts, std::string_view model,
                       std::int64_t day)
    : books_(std::move(books)),
      account_(std::move(account)),
      session_(std::move(session)),
      parts_(std::move(parts)),
      model_(model),
      day_(day) {}

void BookTicket::settle(MicroUsd actual, const Consumption& consumption) {
  const std::lock_guard lock(books_->mutex_);
  for (const auto& [ledger, amount] : parts_) {
    ledger->settle(amount, ledger->key().kind == LedgerKind::Requests ? 1 : actual);
    books_->list(ledger);
  }
  const Usage usage{.requests = 1,
                    .input_tokens = consumption.input_tokens,
                    .output_tokens = consumption.output_tokens,
                    .images = consumption.images,
                    .money = actual};
  if (books_->journal_) account_->usage[day_][model_] += usage;
  account_->total += usage;
  leave();
}

void BookTicket::release() {
  const std::lock_guard lock(books_->mutex_);
  for (const auto& [ledger, amount] : parts_) {
    ledger->release(amount);
    books_->list(ledger);
  }
  leave();
}

void BookTicket::leave() {
  --account_->at_work;
  --session_->at_work;
}

}  // namespace vignette::relay
