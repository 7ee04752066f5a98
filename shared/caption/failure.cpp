#include "shared/caption/failure.hpp"

#include <array>
#include <charconv>

#include "shared/base/utf8.hpp"
#include "shared/provider/wait.hpp"

namespace vignette::caption {
namespace {

struct Words {
  const char* name;
  const char* sentence;
};
constexpr std::array<Words, 11> kWords = {{
    {"rate_limit", "The provider's rate limit is reached."},
    {"busy", "The provider is busy."},
    {"bad_key", "The key or the access code is not accepted."},
    {"no_credit", "The account has no credit or quota left."},
    {"no_model", "The model is not available."},
    {"refused", "The model refused to describe this picture."},
    {"invalid_answer", "The answer is no usable caption."},
    {"invalid_request", "The provider did not understand the request."},
    {"too_large", "The picture is too large for this model."},
    {"network", "The connection broke."},
    {"cancelled", "Cancelled."},
}};

std::optional<std::int64_t> count_in(std::string_view text) {
  text = trim(text);
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

/// "12" (seconds), "1m30s" or a date.
std::optional<std::int64_t> reset_in(std::string_view text, TimeMs now) {
  if (const std::optional<TimeMs> date = provider::date_ms(text))
    return std::max<std::int64_t>(0, *date - now);
  if (const std::optional<std::int64_t> seconds = count_in(text))
    return *seconds <= 7 * 24 * 3600 ? std::optional(*seconds * 1000) : std::nullopt;
  return provider::duration_ms(text);
}

}  // namespace

const char* name_of(Failure failure) { return kWords[static_cast<std::size_t>(failure)].name; }
const char* sentence_for(Failure failure) { return kWords[static_cast<std::size_t>(failure)].sentence; }

bool is_retried(Failure failure) {
  return failure == Failure::RateLimit || failure == Failure::Busy || failure == Failure::Network;
}

bool concerns_all(Failure failure) {
  return failure == Failure::BadKey || failure == Failure::NoCredit || failure == Failure::NoModel;
}

CallFailure failure_from(const provider::ProviderError& error) {
  using provider::ErrorClass;
  const auto failure = [&] {
    switch (error.kind) {
      case ErrorClass::RateLimit: return Failure::RateLimit;
      case ErrorClass::Overloaded: return Failure::Busy;
      case ErrorClass::BadKey: return Failure::BadKey;
      case ErrorClass::NoCredit: return Failure::NoCredit;
      case ErrorClass::NoPermission:
      case ErrorClass::NotFound:
      case ErrorClass::Retired: return Failure::NoModel;
      case ErrorClass::Refused: return Failure::Refused;
      case ErrorClass::TooLarge: return Failure::TooLarge;
      case ErrorClass::Invalid: return Failure::InvalidRequest;
      case ErrorClass::Timeout: return Failure::Network;
      case ErrorClass::Server: return Failure::Busy;
      case ErrorClass::Unknown: break;
    }
    return error.retryable ? Failure::Busy : Failure::InvalidAnswer;
  }();
  return {failure, error.retry_after_ms};
}

std::optional<RateHint> rate_hint_of(const provider::HttpReply& reply, TimeMs now) {
  static constexpr std::pair<const char*, const char*> kNames[] = {
      {"x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"},
      {"anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"},
      {"ratelimit-remaining", "ratelimit-reset"},
  };
  for (const auto& [remaining, reset] : kNames) {
    const std::optional<std::int64_t> count = count_in(reply.header(remaining));
    const std::optional<std::int64_t> wait = reset_in(reply.header(reset), now);
    if (count && wait) return RateHint{*count, *wait};
  }
  return std::nullopt;
}

}  // namespace vignette::caption
