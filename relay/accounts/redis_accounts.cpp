// The accounts that several relays share: every reservation is one script in Redis. Where Redis does not
// answer, nothing is spent.
#include <atomic>
#include <mutex>

#include "relay/accounts/accounts.hpp"
#include "relay/accounts/door.hpp"
#include "relay/accounts/on_loop.hpp"
#include "relay/accounts/problems.hpp"
#include "relay/accounts/redis_codes.hpp"
#include "relay/accounts/redis_link.hpp"
#include "relay/accounts/redis_scripts.hpp"

namespace vignette::relay {
namespace {

using boost::asio::awaitable;

constexpr TimeMs beat_every_ms = 5'000;
constexpr TimeMs silence_ms = 30'000;  // then a relay counts as dead
constexpr TimeMs session_ms = TimeMs{12} * 3600 * 1000;

// The scripts' words for no.
Problem problem_of(std::string_view word, int number) {
  using namespace problems;
  if (word == "code_disabled") return code_disabled();
  if (word == "code_expired") return code_expired();
  if (word == "rate_limited_session") return rate_limited(number, true);
  if (word == "rate_limited_code" || word == "rate_limited") return rate_limited(number, false);
  if (word == "too_many_concurrent_session") return too_many_concurrent(true);
  if (word == "too_many_concurrent_code") return too_many_concurrent(false);
  if (word == "too_many_sessions") return too_many_sessions(number);
  if (word == "budget_requests") return budget_exhausted(Budget::Requests);
  if (word == "budget_code") return budget_exhausted(Budget::Code);
  if (word == "budget_day") return budget_exhausted(Budget::Day);
  if (word == "budget_session") return budget_exhausted(Budget::Session);
  if (word == "budget_relay") return budget_exhausted(Budget::RelayDay);
  return invalid_code();
}

// The last four of what the script for reserving answers.
Standing standing_of(const std::vector<RedisAnswer>& items) {
  Standing standing;
  if (items[2].integer >= 0) standing.money = items[2].integer;
  if (items[3].integer > 0) standing.rate_limit = static_cast<int>(items[3].integer);
  standing.rate_left = static_cast<int>(items[4].integer);
  standing.rate_reset_s = static_cast<int>(items[5].integer);
  return standing;
}

class RedisTicket final : public Reservation::Ticket {
 public:
  RedisTicket(std::shared_ptr<RedisLink> link, std::string relay, std::string id, std::string_view model)
      : link_(std::move(link)), relay_(std::move(relay)), id_(std::move(id)), model_(model) {}

  void settle(MicroUsd actual, const Consumption& c) override { finish(std::to_string(actual), c); }
  void release() override { finish("release", {}); }

 private:
  void finish(const std::string& actual, const Consumption& c) {
    link_->insist(finish_script.call({relay_, id_, actual, model_, std::to_string(c.input_tokens),
                                      std::to_string(c.output_tokens), std::to_string(c.images)}));
  }

