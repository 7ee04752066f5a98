#include "relay/accounts/code_record.hpp"

#include "shared/json/read.hpp"
#include "shared/json/writer.hpp"

namespace vignette::relay {
namespace {

template <class T>
void read_limit(const Json& json, std::string_view key, std::optional<T>& into) {
  if (const auto value = integer_at(json, key)) into = static_cast<T>(*value);
}

}  // namespace

CodeRecord make_record(std::string_view canonical, const Terms& terms, const MacKey& pepper, TimeMs now,
                       bool given) {
  const Mac id = pepper.of("id " + std::string(canonical));
  return {.id = hex(as_text(id).substr(0, 4)),
          .mac = pepper.of(canonical),
          .terms = std::make_shared<const Terms>(terms),
          .created = now,
          .given = given};
}

std::string terms_json(const Terms& t) {
  JsonWriter json;
  json.open_object().field("name", t.name).key("models").open_array();
  for (const std::string& model : t.models) json.text(model);
  json.close_array();
  json.field("requests_per_minute", t.requests_per_minute);
  json.field("concurrency", t.concurrency);
  json.field("requests", t.requests);
  json.field("budget", t.budget);
  json.field("daily_budget", t.daily_budget);
  json.field("session_budget", t.session_budget);
  json.field("sessions", t.sessions);
  json.field("expires", t.expires);
  json.field("max_tokens", t.max_tokens);
  json.field("max_n", t.max_n);
  json.field("session_requests_per_minute", t.session_requests_per_minute);
  json.field("session_concurrency", t.session_concurrency);
  return json.close_object().take();
}

Result<Terms> terms_from_json(std::string_view text) {
  const auto parsed = parse_json(text);
  if (!parsed) return parsed.error();
  const Json& json = *parsed;
  Terms t;
  t.name = text_at(json, "name");
  for (const Json& model : items_at(json, "models")) {
    if (model.is_string()) t.models.push_back(model.get<std::string>());
  }
  read_limit(json, "requests_per_minute", t.requests_per_minute);
  read_limit(json, "concurrency", t.concurrency);
  read_limit(json, "requests", t.requests);
  read_limit(json, "budget", t.budget);
  read_limit(json, "daily_budget", t.daily_budget);
  read_limit(json, "session_budget", t.session_budget);
  read_limit(json, "sessions", t.sessions);
  read_limit(json, "expires", t.expires);
  read_limit(json, "max_tokens", t.max_tokens);
  read_limit(json, "max_n", t.max_n);
  read_limit(json, "session_requests_per_minute", t.session_requests_per_minute);
  read_limit(json, "session_concurrency", t.session_concurrency);
  return t;
}

}  // namespace vignette::relay
