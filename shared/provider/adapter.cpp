#include "shared/provider/adapter.hpp"

#include "shared/provider/anthropic.hpp"
#include "shared/provider/dam.hpp"
#include "shared/provider/gemini.hpp"
#include "shared/provider/hf_task.hpp"
#include "shared/provider/nvidia.hpp"
#include "shared/provider/ollama.hpp"
#include "shared/provider/openai_audio.hpp"
#include "shared/provider/openai_chat.hpp"
#include "shared/provider/openai_embeddings.hpp"
#include "shared/provider/openai_images.hpp"
#include "shared/provider/openai_responses.hpp"
#include "shared/provider/replicate.hpp"
#include "shared/provider/sdwebui.hpp"

namespace vignette::provider {
namespace {

Error unable(const Route& route, const char* what) {
  return {ErrorCode::Unsupported, route.model.name + " can't " + what + ".", "Choose another model."};
}

Result<HttpCall> checked(const Route& route, Result<HttpCall> call) {
  if (!call) return call;
  const Result<Done> size = check_size(route.model, *call);
  if (!size) return size.error();
  return call;
}

Result<HttpCall> build_chat(const Route& route, const ChatPlan& plan) {
  switch (route.model.family) {
    case Family::OpenAi: return openai_chat_call(route, plan);
    case Family::Responses: return responses_chat_call(route, plan);
    case Family::Gemini: return gemini_chat_call(route, plan);
    case Family::Anthropic: return anthropic_chat_call(route, plan);
    case Family::Ollama: return ollama_chat_call(route, plan);
    case Family::Replicate: return replicate_chat_call(route, plan);
    case Family::HfTask: return hf_caption_call(route, plan);
    case Family::Nvcf: return nvcf_chat_call(route, plan);
    case Family::Dam: return dam_chat_call(route, plan);
    case Family::SdWebui: return sdwebui_tag_call(route, plan);
    case Family::Whisper: break;
  }
  return unable(route, "chat");
}

bool can_chat(const Model& model) {
  for (const Ability ability :
       {Ability::Text, Ability::Vision, Ability::Region, Ability::AudioIn, Ability::Tagging}) {
    if (model.can(ability)) return true;
  }
  return !model.listed;
}

Transcript transcript_of(Answer answer) {
  Transcript out;
  out.text = std::move(answer.text);
  out.usage = answer.usage;
  out.request_id = std::move(answer.request_id);
  return out;
}

}  // namespace

Result<HttpCall> chat_call(const Route& route, const ChatRequest& request) {
  if (!can_chat(route.model)) return unable(route, "chat");
  Result<ChatPlan> plan = plan_chat(route, request);
  if (!plan) return plan.error();
  return checked(route, build_chat(route, *plan));
}

Reply<Answer> read_chat(const Route& route, const HttpReply& reply, TimeMs now) {
  switch (route.model.family) {
    case Family::Responses: return read_responses_chat(route, reply, now);
    case Family::Gemini: return read_gemini_chat(route, reply, now);
    case Family::Anthropic: return read_anthropic_chat(route, reply, now);
    case Family::Ollama: return read_ollama_chat(route, reply, now);
    case Family::Replicate: return read_replicate_chat(route, reply, now);
    case Family::HfTask: return read_hf_caption(route, reply, now);
    case Family::Nvcf: return read_nvcf_chat(route, reply, now);
    case Family::SdWebui: return read_sdwebui_tags(route, reply, now);
    case Family::OpenAi:
    case Family::Dam:
    case Family::Whisper: break;
  }
  return read_openai_chat(route, reply, now);
}

Result<HttpCall> speech_call(const Route& route, const SpeechRequest& request, std::string_view boundary) {
  const Model& model = route.model;
  if (model.family == Family::Gemini) return chat_call(route, gemini_speech_request(request));
  if (model.listed && !model.can(Ability::Speech)) return unable(route, "listen");
  const Message recording{Role::User, {Part{Part::Kind::Audio, {}, request.audio}}};
  if (model.listed) {
    const Result<Done> media = check_media(model, {recording});
    if (!media) return media.error();
  }
  if (model.family == Family::HfTask) return checked(route, hf_speech_call(route, request));
  if (model.family == Family::OpenAi || model.family == Family::Whisper)
    return checked(route, audio_call(route, request, boundary));
  return unable(route, "listen");
}

Reply<Transcript> read_speech(const Route& route, const HttpReply& reply, TimeMs now) {
  if (route.model.family == Family::HfTask) return read_hf_speech(route, reply, now);
  if (route.model.family != Family::Gemini) return read_audio(route, reply, now);
  Reply<Answer> answer = read_gemini_chat(route, reply, now);
  if (auto* error = std::get_if<ProviderError>(&answer)) return std::move(*error);
  if (auto* pending = std::get_if<Pending>(&answer)) return std::move(*pending);
  return transcript_of(std::move(*std::get_if<Answer>(&answer)));
}

Result<HttpCall> draw_call(const Route& route, const DrawRequest& request) {
  if (route.model.listed && !route.model.can(Ability::Image)) return unable(route, "draw");
  if (request.prompt.empty())
    return Error{ErrorCode::InvalidInput, "There is no prompt to draw.",
                 "Write what the picture should show."};
  switch (route.model.family) {
    case Family::OpenAi: return checked(route, openai_draw_call(route, request));
    case Family::Gemini: return checked(route, gemini_draw_call(route, request));
    case Family::Replicate: return checked(route, replicate_draw_call(route, request));
    case Family::HfTask: return checked(route, hf_draw_call(route, request));
    case Family::Nvcf: return checked(route, nvcf_draw_call(route, request));
    case Family::SdWebui: return checked(route, sdwebui_draw_call(route, request));
    default: return unable(route, "draw");
  }
}

Reply<Drawing> read_drawing(const Route& route, const HttpReply& reply, TimeMs now) {
  switch (route.model.family) {
    case Family::Gemini: return read_gemini_drawing(route, reply, now);
    case Family::Replicate: return read_replicate_drawing(route, reply, now);
    case Family::HfTask: return read_hf_drawing(route, reply, now);
    case Family::Nvcf: return read_nvcf_drawing(route, reply, now);
    case Family::SdWebui: return read_sdwebui_drawing(route, reply, now);
    default: return read_openai_drawing(route, reply, now);
  }
}

Result<HttpCall> embed_call(const Route& route, const EmbedRequest& request) {
  const Model& model = route.model;
  if (request.inputs.empty())
    return Error{ErrorCode::InvalidInput, "There is nothing to embed.", "Send at least one text or picture."};
  if (model.listed && !model.can(Ability::EmbedText) && !model.can(Ability::EmbedImage))
    return unable(route, "embed");
  for (const Part& input : request.inputs) {
    if (input.kind != Part::Kind::Text && !model.can(Ability::EmbedImage))
      return unable(route, "embed pictures");
  }
  const Result<Done> media = check_media(model, {Message{Role::User, request.inputs}});
  if (!media) return media.error();
  switch (model.family) {
    case Family::OpenAi: return checked(route, openai_embed_call(route, request));
    case Family::Gemini: return checked(route, gemini_embed_call(route, request));
    case Family::Ollama: return checked(route, ollama_embed_call(route, request));
    case Family::HfTask: return checked(route, hf_embed_call(route, request));
    default: return unable(route, "embed");
  }
}

Reply<Embeddings> read_embeddings(const Route& route, const HttpReply& reply, TimeMs now) {
  switch (route.model.family) {
    case Family::Gemini: return read_gemini_embeddings(route, reply, now);
    case Family::Ollama: return read_ollama_embeddings(route, reply, now);
    case Family::HfTask: return read_hf_embeddings(route, reply, now);
    default: return read_openai_embeddings(route, reply, now);
  }
}

std::string url_of(const Route& route, const HttpCall& call) {
  if (!call.url.empty()) return call.url;
  const auto named = route.provider.bases.find(call.base);
  return (named != route.provider.bases.end() ? named->second : route.provider.base) + call.path;
}

}  // namespace vignette::provider
