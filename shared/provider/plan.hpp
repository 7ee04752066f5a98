#pragma once
#include "shared/provider/chat.hpp"
#include "shared/provider/model.hpp"

namespace vignette::provider {

/// A chat request as this model takes it: what it does not know is gone, system text stands where it belongs,
/// and limits are kept. Every builder starts from here, so none of them has exceptions of its own.
struct ChatPlan {
  std::vector<Message> messages;
  ChatParams params;
  std::optional<JsonFormat> json;
  std::string thinking;  ///< the provider's own word for how hard to think; empty sends nothing
  bool stream = false;
  bool stream_usage = true;
};
Result<ChatPlan> plan_chat(const Route& route, const ChatRequest& request);

/// The most the answer may have, which can be more than was asked for while the model thinks: what a budget
/// reserves.
std::optional<std::int64_t> effective_max_tokens(const Model& model, const ChatParams& params);

/// Media types, counts and sizes against the model's limits.
Result<Done> check_media(const Model& model, const std::vector<Message>& messages);
Result<Done> check_size(const Model& model, const HttpCall& call);

/// A model's id for use in a path: refused when it could lead elsewhere.
Result<std::string> path_id(std::string_view model_id);

/// All text of a message, joined by line feeds.
std::string text_of(const Message& message);
/// System messages taken out and joined.
std::string take_system(std::vector<Message>& messages);

}  // namespace vignette::provider
