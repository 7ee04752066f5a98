#pragma once
#include "shared/provider/model.hpp"
#include "shared/provider/reply.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// Transcription by form, as OpenAI, Groq, Together and vLLM take it; whisper.cpp's server is the same with
// another address and without a model. `boundary` is 128 random bits as text.
Result<HttpCall> audio_call(const Route& route, const SpeechRequest& request, std::string_view boundary);
Reply<Transcript> read_audio(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
