#include "shared/provider/error_words.hpp"

#include <array>

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

/// {"loc":["body","input"],"msg":"field required"} → "body.input: field required"
std::string validation_words(const Json& details) {
  std::string out;
  for (const Json& each : details) {
    const std::string words =
        each.is_string() ? each.get<std::string>() : text_at(each, "msg", text_at(each, "message"));
    if (words.empty()) continue;
    if (!out.empty()) out += "; ";
    std::string place;
    for (const Json& step : items_at(each, "loc")) {
      if (!place.empty()) place += '.';
      place += step.is_string() ? step.get<std::string>() : write_json(step);
    }
    if (!place.empty()) out += place + ": ";
    out += words;
  }
  return out;
}

/// Text, or a list of texts or of validation errors.
std::string words_of(const Json* value) {
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  return value->is_array() ? validation_words(*value) : std::string{};
}

/// Gemini's compatible endpoint wraps its error into a list of one.
const Json& unwrapped(const Json& body) { return body.is_array() && body.size() == 1 ? body[0] : body; }

struct Named {
  std::string_view text;
  ErrorClass kind;
};

}  // namespace

std::string error_message(const Json& outer) {
  const Json& body = unwrapped(outer);
  if (const auto* text = body.get_ptr<const std::string*>()) return *text;
  const Json* error = member(body, "error");
  const std::string detail = words_of(member(body, "detail"));
  if (error != nullptr) {
    std::string words = error->is_object() ? words_of(member(*error, "message")) : words_of(error);
    // SD WebUI names the exception in `error` and the reason in `detail`.
    if (words == "HTTPException" && !detail.empty()) words = detail;
    if (words.empty()) words = text_at(*error, "type", text_at(*error, "code"));
    if (!words.empty()) return words;
  }
  if (!detail.empty()) return detail;
  for (const char* name : {"message", "msg", "title", "error_description"}) {
    const std::string words = words_of(member(body, name));
    if (!words.empty()) return words;
  }
  return {};
}

std::string error_code(const Json& outer) {
  const Json& body = unwrapped(outer);
  const Json* error = member(body, "error");
  if (error != nullptr && error->is_object()) {
    // Google says INVALID_ARGUMENT for a wrong key, and the truth in `details`.
    for (const Json& detail : items_at(*error, "details")) {
      const std::string reason = text_at(detail, "reason");
      if (!reason.empty()) return reason;
    }
    for (const char* name : {"code", "status", "type"}) {
      const std::string word = text_at(*error, name);
      if (!word.empty()) return word;
    }
  }
  for (const char* name : {"error_type", "code", "type", "title"}) {
    const std::string word = text_at(body, name);
    if (!word.empty() && word != "error" && word != "about:blank") return word;
  }
  return {};
}

int error_status(const Json& outer) {
  const Json& body = unwrapped(outer);
  const Json* error = member(body, "error");
  for (const Json* place : {error, &body}) {
    if (place == nullptr) continue;
    for (const char* name : {"code", "status"}) {
      const std::optional<std::int64_t> status = integer_at(*place, name);
      if (status && *status >= 400 && *status <= 599) return static_cast<int>(*status);
    }
  }
  return 0;
}

std::string words_of_text(std::string_view body) {
  const std::size_t open = body.find("<Message>");
  if (open != std::string_view::npos) {
    const std::string_view rest = body.substr(open + 9);
    return std::string(trim(rest.substr(0, rest.find('<'))));
  }
  std::string out;
  bool in_tag = false;
  for (const char c : body.substr(0, 2048)) {
    if (c == '<') in_tag = true;
    const bool space = in_tag || c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (space && !out.empty() && out.back() != ' ') out += ' ';
    if (!space) out += c;
    if (c == '>') in_tag = false;
  }
  return std::string(trim(to_utf8(out)));
}

