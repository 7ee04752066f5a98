#include "relay/forward/chat_edits.hpp"

#include <algorithm>

#include "shared/json/writer.hpp"
#include "shared/provider/plan.hpp"

namespace vignette::relay {
namespace {

Problem wrong(const std::string& message) {
  return {.status = 400, .code = "invalid_request", .message = message};
}

std::optional<Problem> read_count(const Skimmer& skim, const char* name, std::optional<std::int64_t>& into) {
  const Member* member = skim.member(name);
  if (member == nullptr || member->value_end == 0 || member->text == "null") return std::nullopt;
  const auto value = member->integer();
  if (!value || *value < 1 || *value > 10'000'000)
    return wrong(std::string("“") + name + "” must be a whole number from 1 on.");
  into = *value;
  return std::nullopt;
}

bool is_ours(std::string_view name) {
  return name == "model" || name == "max_tokens" || name == "max_completion_tokens" ||
         name == "stream_options" || name == "n";
}

}  // namespace

std::optional<Problem> read_chat_facts(const Skimmer& skim, ChatFacts& facts) {
  if (const Member* model = skim.member("model"); model != nullptr && model->value_end > 0) {
    const auto name = model->plain();
    if (!name || name->empty()) return wrong("“model” must be the name of a model.");
    facts.model = *name;
  }
  if (auto problem = read_count(skim, "max_tokens", facts.max_tokens)) return problem;
  if (auto problem = read_count(skim, "max_completion_tokens", facts.max_tokens)) return problem;
  std::optional<std::int64_t> n;
  if (auto problem = read_count(skim, "n", n)) return problem;
  if (n.value_or(1) != 1)
    return Problem{
        .status = 422, .code = "param_not_allowed", .message = "“n” must be 1: ask once for each answer."};
  if (const Member* stream = skim.member("stream"); stream != nullptr && stream->value_end > 0) {
    if (stream->text != "true" && stream->text != "false" && stream->text != "null")
      return wrong("“stream” must be true or false.");
    facts.stream = stream->text == "true";
  }
  return std::nullopt;
}

std::optional<Problem> check_caps(const Terms& terms, const ChatFacts& facts, std::int64_t n) {
  if (terms.max_tokens && facts.max_tokens && *facts.max_tokens > *terms.max_tokens) {
    return Problem{.status = 422,
                   .code = "param_not_allowed",
                   .message = "“max_tokens” may be at most " + std::to_string(*terms.max_tokens) +
                              " with this access code."};
  }
  if (terms.max_n && n > *terms.max_n) {
    return Problem{
        .status = 422,
        .code = "param_not_allowed",
        .message = "“n” may be at most " + std::to_string(*terms.max_n) + " with this access code."};
  }
  return std::nullopt;
}

std::int64_t output_tokens(const Plan& plan, const ChatFacts& facts, const Config& config,
                           const Terms& terms) {
  const provider::Model& model = plan.route->model;
  provider::ChatParams params;
  params.max_tokens = facts.max_tokens.value_or(
      std::min<std::int64_t>(config.max_tokens, terms.max_tokens.value_or(config.max_tokens)));
  const auto most = provider::effective_max_tokens(model, params);
  // A model that takes no limit answers as long as it likes.
  return most.value_or(std::max<std::int64_t>(model.max_output_tokens.value_or(8192), *params.max_tokens));
}

std::string own_members(const Plan& plan, const ChatFacts& facts, std::int64_t max_tokens) {
  const provider::Model& model = plan.route->model;
  JsonWriter json;
  json.open_object().field("model", model.id);
  if (model.takes("max_tokens")) json.field(model.max_tokens_field, max_tokens);
  if (facts.stream && model.ask_stream_usage)
    json.key("stream_options").open_object().field("include_usage", true).close_object();
  json.members_of(model.body_extra);
  std::string out = json.take();  // never closed: the rest of the request follows
  return out.substr(1);
}

Keep keeps(const Plan& plan, const Member& member) {
  const provider::Model& model = plan.route->model;
  const std::string& name = member.name;
  if (name == "messages" || name == "stream") return Keep::Yes;
  if (is_ours(name)) return Keep::No;
  const auto if_taken = [&](bool sampling) {
    const bool legal = !sampling || model.sampling == provider::Sampling::Allowed;
    return model.takes(name) && legal ? Keep::Yes : Keep::No;
  };
  if (name == "temperature" || name == "top_p" || name == "top_k" || name == "presence_penalty" ||
      name == "frequency_penalty")
    return if_taken(true);
  if (name == "seed" || name == "stop") return if_taken(false);
  if (name == "response_format") {
    if (model.json == provider::JsonMode::Schema) return Keep::Yes;
    return model.json == provider::JsonMode::None ? Keep::No : Keep::Translate;
  }
  if (name == "reasoning_effort")
    return model.thinking.style == provider::ThinkingStyle::None ? Keep::No : Keep::Translate;
  return Keep::No;
}

void blank_members(const Plan& plan, const Skimmer& skim, std::uint64_t offset, std::span<char> bytes) {
  const std::uint64_t end = offset + bytes.size();
  std::uint64_t comma = 1;  // where the comma before a member may stand: behind the one before it
  for (const Member& member : skim.members()) {
    const std::uint64_t value_end = member.value_end > 0 ? member.value_end : skim.position();
    if (member.value_begin > 0 && keeps(plan, member) == Keep::No && value_end > offset && comma < end) {
      const std::uint64_t from = std::max(comma, offset);
      const std::uint64_t to = std::min(value_end, end);
      if (from < to) std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from - offset), to - from, ' ');
    }
    comma = value_end;
  }
}

bool needs_comma(const Plan& plan, const Skimmer& skim) {
  return !skim.members().empty() && keeps(plan, skim.members().front()) != Keep::No;
}

std::optional<Problem> check_media(const Plan& plan, const Skimmer& skim) {
  const provider::Model& model = plan.route->model;
  const auto too_large = [](const std::string& message) {
    return Problem{.status = 413, .code = "request_too_large", .message = message};
  };
  if (skim.has_remote_image())
    return Problem{.status = 422,
                   .code = "param_not_allowed",
                   .message = "Send pictures themselves, as data: addresses; this relay fetches none."};
  if (skim.images() == 0) return std::nullopt;
  if (model.listed && !model.can(provider::Ability::Vision))
    return wrong(model.name + " can't see pictures. Choose a model with vision.");
  if (model.max_images && skim.images() > static_cast<std::uint64_t>(*model.max_images))
    return too_large(model.name + " takes " + std::to_string(*model.max_images) + " picture(s) at once.");
  if (model.max_inline_base64 && skim.longest_image() > static_cast<std::uint64_t>(*model.max_inline_base64))
    return too_large("A picture is too large for " + model.name + ". Send a smaller copy.");
  for (const std::string& type : skim.image_types()) {
    const auto& takes = model.image_mime;
    if (!takes.empty() && std::find(takes.begin(), takes.end(), type) == takes.end())
      return wrong(model.name + " does not take this type of picture. Send a JPEG or PNG copy.");
  }
  return std::nullopt;
}

}  // namespace vignette::relay
