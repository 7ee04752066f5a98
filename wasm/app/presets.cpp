#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/caption/preset_json.hpp"
#include "wasm/app/captioning_parts.hpp"

// The person's own presets. They belong to this device, and travel between devices as a file.

namespace vignette {
namespace {

std::string free_id(const std::vector<caption::Preset>& presets) {
  for (int n = 1;; ++n) {
    const std::string id = "own." + std::to_string(n);
    const auto taken = std::any_of(presets.begin(), presets.end(), [&](const auto& p) { return p.id == id; });
    if (!taken) return id;
  }
}

}  // namespace

const caption::Preset* find_preset(const State& state, const std::string& id) {
  for (const caption::Preset& preset : state.captioning.presets) {
    if (preset.id == id) return &preset;
  }
  return caption::built_in_preset(id);
}

std::vector<const caption::Preset*> all_presets(const State& state) {
  std::vector<const caption::Preset*> all;
  for (const caption::Preset& preset : caption::built_in_presets()) all.push_back(&preset);
  for (const caption::Preset& preset : state.captioning.presets) all.push_back(&preset);
  return all;
}

Result<std::string> save_preset(State& state, caption::Preset preset, Effects& effects) {
  preset.name = std::string(trim(preset.name));
  preset.built_in = false;
  preset.category.clear();
  preset.length.clear();
  if (preset.name.empty())
    return Error{ErrorCode::InvalidInput, "A preset needs a name.", "Type at least one character."};
  // What is written must be readable again, so the reader of preset files is the judge.
  const auto checked = caption::read_presets(caption::write_presets({preset}));
  if (!checked) return checked.error();
  auto& all = state.captioning.presets;
  const auto same = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.id == preset.id; });
  if (same != all.end()) {
    *same = preset;
  } else {
    preset.id = free_id(all);
    all.push_back(preset);
  }
  state.captioning.form.preset = preset.id;
  store_device(state, effects);
  return preset.id;
}

Result<Done> delete_preset(State& state, const std::string& id, Effects& effects) {
  const std::size_t gone = std::erase_if(state.captioning.presets, [&](const auto& p) { return p.id == id; });
  if (gone == 0) {
    return Error{ErrorCode::NotFound,
                 caption::built_in_preset(id) ? "Built-in presets cannot be deleted."
                                              : "There is no preset \"" + id + "\".",
                 ""};
  }
  if (state.captioning.form.preset == id) state.captioning.form.preset = GenerateForm{}.preset;
  store_device(state, effects);
  return Done{};
}

Result<int> import_presets(State& state, const std::string& json, Effects& effects) {
  auto read = caption::read_presets(json);
  if (!read) return read.error();
  for (caption::Preset& preset : *read) {
    preset.id = free_id(state.captioning.presets);
    state.captioning.presets.push_back(preset);
  }
  store_device(state, effects);
  return static_cast<int>(read->size());
}

void on(State& state, const TextPicked& event, Effects& effects) {
  if (event.purpose == "presets") {
    const Result<int> read = import_presets(state, event.text, effects);
    if (!read) return show_error(state, effects, read.error());
    show_toast(state, effects,
               "Imported " + count_of(static_cast<std::size_t>(*read), "preset", "presets") + ".");
  }
}

}  // namespace vignette
