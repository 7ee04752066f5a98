#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// NVIDIA's older per-model addresses (Kosmos-2, VILA, Llama 3.2 vision, FLUX): the request is chat-like with
// the picture as a tag inside the text; an answer may be 202 "come back later".
Result<HttpCall> nvcf_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_nvcf_chat(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> nvcf_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_nvcf_drawing(const Route& route, const HttpReply& reply, TimeMs now);

/// What a 202 means; nothing for any other reply.
std::optional<Pending> nvcf_pending(const Route& route, const HttpReply& reply);

}  // namespace vignette::provider
