#pragma once
#include <memory>
#include <string>

#include "relay/accounts/rows.hpp"
#include "relay/accounts/sqlite.hpp"

namespace vignette::relay {

/// The books on disk: what the journal writes, and what the next process starts from.
class BookTables {
 public:
  explicit BookTables(Database database) : database_(std::move(database)) {}

  /// Ledgers, sessions and usage that still matter on this day; what is over for more than a week is thrown
  /// away.
  Result<Rows> load(TimeMs now);
  /// One transaction: all of it is on disk, or none and false.
  bool write(const Rows& rows);

 private:
  bool write_rows(const Rows& rows);
  Database database_;
};

}  // namespace vignette::relay
