#pragma once
#include "shared/json/read.hpp"
#include "shared/provider/body_writer.hpp"
#include "shared/provider/model.hpp"
#include "shared/provider/plan.hpp"
#include "shared/provider/reply.hpp"
#include "shared/provider/stream_state.hpp"

namespace vignette::provider {

// Chat completions, the reference of a whole family. Small fields come first and pictures last, so that a
// relay knows the model and the limits before the first picture arrives.
Result<HttpCall> openai_chat_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_openai_chat(const Route& route, const HttpReply& reply, TimeMs now);
void read_openai_event(const SseEvent& event, StreamState& state);

// What the relatives share.

/// A call with JSON as its body, to the route's base with its key.
HttpCall json_call(const Route& route, std::string path, BodyWriter& writer);
/// The parameters under the names OpenAI gave them.
void write_openai_params(const Model& model, const ChatPlan& plan, JsonWriter& json);
void write_openai_messages(const Model& model, const std::vector<Message>& messages, BodyWriter& body);
/// A string, null, absent, or a list of text parts.
std::string content_text(const Json* content);
Finish finish_from_openai(std::string_view reason);
Usage usage_from_openai(const Json* usage);
/// Text and thoughts to their places; a thought that never ended leaves no text.
void settle_text(Answer& answer, std::string_view raw_text);
/// Parses a 200 reply; any other status, and an error inside, becomes the ProviderError.
std::variant<Json, ProviderError> successful_json(const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
