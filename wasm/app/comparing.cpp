#include "shared/caption/word_diff.hpp"
#include "wasm/app/captioning_parts.hpp"

// Two models, one picture.

namespace vignette {

Result<std::uint32_t> start_comparison(State& state, const ItemId& item, const std::string& left,
                                       const std::string& right, std::uint32_t request, Effects& effects) {
  if (!state.document().find(item))
    return Error{ErrorCode::NotFound, "There is no picture to compare on.", "Choose one."};
  if (left == right)
    return Error{ErrorCode::InvalidInput, "Both sides have the same model.", "Choose two different ones."};
  for (const std::string& model : {left, right}) {
    if (!connection_for(state, model))
      return Error{ErrorCode::NotFound, "No connection offers the model “" + model + "”.", "Connect first."};
  }
  if (state.captioning.comparison) {
    if (Run* old = state.captioning.run_of(state.captioning.comparison->job))
      cancel_run(state, *old, effects);
  }
  RunSpec spec = spec_of_form(state);
  spec.kind = RunKind::Compare;
  spec.model = left;
  spec.pace.slow = false;
  spec.request = {};
  spec.request.items = {item, item};
  Comparison comparison;
  comparison.item = item;
  comparison.models = {left, right};
  const Result<std::uint32_t> job = start_run(state, std::move(spec), request, effects);
  if (!job) return job;
  Run& run = *state.captioning.run_of(*job);
  run.tasks[1].model = right;
  comparison.job = *job;
  if (request == 0) state.session.dialog = Dialog::Compare;
  state.captioning.comparison = std::move(comparison);
  return job;
}

std::string merged_comparison(const Comparison& comparison) {
  const auto blocks = caption::diff_words(comparison.texts[0], comparison.texts[1]);
  return caption::merged(blocks, comparison.take_right);
}

Result<Done> keep_comparison(State& state, const std::string& which, Effects& effects) {
  auto& comparison = state.captioning.comparison;
  if (!comparison || (comparison->texts[0].empty() && comparison->texts[1].empty()))
    return Error{ErrorCode::NotFound, "There is nothing to keep yet.", "Compare two models first."};
  save_draft(state, effects);
  WriteCaptions write;
  write.time = state.now;
  write.label = "Keep a compared caption";
  std::string text;
  if (which == "left" || which == "right") {
    const std::size_t side = which == "left" ? 0 : 1;
    text = comparison->texts[side];
    write.author = {AuthorKind::Model, comparison->models[side]};
  } else if (which == "merged") {
    text = merged_comparison(*comparison);  // somebody chose the words
  } else {
    return Error{ErrorCode::InvalidInput, "Keep \"left\", \"right\" or \"merged\".", ""};
  }
  if (text.empty()) return Error{ErrorCode::NotFound, "That side has no caption.", ""};
  write.texts.push_back({comparison->item, kMainSet, std::move(text)});
  const Result<int> done = take_step(state, write, effects);
  if (!done) return done.error();
  state.history.seal();
  refresh_draft(state, effects);
  comparison.reset();
  return Done{};
}

}  // namespace vignette
