#pragma once
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// Describe Anything: exactly one RGBA PNG whose alpha is the mask (above 0: inside), one text, no system, no
// conversation. Its answers are chat completions with gaps, which the usual reader bridges.
Result<HttpCall> dam_chat_call(const Route& route, const ChatPlan& plan);

}  // namespace vignette::provider
