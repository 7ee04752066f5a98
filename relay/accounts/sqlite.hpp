#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace vignette::relay {

/// One prepared statement; values are numbered from 1, columns from 0, as SQLite does.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, std::string_view text);
  Statement& bind_blob(int at, std::string_view bytes);
  /// Whether there is a row.
  bool step();
  /// For statements without rows: does it and is ready again; false where it failed.
  bool run();
  bool failed() const { return failed_; }

  std::int64_t integer(int column) const;
  std::string text(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  bool failed_ = false;
};

/// One connection to the relay's database file, with its tables made.
class Database {
 public:
  static Result<Database> open(const std::string& path);

  sqlite3* handle() const { return handle_.get(); }
  bool execute(const char* sql);
  int changes() const;
  /// Error with what SQLite says; it never holds values.
  Error error(const std::string& what) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace vignette::relay
