// The codes of a data folder, as `codes` and a running server see them.
#include "relay/accounts/code_store.hpp"
#include "relay/accounts/folder.hpp"
#include "relay/accounts/moment.hpp"
#include "relay/accounts/sqlite.hpp"

namespace vignette::relay {
namespace {

class FolderCodes final : public CodeStore {
 public:
  FolderCodes(Secrets secrets, ChangeCount changes, Database database)
      : secrets_(std::move(secrets)), changes_(std::move(changes)), database_(std::move(database)) {}

  const Secrets& secrets() const override { return secrets_; }

  Result<bool> insert(const CodeRecord& record) override {
    Statement insert(database_.handle(), "INSERT OR IGNORE INTO codes VALUES(?, ?, ?, ?, ?, ?, ?)");
    insert.bind(1, record.id).bind_blob(2, as_text(record.mac)).bind(3, terms_json(*record.terms));
    insert.bind(4, record.created).bind(5, std::int64_t{record.disabled}).bind(6, std::int64_t{record.epoch});
    insert.bind(7, std::int64_t{record.given});
    if (!insert.run()) return database_.error("write the access code");
    const bool is_new = database_.changes() == 1;
    if (is_new) changes_.raise();
    return is_new;
  }

  Result<Done> replace_terms(const std::string& id, const Terms& terms) override {
    Statement update(database_.handle(), "UPDATE codes SET terms = ? WHERE id = ?");
    return changed(update.bind(1, terms_json(terms)).bind(2, id));
  }

  Result<Done> set_disabled(const std::string& id, bool disabled) override {
    Statement update(database_.handle(),
                     "UPDATE codes SET disabled = ?1, epoch = epoch + ?1 WHERE id = ?2 AND disabled <> ?1");
    return changed(update.bind(1, std::int64_t{disabled}).bind(2, id));
  }

  Result<std::vector<CodeRecord>> codes() override {
    std::vector<CodeRecord> codes;
    Statement rows(database_.handle(),
                   "SELECT id, mac, terms, created, disabled, epoch, given FROM codes ORDER BY created, id");
    while (rows.step()) {
      const auto terms = terms_from_json(rows.text(2));
      const std::string mac = rows.text(1);
      CodeRecord code{.id = rows.text(0), .created = rows.integer(3)};
      if (!terms || mac.size() != code.mac.size()) {
        return Error{.message = "The access code with the id " + code.id + " is damaged in the database."};
      }
      std::copy(mac.begin(), mac.end(), code.mac.begin());
      code.terms = std::make_shared<const Terms>(*terms);
      code.disabled = rows.integer(4) != 0;
      code.epoch = static_cast<std::uint32_t>(rows.integer(5));
      code.given = rows.integer(6) != 0;
      codes.push_back(std::move(code));
    }
    if (rows.failed()) return database_.error("read the access codes");
    return codes;
  }

  Result<std::vector<CodeTotals>> totals() override {
    std::vector<CodeTotals> totals;
    Statement rows(database_.handle(),
                   "SELECT code, sum(CASE kind WHEN 1 THEN spent END), sum(CASE kind WHEN 0 THEN spent END) "
                   "FROM ledgers WHERE kind < 2 GROUP BY code");
    while (rows.step()) totals.push_back({rows.text(0), rows.integer(1), rows.integer(2)});
    if (rows.failed()) return database_.error("read what was spent");
    return totals;
  }

  Result<std::vector<UsageRow>> usage() override {
    std::vector<UsageRow> usage;
    Statement rows(
        database_.handle(),
        "SELECT code, day, model, requests, input_tokens, output_tokens, images, micro_usd FROM usage "
        "ORDER BY day, code, model");
    while (rows.step()) {
      usage.push_back(
          {rows.text(0), rows.integer(1), rows.text(2),
           Usage{rows.integer(3), rows.integer(4), rows.integer(5), rows.integer(6), rows.integer(7)}});
    }
    if (rows.failed()) return database_.error("read the usage");
    return usage;
  }

 private:
  Result<Done> changed(Statement& statement) {
    if (!statement.run()) return database_.error("change the access code");
    changes_.raise();
    return Done{};
  }

  Secrets secrets_;
  ChangeCount changes_;
  Database database_;
};

}  // namespace

Result<std::unique_ptr<CodeStore>> open_folder_codes(const std::string& folder) {
  if (auto made = make_folder(folder); !made) return made.error();
  auto secrets = open_secrets_file(folder, moment_now().wall);
  if (!secrets) return secrets.error();
  auto changes = ChangeCount::open(folder);
  if (!changes) return changes.error();
  auto database = Database::open(folder + "/relay.sqlite");
  if (!database) return database.error();
  return std::unique_ptr<CodeStore>(
      std::make_unique<FolderCodes>(std::move(*secrets), *std::move(changes), *std::move(database)));
}

}  // namespace vignette::relay
