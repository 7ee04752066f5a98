#include "relay/accounts/book_tables.hpp"

#include "relay/accounts/moment.hpp"

namespace vignette::relay {
namespace {

constexpr TimeMs week_ms = TimeMs{7} * 86'400'000;

}  // namespace

Result<Rows> BookTables::load(TimeMs now) {
  const std::int64_t old_day = day_of(now - week_ms);
  for (const char* sql : {"DELETE FROM ledgers WHERE kind IN (2, 4) AND CAST(part AS INTEGER) < ?1",
                          "DELETE FROM ledgers WHERE kind = 3 AND part LIKE 'direct %' AND CAST(substr(part, "
                          "8) AS INTEGER) < ?1"}) {
    if (!Statement(database_.handle(), sql).bind(1, old_day).run()) return database_.error("tidy the books");
  }
  for (const char* sql : {"DELETE FROM ledgers WHERE kind = 3 AND (code, part) IN "
                          "(SELECT code, id FROM sessions WHERE expires < ?1)",
                          "DELETE FROM sessions WHERE expires < ?1"}) {
    if (!Statement(database_.handle(), sql).bind(1, now - week_ms).run())
      return database_.error("tidy the books");
  }

  // Where the last process ended without a word, all up to the mark counts as spent.
  if (!database_.execute("UPDATE ledgers SET spent = mark WHERE spent <> mark"))
    return database_.error("tidy the books");

  Rows rows;
  Statement ledgers(database_.handle(), "SELECT kind, code, part, spent, mark FROM ledgers");
  while (ledgers.step()) {
    rows.ledgers.push_back({{static_cast<LedgerKind>(ledgers.integer(0)), ledgers.text(1), ledgers.text(2)},
                            ledgers.integer(3),
                            ledgers.integer(4)});
  }
  Statement sessions(database_.handle(), "SELECT code, id, expires FROM sessions WHERE expires > ?");
  sessions.bind(1, now);
  while (sessions.step()) rows.sessions.push_back({sessions.text(0), sessions.text(1), sessions.integer(2)});
  Statement usage(
      database_.handle(),
      "SELECT code, sum(requests), sum(input_tokens), sum(output_tokens), sum(images), sum(micro_usd) "
      "FROM usage GROUP BY code");
  while (usage.step()) {
    rows.usage.push_back(
        {usage.text(0), 0, "",
         Usage{usage.integer(1), usage.integer(2), usage.integer(3), usage.integer(4), usage.integer(5)}});
  }
  if (ledgers.failed() || sessions.failed() || usage.failed()) return database_.error("read the books");
  return rows;
}

bool BookTables::write(const Rows& rows) {
  if (!database_.execute("BEGIN IMMEDIATE")) return false;
  if (write_rows(rows) && database_.execute("COMMIT")) return true;
  database_.execute("ROLLBACK");
  return false;
}

bool BookTables::write_rows(const Rows& rows) {
  Statement ledger(database_.handle(), "INSERT OR REPLACE INTO ledgers VALUES(?, ?, ?, ?, ?)");
  for (const LedgerRow& row : rows.ledgers) {
    ledger.bind(1, static_cast<std::int64_t>(row.key.kind)).bind(2, row.key.code).bind(3, row.key.part);
    if (!ledger.bind(4, row.spent).bind(5, row.mark).run()) return false;
  }
  Statement session(database_.handle(), "INSERT OR REPLACE INTO sessions VALUES(?, ?, ?)");
  for (const SessionRow& row : rows.sessions) {
    if (!session.bind(1, row.code).bind(2, row.id).bind(3, row.expires).run()) return false;
  }
  Statement usage(
      database_.handle(),
      "INSERT INTO usage VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "requests = requests + excluded.requests, input_tokens = input_tokens + excluded.input_tokens, "
      "output_tokens = output_tokens + excluded.output_tokens, images = images + excluded.images, "
      "micro_usd = micro_usd + excluded.micro_usd");
  for (const UsageRow& row : rows.usage) {
    usage.bind(1, row.code).bind(2, row.day).bind(3, row.model).bind(4, row.usage.requests);
    usage.bind(5, row.usage.input_tokens).bind(6, row.usage.output_tokens).bind(7, row.usage.images);
    if (!usage.bind(8, row.usage.money).run()) return false;
  }
  return true;
}

}  // namespace vignette::relay
