#include "tests/emulator/core/rule.hpp"

#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {
namespace {

constexpr const char* known[] = {"provider",
                                 "path",
                                 "method",
                                 "model",
                                 "key",
                                 "skip",
                                 "times",
                                 "probability",
                                 "seed",
                                 "delay_ms",
                                 "event_delay_ms",
                                 "drip_ms",
                                 "drip_bytes",
                                 "hold",
                                 "hold_after_events",
                                 "status",
                                 "body",
                                 "message",
                                 "code",
                                 "content_type",
                                 "headers",
                                 "retry_after",
                                 "retry_after_date",
                                 "retry_after_ms",
                                 "early",
                                 "redirect",
                                 "drop",
                                 "reset",
                                 "drop_after_events",
                                 "truncate",
                                 "malformed_chunk",
                                 "no_terminator",
                                 "giant_bytes",
                                 "say",
                                 "thinking",
                                 "finish",
                                 "replicate",
                                 "pending",
                                 "error_after_events"};

std::optional<double> maybe_number(const Json& json, const char* name) {
  if (!has(json, name)) return std::nullopt;
  return number_in(json, name);
}

std::optional<Drop> drop_of(const std::string& word) {
  if (word.empty()) return Drop::Never;
  if (word == "before_body") return Drop::BeforeBody;
  if (word == "before_headers") return Drop::BeforeHeaders;
  if (word == "after_headers") return Drop::AfterHeaders;
  if (word == "middle") return Drop::Middle;
  return std::nullopt;
}

std::int64_t whole(const Json& json, const char* name, std::int64_t otherwise) {
  return static_cast<std::int64_t>(number_in(json, name, static_cast<double>(otherwise)));
}

}  // namespace

Result<Rule> read_rule(const Json& json) {
  if (!json.is_object()) return Error{ErrorCode::InvalidInput, "A fault rule is a JSON object.", ""};
  for (const auto& [name, value] : json.items()) {
    bool fine = false;
    for (const char* one : known) fine = fine || name == one;
    // A misspelt rule would be a fault that never happens, and a test that proves nothing.
    if (!fine) return Error{ErrorCode::InvalidInput, "A fault rule has no field \"" + name + "\".", ""};
  }
  Rule rule;
  rule.provider = text_in(json, "provider");
  rule.path = text_in(json, "path", "*");
  rule.method = text_in(json, "method");
  rule.model = text_in(json, "model");
  rule.key = text_in(json, "key");
  rule.skip = whole(json, "skip", 0);
  rule.times = whole(json, "times", -1);
  rule.probability = number_in(json, "probability", 1);
  rule.seed = static_cast<std::uint64_t>(whole(json, "seed", 1));
  rule.delay_ms = whole(json, "delay_ms", 0);
  rule.event_delay_ms = whole(json, "event_delay_ms", 0);
  rule.drip_ms = whole(json, "drip_ms", 0);
  rule.drip_bytes = static_cast<std::size_t>(whole(json, "drip_bytes", rule.drip_ms > 0 ? 1 : 0));
  rule.hold = text_in(json, "hold");
  rule.hold_after_events = int_in(json, "hold_after_events", -1);
  rule.status = int_in(json, "status");
  if (has(json, "body")) {
    const Json& body = member(json, "body");
    rule.body = body.is_string() ? body.get<std::string>() : dump(body);
  }
  rule.message = text_in(json, "message");
  rule.code = text_in(json, "code");
  rule.content_type = text_in(json, "content_type");
  if (member(json, "headers").is_object())
    for (const auto& [name, value] : member(json, "headers").items())
      rule.headers.emplace_back(name, value.is_string() ? value.get<std::string>() : dump(value));
  rule.retry_after = maybe_number(json, "retry_after");
  rule.retry_after_date = maybe_number(json, "retry_after_date");
  rule.retry_after_ms = maybe_number(json, "retry_after_ms");
  rule.early = flag_in(json, "early");
  rule.redirect = text_in(json, "redirect");
  const auto drop = drop_of(text_in(json, "drop"));
  if (!drop)
    return Error{ErrorCode::InvalidInput,
                 "\"drop\" is one of before_body, before_headers, after_headers, middle.", ""};
  rule.drop = *drop;
  rule.reset = flag_in(json, "reset");
  rule.drop_after_events = int_in(json, "drop_after_events", 1);
  rule.truncate = whole(json, "truncate", -1);
  rule.malformed_chunk = flag_in(json, "malformed_chunk");
  rule.no_terminator = flag_in(json, "no_terminator");
  rule.giant_bytes = static_cast<std::size_t>(whole(json, "giant_bytes", 0));
  if (has(json, "say")) {
    const Json& say = member(json, "say");
    rule.script.say = say.is_string() ? say.get<std::string>() : dump(say);
  }
  rule.script.thinking = text_in(json, "thinking");
  rule.script.finish = text_in(json, "finish");
  rule.script.replicate = member(json, "replicate");
  rule.script.pending = int_in(json, "pending");
  rule.script.error_after_events = int_in(json, "error_after_events", -1);
  return rule;
}

Json to_json(const Rule& rule) {
  Json json{{"id", rule.id},
            {"provider", rule.provider},
            {"path", rule.path},
            {"seen", rule.seen},
            {"hits", rule.hits}};
  if (rule.times >= 0) json["left"] = rule.times - rule.hits;
  if (rule.status != 0) json["status"] = rule.status;
  return json;
}

bool meets(const Rule& rule, const Call& call) {
  return (rule.provider.empty() || rule.provider == call.provider) && matches_glob(call.path, rule.path) &&
         (rule.method.empty() || rule.method == call.method) &&
         (rule.model.empty() || rule.model == call.model) &&
         (rule.key.empty() || rule.key == call.key || rule.key == sha256(call.key));
}

}  // namespace vignette::emulator
