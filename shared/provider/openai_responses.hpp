#pragma once
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// OpenAI's newer form of the same; `store` is on by default there and always off here.
Result<HttpCall> responses_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_responses_chat(const Route& route, const HttpReply& reply, TimeMs now);
void read_responses_event(const SseEvent& event, StreamState& state);

}  // namespace vignette::provider
