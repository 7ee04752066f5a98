#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/openai_chat.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// The tasks of Hugging Face's router: raw bytes in or out, one address a model, 503 while it loads.

/// BLIP and its like: a picture in, a sentence out; they take no words.
Result<HttpCall> hf_caption_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_hf_caption(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> hf_speech_call(const Route& route, const SpeechRequest& request);
Reply<Transcript> read_hf_speech(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> hf_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_hf_drawing(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> hf_embed_call(const Route& route, const EmbedRequest& request);
/// Depth 1 (one text), 2, or 3 (a vector a token: their mean is the text's).
Reply<Embeddings> read_hf_embeddings(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
