#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "shared/base/time.hpp"
#include "shared/json/read.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::provider {

/// What a provider's refusal means for us; everything else about it is for the curious.
enum class ErrorClass {
  RateLimit,     ///< wait, then try again
  Overloaded,    ///< the provider is busy or still loading the model
  BadKey,        ///< the key is wrong or missing
  NoCredit,      ///< the account is out of money or quota
  NoPermission,  ///< a good key that may not do this
  NotFound,      ///< no such thing
  Retired,       ///< the model is no longer offered
  Refused,       ///< the content was filtered
  TooLarge,      ///< picture, recording or prompt is past a limit
  Invalid,       ///< the request makes no sense to the provider
  Timeout,
  Server,  ///< the provider broke
  Unknown,
};
/// The stable name scripts see, for example "rate_limit".
const char* name_of(ErrorClass kind);
/// What to tell a person when the provider's own words must not be passed on (they may echo parts of a key).
const char* sentence_for(ErrorClass kind);
/// What to do about it.
const char* hint_for(ErrorClass kind);

struct ProviderError {
  ErrorClass kind = ErrorClass::Unknown;
  int status = 0;
  std::string message;  ///< the provider's words, shortened, with everything that looks like a key blanked
  std::string code;     ///< the provider's own code or type
  std::optional<std::int64_t> retry_after_ms;
  bool retryable = false;  ///< trying again later can help
  std::string request_id;
};

/// Any reply → what went wrong with it. `now` (0: unknown) is needed for waits given as a date.
ProviderError read_error(const HttpReply& reply, TimeMs now = 0);
/// The same for an error object that came inside a reply or stream with status 200.
ProviderError read_error_object(const Json& body, int status, const HttpReply* reply = nullptr,
                                TimeMs now = 0);
/// A reply that cannot be understood although the provider thinks it is fine.
ProviderError unreadable(const HttpReply& reply, const char* what);

/// The provider's id for the request, under any of its names.
std::string request_id_of(const HttpReply& reply);

}  // namespace vignette::provider
