#include "relay/accounts/wire.hpp"

#include <algorithm>

#include "shared/json/writer.hpp"

namespace vignette::relay {
namespace {

void write_models(JsonWriter& json, const Terms& terms) {
  json.key("models").open_array();
  for (const std::string& model : terms.models) json.text(model);
  json.close_array();
}

void write_money(JsonWriter& json, std::string_view name, MicroUsd spent, MicroUsd reserved,
                 const std::optional<MicroUsd>& limit) {
  json.key(name).open_object().field("spent_micro", spent).field("reserved_micro", reserved);
  if (limit)
    json.field("limit_micro", *limit).field("left_micro", std::max<MicroUsd>(*limit - spent - reserved, 0));
  json.close_object();
}

std::optional<std::string> date(const std::optional<TimeMs>& time) {
  return time ? std::optional(format_iso8601(*time)) : std::nullopt;
}

}  // namespace

std::string session_json(const OpenedSession& session) {
  JsonWriter json;
  json.open_object().field("token", session.token).field("session_id", session.session_id);
  json.field("expires_at", format_iso8601(session.expires));
  const Terms& terms = *session.terms;
  json.key("policy").open_object().field("name", terms.name);
  write_models(json, terms);
  json.field("requests_per_minute", terms.requests_per_minute);
  json.field("session_requests_per_minute", terms.session_requests_per_minute);
  json.field("concurrency", terms.concurrency);
  json.field("session_concurrency", terms.session_concurrency);
  json.field("requests", terms.requests);
  json.field("budget_micro", terms.budget);
  json.field("daily_budget_micro", terms.daily_budget);
  json.field("session_budget_micro", terms.session_budget);
  json.field("max_tokens", terms.max_tokens);
  json.field("max_n", terms.max_n);
  json.field("expires_at", date(terms.expires));
  return json.close_object().close_object().take();
}

std::string usage_json(const UsageView& view, TimeMs now) {
  const Terms& terms = view.terms;
  JsonWriter json;
  json.open_object().field("name", terms.name);
  write_models(json, terms);
  json.field("expires_at", date(terms.expires)).field("server_time", format_iso8601(now));
  json.key("requests").open_object().field("used", view.requests).field("limit", terms.requests);
  if (terms.requests) json.field("left", std::max<std::int64_t>(*terms.requests - view.requests, 0));
  json.close_object();
  write_money(json, "budget", view.spent, view.reserved, terms.budget);
  write_money(json, "today", view.spent_today, view.reserved, terms.daily_budget);
  write_money(json, "session", view.spent_session, view.reserved_session, terms.session_budget);
  json.key("at_work")
      .open_object()
      .field("now", view.at_work)
      .field("limit", terms.concurrency)
      .close_object();
  json.key("rate").open_object().field("requests_per_minute", terms.requests_per_minute);
  json.field("session_requests_per_minute", terms.session_requests_per_minute).close_object();
  json.key("consumed").open_object().field("input_tokens", view.consumed.input_tokens);
  json.field("output_tokens", view.consumed.output_tokens)
      .field("images", view.consumed.images)
      .close_object();
  return json.close_object().take();
}

}  // namespace vignette::relay
