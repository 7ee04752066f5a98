#include "shared/caption/request.hpp"
#include "wasm/app/captioning_parts.hpp"

// Where an answer goes: into the dataset, beside it as a suggestion, or before somebody's eyes only.

namespace vignette {
namespace {

/// Somebody types into this very caption, and has not stopped yet.
bool being_typed(const State& state, const RunTask& task) {
  const Draft& draft = state.session.draft;
  return draft.dirty && draft.field == "caption" && draft.item == task.item;
}

std::string label_for(const Run& run) {
  const auto n = static_cast<std::size_t>(run.landed + 1);
  return (run.spec.kind == RunKind::Describe ? "Describe " : "Caption ") + count_of(n, "picture", "pictures");
}

TaskState suggest(State& state, const RunTask& task, std::string text, const std::string& set) {
  state.captioning.suggestions[task.item] = {std::move(text), task.model, set, state.now};
  return TaskState::Suggested;
}

TaskState store(State& state, Run& run, const RunTask& task, WriteCaptions write, Effects& effects) {
  write.author = {AuthorKind::Model, task.model};
  write.time = state.now;
  write.label = label_for(run);
  state.history.unseal();
  const Result<int> stored = take_step(state, write, effects, "run:" + std::to_string(run.job));
  if (!stored) {
    show_error(state, effects, stored.error());
    return TaskState::Dropped;
  }
  if (*stored > 0) ++run.landed;
  state.captioning.failed.erase(task.item);
  state.captioning.suggestions.erase(task.item);
  const Draft& draft = state.session.draft;
  if (!draft.dirty && draft.field == "caption" && draft.item == task.item) refresh_draft(state, effects);
  return TaskState::Done;
}

TaskState land_comparison(State& state, const Run& run, const RunTask& task, const std::string& text) {
  auto& comparison = state.captioning.comparison;
  if (!comparison || comparison->job != run.job) return TaskState::Dropped;
  const std::size_t side = &task == &run.tasks.front() ? 0 : 1;
  comparison->texts[side] = text;
  comparison->take_right.clear();
  return TaskState::Done;
}

}  // namespace

TaskState land(State& state, Run& run, RunTask& task, const caption::ReadCaption& read,
               const provider::Answer& answer, Effects& effects) {
  const std::string& text = read.examined.caption;
  task.text = text.empty() ? answer.text : text;
  switch (run.spec.kind) {
    case RunKind::Compare: return land_comparison(state, run, task, text);
    case RunKind::Preview: {
      PresetDraft& draft = state.captioning.draft;
      if (draft.job != run.job) return TaskState::Dropped;
      draft.preview = task.text;
      draft.verdicts = read.examined.verdicts;
      return TaskState::Done;
    }
    case RunKind::Refine:
      if (text == caption_text(*state.document().find(task.item), run.spec.request.set))
        return TaskState::Done;
      return suggest(state, task, text, run.spec.request.set);
    case RunKind::Caption:
    case RunKind::Describe: break;
  }
  WriteCaptions write;
  if (read.description) write.texts.push_back({task.item, kDescriptionSet, editable_text(*read.description)});
  if (run.spec.kind == RunKind::Caption && !text.empty())
    write.texts.push_back({task.item, run.spec.request.set, text});
  if (!task.evidence.empty()) write.texts.push_back({task.item, kSeenSet, task.evidence});
  const caption::Landing landing =
      being_typed(state, task) ? caption::Landing::Suggest
                               : landing_of(state.document(), task.item, task.revision, run.spec.request);
  switch (landing) {
    case caption::Landing::Drop: return TaskState::Dropped;
    case caption::Landing::Suggest: return suggest(state, task, text, run.spec.request.set);
    case caption::Landing::Store: break;
  }
  return store(state, run, task, std::move(write), effects);
}

void accept_suggestions(State& state, const std::vector<ItemId>& items, Effects& effects) {
  save_draft(state, effects);
  auto& suggestions = state.captioning.suggestions;
  std::map<std::string, WriteCaptions> by_model;  // one author each
  for (const ItemId& item : items) {
    const auto found = suggestions.find(item);
    if (found == suggestions.end()) continue;
    by_model[found->second.model].texts.push_back({item, found->second.set, found->second.text});
    suggestions.erase(found);
  }
  const std::string key = "accept:" + std::to_string(state.next_number++);
  std::size_t n = 0;
  for (auto& [model, write] : by_model) {
    n += write.texts.size();
    write.author = {AuthorKind::Model, model};
    write.time = state.now;
    write.label = "Accept " + count_of(n, "suggestion", "suggestions");
    if (const auto done = take_step(state, write, effects, key); !done)
      show_error(state, effects, done.error());
  }
  state.history.seal();
  refresh_draft(state, effects);
}

}  // namespace vignette
