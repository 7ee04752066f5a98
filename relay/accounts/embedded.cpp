// The accounts of one relay: books in memory, kept on disk by the journal's thread. Only this file knows how
// the event loop waits for that thread.
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "relay/accounts/accounts.hpp"
#include "relay/accounts/book_tables.hpp"
#include "relay/accounts/books.hpp"
#include "relay/accounts/code_store.hpp"
#include "relay/accounts/door.hpp"
#include "relay/accounts/folder.hpp"
#include "relay/accounts/on_loop.hpp"
#include "relay/accounts/problems.hpp"

namespace vignette::relay {
namespace {

using boost::asio::awaitable;

/// What there is only with a data folder.
struct Kept {
  FolderLock lock;
  ChangeCount changes;
  std::unique_ptr<CodeStore> codes;
  std::shared_ptr<BookTables> tables;
  std::string folder;
};

class EmbeddedAccounts final : public Accounts {
 public:
  EmbeddedAccounts(const Secrets& secrets, std::optional<Kept> kept, const AccountsOptions& options)
      : secrets_(secrets), door_(secrets), kept_(std::move(kept)) {
    if (kept_)
      journal_ = std::make_shared<Journal>(
          [tables = kept_->tables](const Rows& rows) { return tables->write(rows); });
    books_ = std::make_shared<Books>(journal_, options.relay_budget_per_day);
  }

  ~EmbeddedAccounts() override {
    if (!journal_) return;
    books_->write_changes(true);
    journal_->stop();
  }

  Result<Done> start() {
    if (!kept_) return Done{};
    auto rows = kept_->tables->load(moment_now().wall);
    if (!rows) return rows.error();
    books_->recover(*rows);
    if (auto read = read_codes(); !read) return read.error();
    journal_->start([books = std::weak_ptr(books_)] {
      if (const auto open = books.lock()) open->write_changes(false);
    });
    return Done{};
  }

  Result<Done> ensure_code(std::string_view text, const Terms& terms) override {
    if (!kept_) {
      const auto record = given_record(text, terms, MacKey(secrets_.pepper), moment_now().wall);
      if (!record) return record.error();
      door_.admit_given(record->mac);
      given_in_memory_.push_back(*record);
      use_codes(given_in_memory_);
      return Done{};
    }
    const auto record = ensure_given_code(*kept_->codes, text, terms, moment_now().wall);
    if (!record) return record.error();
    door_.admit_given(record->mac);
    return read_codes();
  }

  awaitable<std::variant<Caller, Problem>> identify(std::string_view bearer, std::string_view peer) override {
    if (!follow_changes()) co_return problems::accounts_unavailable();
    co_return door_.identify(bearer, peer, moment_now());
  }

  awaitable<std::variant<OpenedSession, Problem>> open_session(std::string_view code,
                                                               std::string_view peer) override {
    if (!follow_changes()) co_return problems::accounts_unavailable();
    const Moment now = moment_now();
    auto recognised = door_.recognise(code, peer, now);
    if (auto* problem = std::get_if<Problem>(&recognised)) co_return std::move(*problem);
    const auto record = std::get<0>(recognised);
    auto opened = books_->open_session(record->id, now);
    if (auto* problem = std::get_if<Problem>(&opened)) co_return std::move(*problem);
    const auto& session = std::get<Books::Opened>(opened);
    if (session.write > 0 && !co_await durable(session.write)) co_return problems::accounts_unavailable();
    co_return door_.open(*record, session.session_id, session.expires, now.wall);
  }

  awaitable<std::variant<Reservation, Problem>> reserve(const Caller& caller, std::string_view model,
                                                        MicroUsd ceiling) override {
    if (caller.code_id == own_key_id) co_return Reservation(nullptr, ceiling);
    if (!follow_changes()) co_return problems::accounts_unavailable();
    auto granted = books_->reserve(caller, model, ceiling, moment_now());
    if (auto* problem = std::get_if<Problem>(&granted)) co_return std::move(*problem);
    auto& grant = std::get<Books::Granted>(granted);
    Reservation reservation(std::move(grant.ticket), std::max<MicroUsd>(ceiling, 0), grant.standing);
    if (grant.write > 0 && !co_await durable(grant.write)) {
      reservation.release();
      co_return problems::accounts_unavailable();
    }
    co_return std::move(reservation);
  }

  awaitable<UsageView> usage(const Caller& caller) override {
    follow_changes();
    co_return books_->usage(caller, moment_now());
  }

  awaitable<bool> flush() override {
    const std::uint64_t write = books_->write_changes(false);
    if (write == 0) co_return true;
    co_return co_await durable(write);
  }

  std::string description() const override {
    if (kept_) return "accounts are kept in " + kept_->folder;
    return "accounts are kept in memory only: what was spent is forgotten when the relay stops (--data DIR "
           "keeps it)";
  }

 private:
  awaitable<bool> durable(std::uint64_t write) {
    return on_loop<bool>(
        [this, write](std::function<void(bool)> told) { journal_->when_done(write, std::move(told)); });
  }

  // Codes are added and switched off by other processes. False: they were changed and cannot be read, so
  // nobody knows who may come in.
  bool follow_changes() {
    if (!kept_ || kept_->changes.now() == seen_change_) return true;
    return read_codes().has_value();
  }

  Result<Done> read_codes() {
    const std::uint64_t change = kept_->changes.now();  // before reading: a change in between is read again
    auto codes = kept_->codes->codes();
    if (!codes) return codes.error();
    use_codes(std::move(*codes));
    seen_change_ = change;
    return Done{};
  }

  void use_codes(std::vector<CodeRecord> codes) {
    door_.set_codes(CodeBook(std::move(codes)));
    books_->set_codes(door_.codes().all());
  }

  Secrets secrets_;
  Door door_;
  std::optional<Kept> kept_;
  std::shared_ptr<Journal> journal_;
  std::shared_ptr<Books> books_;
  std::vector<CodeRecord> given_in_memory_;
  std::uint64_t seen_change_ = 0;
};

Result<Kept> open_kept(const std::string& folder) {
  auto codes = open_folder_codes(folder);
  if (!codes) return codes.error();
  auto lock = FolderLock::take(folder);
  if (!lock) return lock.error();
  auto changes = ChangeCount::open(folder);
  if (!changes) return changes.error();
  auto database = Database::open(folder + "/relay.sqlite");
  if (!database) return database.error();
  return Kept{*std::move(lock), *std::move(changes), *std::move(codes),
              std::make_shared<BookTables>(*std::move(database)), folder};
}

}  // namespace

Result<std::unique_ptr<Accounts>> make_embedded_accounts(const AccountsOptions& options) {
  const TimeMs now = moment_now().wall;
  Secrets secrets = make_secrets(now);
  std::optional<Kept> kept;
  if (!options.folder.empty()) {
    auto opened = open_kept(options.folder);
    if (!opened) return opened.error();
    kept.emplace(*std::move(opened));
    secrets = kept->codes->secrets();
    if (rotate(secrets, now)) {
      if (auto written = replace_secrets_file(options.folder, secrets); !written) return written.error();
    }
  }
  auto accounts = std::make_unique<EmbeddedAccounts>(secrets, std::move(kept), options);
  if (auto started = accounts->start(); !started) return started.error();
  return std::unique_ptr<Accounts>(std::move(accounts));
}

}  // namespace vignette::relay