  std::shared_ptr<RedisLink> link_;
  std::string relay_;
  std::string id_;
  std::string model_;
};

/// What the link's thread has read, for the event loop to take over when it comes by.
class News {
 public:
  struct Item {
    Secrets secrets;
    std::vector<CodeRecord> codes;
  };
  void put(Item item) {
    const std::lock_guard lock(mutex_);
    item_ = std::move(item);
    there_.store(true, std::memory_order_release);
  }
  std::optional<Item> take() {
    if (!there_.load(std::memory_order_acquire)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    there_.store(false, std::memory_order_relaxed);
    return std::exchange(item_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::optional<Item> item_;
  std::atomic<bool> there_ = false;
};

/// One relay's part in keeping Redis's books: says that it lives, and reads what has changed. On the link's
/// thread.
class Watch {
 public:
  Watch(std::string relay, std::shared_ptr<News> news) : relay_(std::move(relay)), news_(std::move(news)) {}

  bool operator()(RedisConnection& connection) {
    const Moment now = moment_now();
    if (now.steady_ns - last_beat_ns_ >= beat_every_ms * 1'000'000) {
      if (connection.ask(beat_script.call({relay_, std::to_string(silence_ms)})).failed) return false;
      last_beat_ns_ = now.steady_ns;
    }
    const RedisAnswer marks = connection.ask(
        {"MGET", std::string(redis_prefix) + "changes", std::string(redis_prefix) + "secrets"});
    if (marks.failed || marks.items.size() != 2) return false;
    std::string seen = marks.items[0].text + "\n" + marks.items[1].text;
    if (seen == seen_) return true;
    auto secrets = share_redis_secrets(connection, now.wall);
    auto codes = read_redis_codes(connection);
    if (!secrets || !codes) return false;
    news_->put({*std::move(secrets), *std::move(codes)});
    seen_ = std::move(seen);
    return true;
  }

 private:
  std::string relay_;
  std::shared_ptr<News> news_;
  std::string seen_ = "nothing yet";
  std::int64_t last_beat_ns_ = -beat_every_ms * 1'000'000;
};

class RedisAccounts final : public Accounts {
 public:
  RedisAccounts(const std::string& url, RedisAddress address, const Secrets& secrets,
                const AccountsOptions& options)
      : url_(url),
        host_(address.host),
        door_(secrets),
        relay_(hex(random_bytes(8))),
        relay_cap_(options.relay_budget_per_day ? std::to_string(*options.relay_budget_per_day) : ""),
        news_(std::make_shared<News>()),
        link_(std::make_shared<RedisLink>(std::move(address))) {
    link_->start(Watch(relay_, news_));
  }
  ~RedisAccounts() override { link_->stop(); }

  Result<Done> ensure_code(std::string_view text, const Terms& terms) override {
    auto store = open_redis_codes(url_);
    if (!store) return store.error();
    const auto record = ensure_given_code(**store, text, terms, moment_now().wall);
    if (!record) return record.error();
    door_.admit_given(record->mac);
    return Done{};
  }

  awaitable<std::variant<Caller, Problem>> identify(std::string_view bearer, std::string_view peer) override {
    const bool reached = co_await look_again_if_unknown(bearer, peer);
    if (!reached) co_return problems::accounts_unavailable();
    co_return door_.identify(bearer, peer, moment_now());
  }

  awaitable<std::variant<OpenedSession, Problem>> open_session(std::string_view code,
                                                               std::string_view peer) override {
    const bool reached = co_await look_again_if_unknown(code, peer);
    if (!reached) co_return problems::accounts_unavailable();
    const Moment now = moment_now();
    auto recognised = door_.recognise(code, peer, now);
    if (auto* problem = std::get_if<Problem>(&recognised)) co_return std::move(*problem);
    const auto record = std::get<0>(recognised);
    const std::string id = hex(random_bytes(8));
    const RedisAnswer answer =
        co_await ask(open_session_script.call({record->id, id, std::to_string(session_ms)}));
    if (answer.failed || answer.items.size() != 2) co_return problems::accounts_unavailable();
    if (answer.items[0].text != "ok")
      co_return problem_of(answer.items[0].text, static_cast<int>(answer.items[1].integer));
    co_return door_.open(*record, id, answer.items[1].integer, now.wall);
  }

  awaitable<std::variant<Reservation, Problem>> reserve(const Caller& caller, std::string_view model,
                                                        MicroUsd ceiling) override {
    if (caller.code_id == own_key_id) co_return Reservation(nullptr, ceiling);
    if (!caller.terms || !may_use(*caller.terms, model)) co_return problems::model_not_allowed();
    ceiling = std::max<MicroUsd>(ceiling, 0);
    const std::string id = hex(random_bytes(8));
    const RedisAnswer answer = co_await ask(reserve_script.call(
        {caller.code_id, caller.session_id, std::to_string(ceiling), id, relay_, relay_cap_}));
    auto ticket = std::make_unique<RedisTicket>(link_, relay_, id, model);
    const auto& items = answer.items;
    const bool granted = items.size() == 6 && items[0].text == "ok";
    if (answer.failed || (!granted && items.size() != 2)) {
      ticket->release();  // it may have been done although no answer came
      co_return problems::accounts_unavailable();
    }
    if (!granted) co_return problem_of(items[0].text, static_cast<int>(items[1].integer));
    co_return Reservation(std::move(ticket), ceiling, standing_of(items));
  }

  awaitable<UsageView> usage(const Caller& caller) override {
    UsageView view;
    if (caller.terms) view.terms = *caller.terms;
    if (caller.code_id == own_key_id) co_return view;
    const RedisAnswer answer = co_await ask(view_script.call({caller.code_id, caller.session_id}));
    if (answer.items.size() != 11) co_return view;
    const auto number = [&](std::size_t at) { return answer.items[at].integer; };
    view.requests = number(0) + number(1);
    view.spent = number(2);
    view.reserved = number(3);
    view.at_work = static_cast<int>(number(4));
    view.consumed = {number(5), number(6), number(7)};
    view.spent_today = number(8);
    view.spent_session = number(9);
    view.reserved_session = number(10);
    co_return view;
  }

  awaitable<bool> flush() override {
    const RedisAnswer answer = co_await ask({"PING"});  // behind everything that was to be said
    co_return !answer.failed;
  }

  std::string description() const override { return "accounts are shared through Redis at " + host_; }

 private:
  awaitable<RedisAnswer> ask(RedisCommand command) {
    return on_loop<RedisAnswer>(
        [this, command = std::move(command)](std::function<void(RedisAnswer)> told) mutable {
          link_->ask(std::move(command), std::move(told));
        });
  }

  void follow_news() {
    if (auto item = news_->take()) {
      door_.set_secrets(item->secrets);
      door_.set_codes(CodeBook(std::move(item->codes)));
    }
  }

  // What another machine added a moment ago is known here too. False: unknown here, and Redis cannot be
  // asked.
  awaitable<bool> look_again_if_unknown(std::string_view bearer, std::string_view peer) {
    follow_news();
    if (!door_.is_worth_another_look(bearer, peer, moment_now())) co_return true;
    const bool reached =
        co_await on_loop<bool>([this](std::function<void(bool)> told) { link_->refresh(std::move(told)); });
    follow_news();
    co_return reached;
  }

  std::string url_;
  std::string host_;
  Door door_;
  std::string relay_;
  std::string relay_cap_;
  std::shared_ptr<News> news_;
  std::shared_ptr<RedisLink> link_;
};

}  // namespace

Result<std::unique_ptr<Accounts>> make_redis_accounts(const std::string& url,
                                                      const AccountsOptions& options) {
  auto address = parse_redis_url(url);
  if (!address) return address.error();
  RedisConnection connection(*address);
  if (!connection.open()) return redis_unreachable();
  auto secrets = share_redis_secrets(connection, moment_now().wall);
  if (!secrets) return secrets.error();
  return std::unique_ptr<Accounts>(
      std::make_unique<RedisAccounts>(url, *std::move(address), *secrets, options));
}

}  // namespace vignette::relay
