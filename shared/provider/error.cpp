#include "shared/provider/error.hpp"

#include "shared/base/utf8.hpp"
#include "shared/provider/error_words.hpp"
#include "shared/provider/redact.hpp"
#include "shared/provider/wait.hpp"

namespace vignette::provider {
namespace {

constexpr std::size_t kMostMessageBytes = 500;
constexpr std::size_t kMostCodeBytes = 64;

struct Words {
  const char* name;
  const char* sentence;
  const char* hint;
};

Words words_for(ErrorClass kind) {
  using enum ErrorClass;
  switch (kind) {
    case RateLimit:
      return {"rate_limit", "The provider's rate limit is reached.", "Wait a moment, then try again."};
    case Overloaded:
      return {"overloaded", "The provider is busy or is still loading the model.",
              "Wait a little, then try again."};
    case BadKey:
      return {"bad_key", "The provider does not accept the key.", "Check the key in the settings."};
    case NoCredit:
      return {"no_credit", "The provider's account has no credit or quota left.",
              "Top it up, or choose another provider."};
    case NoPermission:
      return {"no_permission", "The key may not use this model.",
              "Choose another model, or ask for access at the provider."};
    case NotFound:
      return {"not_found", "The provider knows no such model or address.",
              "Check the model's name and the provider's address."};
    case Retired:
      return {"retired", "This model is no longer offered.", "Choose the model that replaces it."};
    case Refused:
      return {"refused", "The provider's filter refused this content.",
              "Try another picture or prompt, or another model."};
    case TooLarge:
      return {"too_large", "The picture, recording or prompt is too large for this model.",
              "Send a smaller copy."};
    case Invalid:
      return {"invalid", "The provider did not understand the request.", "Check the model's settings."};
    case Timeout: return {"timeout", "The provider did not answer in time.", "Try again."};
    case Server: return {"server", "The provider broke while it answered.", "Try again later."};
    case Unknown: break;
  }
  return {"unknown", "The provider's answer makes no sense.", "Try again, or choose another model."};
}

ErrorClass classify(int status, const std::string& code, const std::string& message, bool knows_wait) {
  using enum ErrorClass;
  const std::optional<ErrorClass> by_code = class_of_code(code);
  const std::optional<ErrorClass> by_words = class_of_words(message, status);
  // "not found" as a code is weaker than the words that say the model is gone.
  if (by_code == NotFound && by_words == Retired) return Retired;
  if (by_code && *by_code != NotFound) {
    // The same code for "too fast" and "too poor"; a wait speaks for the first.
    if (*by_code == RateLimit && by_words == NoCredit && !knows_wait) return NoCredit;
    return *by_code;
  }
  // A rate limit often talks about plans and credit; if it names a wait, waiting helps.
  if (status == 429) return by_words && !knows_wait ? *by_words : RateLimit;
  if (by_words) return *by_words;
  return by_code ? *by_code : class_of_status(status);
}

/// Google's daily and zero quotas answer 429 too, but no wait of ours will help.
bool hopeless(const Json& body, const std::string& message) {
  if (message.find("limit: 0") != std::string::npos) return true;
  const Json* details = member_at(body, {"error", "details"});
  if (details == nullptr || !details->is_array()) return false;
  for (const Json& detail : *details) {
    for (const Json& violation : items_at(detail, "violations")) {
      if (text_at(violation, "quotaId").find("PerDay") != std::string::npos) return true;
    }
  }
  return false;
}

ProviderError build(const Json& body, std::string message, int status, const HttpReply* reply, TimeMs now) {
  ProviderError error;
  error.status = status;
  if (status < 400) {
    const int inside = error_status(body);
    if (inside != 0) error.status = inside;
  }
  error.retry_after_ms = wait_ms(reply, body, message, now);
  const std::string code = error_code(body);
  error.kind = classify(error.status, code, message, error.retry_after_ms.has_value());
  using enum ErrorClass;
  error.retryable =
      error.kind == RateLimit || error.kind == Overloaded || error.kind == Timeout || error.kind == Server;
  if (error.retryable && hopeless(body, message)) error.retryable = false;
  if (reply != nullptr) {
    if (reply->header("x-should-retry") == "false") error.retryable = false;
    error.request_id = request_id_of(*reply);
  }
  if (error.request_id.empty())
    error.request_id = shorten(redact(text_at(body, "request_id")), kMostCodeBytes);
  error.code = shorten(redact(code), kMostCodeBytes);
  if (message.empty()) message = sentence_for(error.kind);
  // Redacted first: a key cut in half by the shortening would no longer look like one. The bound before it
  // keeps a hostile megabyte from being scanned.
  error.message = shorten(redact(shorten(message, 16 * kMostMessageBytes)), kMostMessageBytes);
  return error;
}

}  // namespace

const char* name_of(ErrorClass kind) { return words_for(kind).name; }
const char* sentence_for(ErrorClass kind) { return words_for(kind).sentence; }
const char* hint_for(ErrorClass kind) { return words_for(kind).hint; }

std::string request_id_of(const HttpReply& reply) {
  for (const char* name : {"x-request-id", "request-id", "nvcf-reqid", "x-groq-id", "cf-ray"}) {
    const std::string_view id = reply.header(name);
    if (!id.empty()) return shorten(redact(to_utf8(id)), 64);
  }
  return {};
}

ProviderError read_error(const HttpReply& reply, TimeMs now) {
  const Result<Json> body = parse_json(trim(reply.body));
  if (body && body->is_structured()) return build(*body, error_message(*body), reply.status, &reply, now);
  return build(Json::object(), words_of_text(reply.body), reply.status, &reply, now);
}

ProviderError read_error_object(const Json& body, int status, const HttpReply* reply, TimeMs now) {
  return build(body, error_message(body), status, reply, now);
}

ProviderError unreadable(const HttpReply& reply, const char* what) {
  ProviderError error;
  error.status = reply.status;
  error.kind = ErrorClass::Unknown;
  error.message = what;
  error.retryable = true;
  error.request_id = request_id_of(reply);
  return error;
}

}  // namespace vignette::provider
