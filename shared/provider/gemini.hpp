#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/openai_chat.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// Google's own form, generateContent. Streams end without a terminator; a refusal comes with status 200.
Result<HttpCall> gemini_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_gemini_chat(const Route& route, const HttpReply& reply, TimeMs now);
/// Also reads the events of the newer Interactions form.
void read_gemini_event(const SseEvent& event, StreamState& state);

Result<HttpCall> gemini_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_gemini_drawing(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> gemini_embed_call(const Route& route, const EmbedRequest& request);
Reply<Embeddings> read_gemini_embeddings(const Route& route, const HttpReply& reply, TimeMs now);

/// Speech is a chat with a recording in it.
ChatRequest gemini_speech_request(const SpeechRequest& request);

}  // namespace vignette::provider
