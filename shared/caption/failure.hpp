#pragma once
#include <optional>
#include <string>

#include "shared/base/time.hpp"
#include "shared/provider/error.hpp"

namespace vignette::caption {

/// Why a picture got no caption, in the words of the job list.
enum class Failure {
  RateLimit,
  Busy,
  BadKey,
  NoCredit,
  NoModel,  ///< unknown, retired, or not allowed for this key
  Refused,
  InvalidAnswer,  ///< an answer that breaks the checks, or that cannot be read
  InvalidRequest,
  TooLarge,
  Network,
  Cancelled,
};
const char* name_of(Failure failure);       ///< "rate_limit"
const char* sentence_for(Failure failure);  ///< "The provider's rate limit is reached."

/// Trying again can help: 429, 408, 5xx and the network.
bool is_retried(Failure failure);
/// The next picture would fail in the same way: a wrong key, no credit, no such model.
bool concerns_all(Failure failure);

/// What the pacer is told about a call that failed.
struct CallFailure {
  Failure failure = Failure::Network;
  std::optional<std::int64_t> retry_after_ms;
};
CallFailure failure_from(const provider::ProviderError& error);

/// What a provider says about its limits beside an answer. Nothing: it says nothing.
struct RateHint {
  std::int64_t remaining = 0;  ///< requests that may still be made …
  std::int64_t reset_ms = 0;   ///< … until this has passed
};
std::optional<RateHint> rate_hint_of(const provider::HttpReply& reply, TimeMs now);

}  // namespace vignette::caption
