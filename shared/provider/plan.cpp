#include "shared/provider/plan.hpp"

#include <algorithm>

namespace vignette::provider {
namespace {

bool thinks_nothing(const std::string& word) {
  for (const char* off :
       {"none", "0", "disabled", "false", "MINIMAL", "/no_think", "detailed thinking off"}) {
    if (word == off) return true;
  }
  return false;
}

std::string thinking_word(const Thinking& thinking, Effort effort) {
  if (effort == Effort::ByModel || thinking.style == ThinkingStyle::None) return {};
  const auto pick = [&](const char* low, const char* medium, const char* high) -> std::string {
    return effort == Effort::Low ? low : (effort == Effort::Medium ? medium : high);
  };
  if (effort == Effort::Off) {
    return thinking.style == ThinkingStyle::TemplateFlag && thinking.off.empty() ? "false" : thinking.off;
  }
  switch (thinking.style) {
    case ThinkingStyle::Budget: return pick("1024", "8192", "24576");
    case ThinkingStyle::Level: return pick("LOW", "MEDIUM", "HIGH");
    case ThinkingStyle::Effort:
    case ThinkingStyle::Anthropic: return pick("low", "medium", "high");
    case ThinkingStyle::TemplateFlag:
    case ThinkingStyle::OllamaThink: return "true";
    case ThinkingStyle::SystemText:
    case ThinkingStyle::None: break;
  }
  return {};
}

ChatParams legal(const Model& model, ChatParams params, const std::string& thinking) {
  const bool sampling = model.sampling == Sampling::Allowed ||
                        (model.sampling == Sampling::OnlyWithoutThinking && thinking == "none");
  const auto keep = [&](const char* name, auto& value, bool samples) {
    if (!model.takes(name) || (samples && !sampling)) value.reset();
  };
  keep("temperature", params.temperature, true);
  keep("top_p", params.top_p, true);
  keep("top_k", params.top_k, true);
  keep("presence_penalty", params.presence_penalty, true);
  keep("frequency_penalty", params.frequency_penalty, true);
  keep("seed", params.seed, false);
  keep("max_tokens", params.max_tokens, false);
  if (!model.takes("stop")) params.stop.clear();
  params.max_tokens = effective_max_tokens(model, params);
  return params;
}

/// Models without a system role read its text as the beginning of what the user says.
void fold_system_into_user(std::vector<Message>& messages) {
  const std::string system = take_system(messages);
  if (system.empty()) return;
  for (Message& message : messages) {
    if (message.role != Role::User) continue;
    message.parts.insert(message.parts.begin(), text_part(system + "\n\n"));
    return;
  }
  messages.insert(messages.begin(), Message{Role::User, {text_part(system)}});
}

bool listed(const std::vector<std::string>& types, const std::string& mime) {
  return types.empty() || std::find(types.begin(), types.end(), mime) != types.end();
}

}  // namespace

std::optional<std::int64_t> effective_max_tokens(const Model& model, const ChatParams& params) {
  if (!params.max_tokens || !model.takes("max_tokens")) return std::nullopt;
  std::int64_t most = *params.max_tokens;
  const std::string thinking = thinking_word(model.thinking, params.effort);
  // Thinking is counted against the limit; with too low a one the answer is empty.
  if (model.min_max_tokens && !thinks_nothing(thinking)) most = std::max(most, *model.min_max_tokens);
  if (model.max_output_tokens) most = std::min(most, *model.max_output_tokens);
  return most;
}

Result<ChatPlan> plan_chat(const Route& route, const ChatRequest& request) {
  const Model& model = route.model;
  if (request.messages.empty()) {
    return Error{ErrorCode::InvalidInput, "The request has no messages.", "Send at least one from the user."};
  }
  const Result<Done> media = check_media(model, request.messages);
  if (!media) return media.error();
  ChatPlan plan;
  plan.messages = request.messages;
  plan.thinking = thinking_word(model.thinking, request.params.effort);
  plan.params = legal(model, request.params, plan.thinking);
  plan.stream = request.stream;
  plan.stream_usage = request.stream_usage;
  if (model.json != JsonMode::None) plan.json = request.json;
  if (plan.json && model.json == JsonMode::Object) plan.json->schema.clear();
  if (model.thinking.style == ThinkingStyle::SystemText && !plan.thinking.empty()) {
    plan.messages.insert(plan.messages.begin(), Message{Role::System, {text_part(plan.thinking)}});
  }
  if (model.system == SystemRole::FirstUser) fold_system_into_user(plan.messages);
  return plan;
}

Result<Done> check_media(const Model& model, const std::vector<Message>& messages) {
  std::int64_t images = 0;
  for (const Message& message : messages) {
    for (const Part& part : message.parts) {
      if (part.kind == Part::Kind::Text) continue;
      const bool image = part.kind == Part::Kind::Image;
      const bool able = image ? model.can(Ability::Vision) || model.can(Ability::Region) ||
                                    model.can(Ability::EmbedImage) || model.can(Ability::Tagging)
                              : model.can(Ability::AudioIn) || model.can(Ability::Speech);
      if (!able && model.listed) {
        return Error{ErrorCode::Unsupported, model.name + (image ? " can't see pictures." : " can't hear."),
                     image ? "Choose a model with vision." : "Choose a model that takes sound."};
      }
      if (image) ++images;
      if (part.media.form == Media::Form::Url) continue;
      if (!listed(image ? model.image_mime : model.audio_mime, part.media.mime)) {
        return Error{ErrorCode::Unsupported,
                     model.name + " does not take " +
                         (part.media.mime.empty() ? "this type of file" : part.media.mime) + ".",
                     image ? "Send a JPEG or PNG copy." : "Send a WAV recording."};
      }
      if (model.max_inline_base64 &&
          base64_size(part.media) > static_cast<std::uint64_t>(*model.max_inline_base64)) {
        return Error{ErrorCode::TooLarge,
                     "The picture is too large for " + model.name + ": at most " +
                         std::to_string(*model.max_inline_base64 / 4 * 3 / 1000) + " KB.",
                     "Send a smaller copy."};
      }
    }
  }
  if (model.max_images && images > *model.max_images) {
    return Error{ErrorCode::TooLarge,
                 model.name + " takes " + std::to_string(*model.max_images) + " picture(s) at once, not " +
                     std::to_string(images) + ".",
                 "Send fewer pictures in one request."};
  }
  return Done{};
}

Result<Done> check_size(const Model& model, const HttpCall& call) {
  const std::uint64_t size = size_of(call.body);
  if (!model.max_request_bytes || size <= static_cast<std::uint64_t>(*model.max_request_bytes)) return Done{};
  return Error{ErrorCode::TooLarge,
               "This request has " + std::to_string(size / 1000) + " KB; " + model.name + " takes at most " +
                   std::to_string(*model.max_request_bytes / 1000) + " KB.",
               "Send a smaller copy, or fewer pictures at once."};
}

Result<std::string> path_id(std::string_view id) {
  bool fine = !id.empty() && id.size() <= 200 && id.front() != '/' && id.back() != '/';
  for (const char c : id) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    fine = fine && (letter || c == '-' || c == '_' || c == '.' || c == ':' || c == '/' || c == '@');
  }
  if (!fine || id.find("..") != std::string_view::npos || id.find("//") != std::string_view::npos) {
    return Error{ErrorCode::InvalidInput, "The model's name has characters that no model's name has.",
                 "Check the name."};
  }
  return std::string(id);
}

std::string text_of(const Message& message) {
  std::string out;
  for (const Part& part : message.parts) {
    if (part.kind != Part::Kind::Text || part.text.empty()) continue;
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    out += part.text;
  }
  return out;
}

std::string take_system(std::vector<Message>& messages) {
  std::string system;
  for (const Message& message : messages) {
    if (message.role != Role::System) continue;
    const std::string text = text_of(message);
    if (!system.empty() && !text.empty()) system += '\n';
    system += text;
  }
  std::erase_if(messages, [](const Message& message) { return message.role == Role::System; });
  return system;
}

}  // namespace vignette::provider
