#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// Replicate runs "predictions": create one (and wait a while for it), ask again until it is done, then fetch
// its files from another host, without the key.
Result<HttpCall> replicate_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_replicate_drawing(const Route& route, const HttpReply& reply, TimeMs now);

/// A vision model by its own field names; text comes as a string or as a list of tokens.
Result<HttpCall> replicate_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_replicate_chat(const Route& route, const HttpReply& reply, TimeMs now);
void read_replicate_event(const SseEvent& event, StreamState& state);

HttpCall replicate_poll_call(const Route& route, const std::string& id);
HttpCall replicate_cancel_call(const Route& route, const std::string& id);

}  // namespace vignette::provider
