#include "relay/forward/job.hpp"

#include "relay/log/access_line.hpp"

namespace vignette::relay {

namespace net = boost::asio;

Job::Job(Desk& the_desk, Conversation& the_talk, const Admitted& admitted)
    : desk(the_desk), talk(the_talk), who(admitted), live(desk.pool, desk.loop) {
  desk.metrics.in_flight += 1;
  desk.retry_credit = std::min(desk.retry_credit + 0.2, 10.0);
}

Job::~Job() {
  talk.unwatch();
  charge_all();  // nobody said what became of it
  give_back_key();
  desk.metrics.in_flight -= 1;
  if (attempts > 0)
    desk.metrics.overhead.add(std::chrono::duration<double>(talk.time_here() - live.waited()).count());
  if (talk.gone()) desk.metrics.client_gone += 1;
}

std::optional<Problem> Job::choose(std::string_view model) {
  plan = who.fleet().find(model);
  if (!plan) {
    return Problem{.status = 404,
                   .code = "model_not_found",
                   .message = "There is no such model here. GET /v1/models lists what there is."};
  }
  if (who.own_key().empty()) {
    if (!who.fleet().config().is_usable(plan->route->provider))
      return Problem{
          .status = 404,
          .code = "model_not_found",
          .message = "This relay has no key for that provider. GET /v1/models lists what there is."};
    if (!may_use(*who.caller().terms, plan->name) && !may_use(*who.caller().terms, model))
      return Problem{
          .status = 403, .code = "model_not_allowed", .message = "This access code may not use that model."};
  }
  talk.exchange.more += ",\"model\":" + json_text(plan->name);
  return std::nullopt;
}

net::awaitable<std::optional<Problem>> Job::reserve(MicroUsd ceiling) {
  if (!who.own_key().empty()) co_return std::nullopt;
  auto granted = co_await desk.accounts.reserve(who.caller(), plan->name, ceiling);
  if (auto* problem = std::get_if<Problem>(&granted)) {
    desk.metrics.denied[problem->code] += 1;
    const Terms& terms = *who.caller().terms;
    if (problem->code == "rate_limited" && problem->retry_after_s && terms.requests_per_minute)
      standing_ = Standing{.rate_limit = terms.requests_per_minute, .rate_reset_s = *problem->retry_after_s};
    co_return std::move(*problem);
  }
  reservation_.emplace(std::move(std::get<Reservation>(granted)));
  standing_ = reservation_->standing();
  co_return std::nullopt;
}

void Job::settle(const std::optional<provider::Usage>& usage, std::int64_t images) {
  if (!reservation_) return;
  const provider::Usage known = usage.value_or(provider::Usage{});
  const std::optional<MicroUsd> cost = usage ? cost_of_answer(plan->priced, known, images) : std::nullopt;
  if (!cost || *cost > reservation_->ceiling()) {
    desk.metrics.usage_suspect += 1;
    charge_all();
    return;
  }
  usage_ = known;
  cost_ += *cost;
  give_back(reservation_->ceiling() - *cost);
  desk.metrics.spend_micro += static_cast<std::uint64_t>(*cost);
  reservation_->settle(*cost, consumption_of(known, images));
  reservation_.reset();
}

void Job::charge_all() {
  if (!reservation_) return;
  cost_ += reservation_->ceiling();
  desk.metrics.spend_micro += static_cast<std::uint64_t>(reservation_->ceiling());
  reservation_.reset();
}

void Job::release() {
  if (!reservation_) return;
  give_back(reservation_->ceiling());
  reservation_->release();
  reservation_.reset();
}

std::optional<Problem> Job::take_key() {
  give_back_key();
  if (!who.own_key().empty()) return std::nullopt;
  key_ = plan->keys->pick(Clock::now());
  if (key_ != nullptr) {
    ++key_->at_work;
    return std::nullopt;
  }
  Problem none{.status = 503,
               .code = "no_healthy_upstream",
               .message = "The provider takes no requests from this relay at the moment."};
  if (const auto rest = plan->keys->rest_left(Clock::now()))
    none.retry_after_s = static_cast<int>((rest->count() + 999) / 1000);
  return none;
}

void Job::give_back_key() {
  if (key_ != nullptr) --key_->at_work;
  key_ = nullptr;
}

void Job::add_fields(std::vector<Field>& fields) const {
  if (!standing_) return;
  if (!reservation_) fields.push_back({"X-Relay-Cost-Micro", std::to_string(cost_)});
  if (const auto left = money_left(); left && !reservation_)
    fields.push_back({"X-Relay-Remaining-Micro", std::to_string(*left)});
  if (!standing_->rate_limit) return;
  fields.push_back({"RateLimit-Limit", std::to_string(*standing_->rate_limit)});
  fields.push_back({"RateLimit-Remaining", std::to_string(standing_->rate_left)});
  fields.push_back({"RateLimit-Reset", std::to_string(standing_->rate_reset_s)});
}

std::string Job::last_event() const {
  if (!standing_) return {};
  std::string event = "event: relay\ndata: {\"cost_micro\":" + std::to_string(cost_);
  if (const auto left = money_left()) event += ",\"remaining_micro\":" + std::to_string(*left);
  return event + "}\n\n";
}

void Job::note() {
  if (std::exchange(noted_, true)) return;
  std::string& more = talk.exchange.more;
  const auto number = [&more](std::string_view name, std::int64_t value) {
    more += ",\"";
    more += name;
    more += "\":";
    more += std::to_string(value);
  };
  if (key_ != nullptr) more += ",\"key\":" + json_text(key_->name);
  if (upstream_status != 0) number("up_status", upstream_status);
  if (first_byte_ms_) more += ",\"ttfb_ms\":" + json_number(*first_byte_ms_, 3);
  if (usage_.input) number("tok_in", *usage_.input);
  if (usage_.output) number("tok_out", *usage_.output);
  number("cost_micro", cost_);
  number("attempts", attempts);
}

void Job::first_byte() {
  if (first_byte_ms_) return;
  first_byte_ms_ = std::chrono::duration<double, std::milli>(Clock::now() - talk.began()).count();
  desk.metrics.first_byte.add(*first_byte_ms_ / 1000);
}

}  // namespace vignette::relay
