#include "relay/accounts/sqlite.hpp"

#include <sqlite3.h>

namespace vignette::relay {
namespace {

// Full: a commit is on disk when it returns. That is the promise the marks are made of.
constexpr const char* settings = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
)";

constexpr int schema_version = 1;
constexpr const char* schema = R"(
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS codes(
    id TEXT PRIMARY KEY, mac BLOB NOT NULL UNIQUE, terms TEXT NOT NULL, created INTEGER NOT NULL,
    disabled INTEGER NOT NULL, epoch INTEGER NOT NULL, given INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS ledgers(
    kind INTEGER NOT NULL, code TEXT NOT NULL, part TEXT NOT NULL, spent INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY(kind, code, part)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sessions(
    code TEXT NOT NULL, id TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY(code, id)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS usage(
    code TEXT NOT NULL, day INTEGER NOT NULL, model TEXT NOT NULL, requests INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, images INTEGER NOT NULL,
    micro_usd INTEGER NOT NULL, PRIMARY KEY(code, day, model)) WITHOUT ROWID;
  PRAGMA user_version = 1;
  COMMIT;
)";

int version_of(sqlite3* handle) {
  Statement statement(handle, "PRAGMA user_version");
  return statement.step() ? static_cast<int>(statement.integer(0)) : -1;
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) {
  failed_ = sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) !=
            SQLITE_OK;
}
Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::bind(int at, std::int64_t value) {
  failed_ = failed_ || sqlite3_bind_int64(statement_, at, value) != SQLITE_OK;
  return *this;
}
Statement& Statement::bind(int at, std::string_view text) {
  failed_ = failed_ || sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_TRANSIENT,
                                           SQLITE_UTF8) != SQLITE_OK;
  return *this;
}
Statement& Statement::bind_blob(int at, std::string_view bytes) {
  failed_ = failed_ ||
            sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK;
  return *this;
}

bool Statement::step() {
  if (failed_) return false;
  const int answer = sqlite3_step(statement_);
  failed_ = answer != SQLITE_ROW && answer != SQLITE_DONE;
  return answer == SQLITE_ROW;
}

bool Statement::run() {
  step();
  if (statement_ != nullptr) sqlite3_reset(statement_);
  return !failed_;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<Database> Database::open(const std::string& path) {
  sqlite3* handle = nullptr;
  const int answer = sqlite3_open_v2(
      path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database(handle);
  if (answer != SQLITE_OK) return database.error("open " + path);
  sqlite3_busy_timeout(handle, 5000);  // `codes` and the server write in turn
  if (!database.execute(settings)) return database.error("use " + path);
  const int version = version_of(handle);
  if (version == 0 && !database.execute(schema)) return database.error("make the tables in " + path);
  if (version > schema_version || version < 0) {
    return Error{.code = ErrorCode::Unsupported,
                 .message = path + " was written by a newer vignette-relay.",
                 .hint = "Use that version, or another data folder."};
  }
  return database;
}

bool Database::execute(const char* sql) {
  if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
  if (sqlite3_get_autocommit(handle()) == 0) sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  return false;
}

int Database::changes() const { return sqlite3_changes(handle()); }

Error Database::error(const std::string& what) const {
  return {.code = ErrorCode::Internal,
          .message = "Cannot " + what + ": " + (handle() ? sqlite3_errmsg(handle()) : "out of memory") + ".",
          .hint = "Look at the data folder's rights and the space on its disk."};
}

}  // namespace vignette::relay
