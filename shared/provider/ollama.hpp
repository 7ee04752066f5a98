#pragma once
#include "shared/provider/embedding.hpp"
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// Ollama's own form: bare base64, options in a box of their own, one JSON object a line when it streams.
Result<HttpCall> ollama_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_ollama_chat(const Route& route, const HttpReply& reply, TimeMs now);
void read_ollama_event(const SseEvent& line, StreamState& state);

Result<HttpCall> ollama_embed_call(const Route& route, const EmbedRequest& request);
Reply<Embeddings> read_ollama_embeddings(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
