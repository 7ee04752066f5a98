#pragma once
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// The Messages form: the version header decides what is legal, max_tokens is required.
Result<HttpCall> anthropic_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_anthropic_chat(const Route& route, const HttpReply& reply, TimeMs now);
void read_anthropic_event(const SseEvent& event, StreamState& state);

}  // namespace vignette::provider
