#pragma once
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "relay/accounts/books.hpp"

namespace vignette::relay {

/// A reservation in the books. It may outlive the accounts it came from: it holds what it needs.
class BookTicket final : public Reservation::Ticket {
 public:
  /// Every ledger it has taken from, and how much.
  using Parts = std::array<std::pair<std::shared_ptr<Ledger>, std::int64_t>, 5>;

  BookTicket(std::shared_ptr<Books> books, std::shared_ptr<Account> account,
             std::shared_ptr<SessionBook> session, Parts parts, std::string_view model, std::int64_t day);
  void settle(MicroUsd actual, const Consumption& consumption) override;
  void release() override;

 private:
  void leave();

  std::shared_ptr<Books> books_;
  std::shared_ptr<Account> account_;
  std::shared_ptr<SessionBook> session_;
  Parts parts_;
  std::string model_;
  std::int64_t day_;
};

}  // namespace vignette::relay