std::optional<ErrorClass> class_of_code(std::string_view code) {
  using enum ErrorClass;
  static constexpr std::array table = {
      Named{"rate_limit", RateLimit},
      Named{"resource_exhausted", RateLimit},
      Named{"throttled", RateLimit},
      Named{"too_many_requests", RateLimit},
      Named{"overloaded", Overloaded},
      Named{"unavailable", Overloaded},
      Named{"capacity_exceeded", Overloaded},
      Named{"invalid_api_key", BadKey},
      Named{"authentication", BadKey},
      Named{"unauthenticated", BadKey},
      Named{"api_key_invalid", BadKey},
      Named{"insufficient_quota", NoCredit},
      Named{"billing", NoCredit},
      Named{"permission", NoPermission},
      Named{"model_not_found", Retired},
      Named{"model_decommissioned", Retired},
      Named{"model_not_supported", Retired},
      Named{"not_found", NotFound},
      Named{"content_policy", Refused},
      Named{"moderation_blocked", Refused},
      Named{"content_filter", Refused},
      Named{"request_too_large", TooLarge},
      Named{"context_length", TooLarge},
      Named{"image_too_large", TooLarge},
      Named{"string_above_max", TooLarge},
      Named{"image_file_too_large", TooLarge},
      Named{"image_content_policy", Refused},
      Named{"timeout", Timeout},
      Named{"deadline_exceeded", Timeout},
  };
  const std::string lower = to_lower_ascii(code);
  for (const Named& each : table) {
    if (lower.find(each.text) != std::string::npos) return each.kind;
  }
  return std::nullopt;
}

std::optional<ErrorClass> class_of_words(std::string_view message, int status) {
  using enum ErrorClass;
  static constexpr std::array table = {
      Named{"end of life", Retired},
      Named{"decommissioned", Retired},
      Named{"no longer available", Retired},
      Named{"not found for account", Retired},
      Named{"model_not_found", Retired},
      Named{"not supported by any provider", Retired},
      Named{"is not found for api version", Retired},
      Named{"is currently loading", Overloaded},
      Named{"loading model", Overloaded},
      Named{"too busy", Overloaded},
      Named{"included credits", NoCredit},
      Named{"insufficient credit", NoCredit},
      Named{"insufficient_quota", NoCredit},
      Named{"authorization failed", BadKey},
      Named{"api key not valid", BadKey},
      Named{"invalid api key", BadKey},
      Named{"incorrect api key", BadKey},
      Named{"api_key_invalid", BadKey},
      Named{"unauthorized", BadKey},
      Named{"unauthenticated", BadKey},
      Named{"nsfw", Refused},
      Named{"moderation", Refused},
      Named{"content policy", Refused},
      Named{"safety", Refused},
      Named{"context length", TooLarge},
      Named{"maximum context", TooLarge},
      Named{"too many tokens", TooLarge},
      Named{"too large", TooLarge},
      Named{"payload size", TooLarge},
  };
  const std::string lower = to_lower_ascii(message);
  for (const Named& each : table) {
    if (lower.find(each.text) != std::string::npos) return each.kind;
  }
  const auto says = [&](std::string_view words) { return lower.find(words) != std::string::npos; };
  // Words that are telling only together with the status.
  if (status == 400 && says("deprecated") && says("model")) return Retired;
  if (status == 404 && says("model")) return Retired;
  if (status == 403 && says("blocked")) return Refused;
  if (status == 402 || (status == 403 && (says("credit") || says("billing")))) return NoCredit;
  return std::nullopt;
}

ErrorClass class_of_status(int status) {
  using enum ErrorClass;
  switch (status) {
    case 400:
    case 405:
    case 406:
    case 411:
    case 415:
    case 422: return Invalid;
    case 401: return BadKey;
    case 402: return NoCredit;
    case 403: return NoPermission;
    case 404: return NotFound;
    case 408:
    case 504:
    case 524: return Timeout;
    case 409: return Overloaded;
    case 410: return Retired;
    case 413: return TooLarge;
    case 429: return RateLimit;
    case 498:
    case 502:
    case 503:
    case 520:
    case 521:
    case 522:
    case 523:
    case 529: return Overloaded;
    default: return status >= 500 ? Server : (status >= 400 ? Invalid : Unknown);
  }
}

}  // namespace vignette::provider
