#pragma once
#include <functional>
#include <variant>

#include "relay/forward/ceiling.hpp"
#include "relay/forward/desk.hpp"
#include "relay/forward/live.hpp"

namespace vignette::relay {

/// One request on its way to a provider and back: the money that is set aside for it, and what the log will
/// say. Whatever way it ends, its destructor closes the books.
class Job {
 public:
  Job(Desk& desk, Conversation& talk, const Admitted& who);
  ~Job();
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  Desk& desk;
  Conversation& talk;
  const Admitted& who;
  std::shared_ptr<const Plan> plan;
  Live live;

  /// The model of that name, if it exists and this caller may use it.
  std::optional<Problem> choose(std::string_view model);
  boost::asio::awaitable<std::optional<Problem>> reserve(MicroUsd ceiling);
  bool reserved() const { return reservation_.has_value(); }
  /// The answer came: by its usage, or the whole ceiling where that is unknown.
  void settle(const std::optional<provider::Usage>& usage, std::int64_t images = 0);
  void charge_all();
  void release();

  /// A key that is fit, of the caller or of ours; null and a problem when there is none.
  std::optional<Problem> take_key();
  std::string_view key() const {
    return who.own_key().empty() ? key_->secret->reveal() : who.own_key().reveal();
  }
  Key* ring_key() const { return key_; }
  void give_back_key();

  int attempts = 0;
  int upstream_status = 0;
  void first_byte();
  /// What the caller may know: what it cost, once that is settled, what is left, and the rate.
  void add_fields(std::vector<Field>& fields) const;
  /// The same of the money, as the last event of a stream; empty for who has no account here.
  std::string last_event() const;
  /// Adds what there is to say to the line of the log. Before the answer is finished.
  void note();
  void upstream_error(const char* kind) { desk.metrics.upstream_errors[kind] += 1; }

 private:
  std::optional<MicroUsd> money_left() const {
    return standing_ && standing_->money ? std::optional(std::max<MicroUsd>(*standing_->money, 0))
                                         : std::nullopt;
  }
  void give_back(MicroUsd money) {
    if (standing_ && standing_->money) *standing_->money += money;
  }

  std::optional<Reservation> reservation_;
  Key* key_ = nullptr;
  std::optional<double> first_byte_ms_;
  provider::Usage usage_;
  std::optional<Standing> standing_;
  MicroUsd cost_ = 0;
  bool noted_ = false;
};

/// What is asked of a provider, for ask().
struct Question {
  std::function<Result<provider::HttpCall>(const Plan&)> build;
  using Verdict = std::variant<Done, provider::Pending, provider::ProviderError>;
  /// Reads a whole answer, of any status. Done: it was good, and is kept by whoever asked.
  std::function<Verdict(const Plan&, const provider::HttpReply&)> read;
  std::function<MicroUsd(const Plan&)> ceiling;
  bool cheap = true;  ///< worth another try even when the first may have been charged
  bool hold = false;  ///< leave the body of a good answer to be passed on
  std::chrono::milliseconds patience{60'000};
  std::size_t most_bytes = 16u << 20;
};

/// What Question::read is for one of the adapters' readers: a good answer is kept in `into`, which outlives
/// it.
template <class T>
auto read_into(std::optional<T>& into,
               provider::Reply<T> (*reader)(const provider::Route&, const provider::HttpReply&, TimeMs)) {
  return [&into, reader](const Plan& plan, const provider::HttpReply& reply) -> Question::Verdict {
    auto read = reader(*plan.route, reply, wall_clock_ms());
    if (auto* error = std::get_if<provider::ProviderError>(&read)) return std::move(*error);
    if (auto* pending = std::get_if<provider::Pending>(&read)) return std::move(*pending);
    into = std::move(std::get<T>(read));
    return Done{};
  };
}

/// Asks one provider, and others where that is safe: keys, retries, fallbacks, polling. Nothing: it was
/// answered, and with `hold` its body waits in job.live. Settling is left to the caller. A client that left
/// is a problem nobody reads.
boost::asio::awaitable<std::optional<Problem>> ask(Job& job, const Question& question);

/// What a refusal means for the money and for the key; what to tell the client.
Problem settle_refusal(Job& job, const provider::ProviderError& error);

/// A finished file, from a host on the provider's list, without a key.
boost::asio::awaitable<std::variant<provider::Media, Problem>> fetch(Job& job, const std::string& url);

}  // namespace vignette::relay
