#include "shared/caption/request.hpp"

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

using provider::ChatRequest;
using provider::Role;

Result<ChatRequest> request_with(const CaptionTask& task, const std::string& more) {
  const Result<Template> system = Template::parse(task.preset.system);
  if (!system) return system.error();
  const Result<Template> prompt = Template::parse(task.preset.prompt);
  if (!prompt) return prompt.error();

  ChatRequest out;
  out.params = task.preset.parameters.chat;
  out.stream = task.preset.parameters.stream.value_or(false);
  const std::string system_text = system->fill(task.values);
  if (!trim(system_text).empty()) out.messages.push_back({Role::System, {provider::text_part(system_text)}});
  std::string words = prompt->fill(task.values);
  if (!more.empty()) words += "\n\n" + more;
  out.messages.push_back(
      {Role::User, {provider::image_part(task.picture), provider::text_part(std::move(words))}});
  if (task.preset.shape == Shape::Description)
    out.json = provider::JsonFormat{"description", std::string(description_schema()), false};
  return out;
}

/// A filter or a refusal that the provider reports by itself, whatever the text says.
Examined refused_by_provider(const provider::Answer& answer) {
  Examined out;
  out.caption = std::string(trim(to_utf8(answer.text)));
  out.outcome = Outcome::Failed;
  out.refused = true;
  const bool filter = answer.finish == provider::Finish::Filtered;
  out.verdicts.push_back({Rule::Refusal, Verdict::State::Broken, Reaction::Fail,
                          filter ? "The provider's filter refused this picture."
                                 : "The model refused to describe this picture."});
  return out;
}

}  // namespace

Situation situation_of(const CaptionTask& task, bool cut_off) {
  return {task.preset.checks, std::string(trim(value_of(task.values, Variable::Context))), task.preset.shape,
          cut_off};
}

Result<ChatRequest> request_for(const CaptionTask& task) { return request_with(task, {}); }

Result<ChatRequest> repair_for(const CaptionTask& task, const Examined& examined) {
  return request_with(task, repair_prompt(examined, situation_of(task)));
}

ReadCaption read_caption(const CaptionTask& task, const provider::Answer& answer, bool second) {
  ReadCaption out;
  using provider::Finish;
  if (answer.finish == Finish::Refused || answer.finish == Finish::Filtered) {
    out.examined = refused_by_provider(answer);
    return out;
  }
  const Situation situation = situation_of(task, answer.finish == Finish::Length);
  out.examined = examine(answer.text, situation, second);
  if (task.preset.shape != Shape::Description || out.examined.refused) return out;
  out.description = read_description(out.examined.caption);
  // The caption of a described picture is its summary; what cannot be read is kept raw, and is no caption.
  out.examined.caption = out.description->summary;
  return out;
}

provider::ChatRequest refine_request(const std::string& caption, const std::string& wish,
                                     const Parameters& parameters) {
  ChatRequest out;
  out.params = parameters.chat;
  out.stream = parameters.stream.value_or(false);
  out.messages = {
      {Role::System,
       {provider::text_part(
           "You edit captions of pictures you cannot see. You do what the instruction says, add no "
           "facts of your own, and answer with nothing but the caption.")}},
      {Role::User, {provider::text_part("Instruction: " + wish + "\n\nCaption:\n" + caption)}}};
  return out;
}

}  // namespace vignette::caption
