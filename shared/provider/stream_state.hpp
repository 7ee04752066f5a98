#pragma once
#include <optional>
#include <string>

#include "shared/provider/chat.hpp"
#include "shared/provider/error.hpp"
#include "shared/provider/sse.hpp"

namespace vignette::provider {

/// What the events of a stream have told so far. Each dialect's `read_…_event` adds to it.
struct StreamState {
  Answer answer;         ///< all but its text and thinking
  std::string text;      ///< as it came, thoughts in <think> included
  std::string thinking;  ///< what came in a field of its own
  std::optional<ProviderError> error;
  bool ended = false;  ///< the dialect's own end was seen; what only stops is truncated
};

using ReadEvent = void (*)(const SseEvent& event, StreamState& state);

}  // namespace vignette::provider
