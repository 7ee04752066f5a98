#include "shared/base/utf8.hpp"
#include "wasm/app/parts.hpp"

// Caption files next to the pictures that somebody else changed. Nothing is lost either way: a caption nobody
// touched here takes the text of its file; where both were changed, the newer is shown and the older is in
// the caption's history.

namespace vignette {
namespace {

struct Merged {
  int taken = 0;
  int conflicts = 0;
  SetCaptions outside;  ///< all that came from files
  SetCaptions ours;     ///< what is newer here, put back on top
};

void merge(const Document& document, const OutsideText& found, TimeMs now, Merged& merged) {
  const Item* item = document.find(found.item);
  const std::string text = to_utf8(found.text);
  if (!item || caption_text(*item) == text) return;
  merged.outside.captions.emplace_back(
      found.item, Caption{text, {AuthorKind::Import, ""}, found.modified > 0 ? found.modified : now});
  const std::string& ours = caption_text(*item);
  if (ours.empty() || (found.known && *found.known == ours)) {
    ++merged.taken;
    return;
  }
  ++merged.conflicts;
  const Caption& caption = item->captions.at(kMainSet);
  if (caption.time > found.modified) merged.ours.captions.emplace_back(found.item, caption);
}

std::string summary(const Merged& merged) {
  std::string text;
  if (merged.taken > 0) {
    text = "Read " +
           count_of(static_cast<std::size_t>(merged.taken), "caption that was", "captions that were") +
           " changed in the folder.";
  }
  if (merged.conflicts > 0) {
    if (!text.empty()) text += " ";
    text += count_of(static_cast<std::size_t>(merged.conflicts), "caption was", "captions were") +
            " changed both here and in the folder: the newer text is shown, the other one is in the "
            "caption's history.";
  }
  return text;
}

}  // namespace

void on(State& state, const TextsFound& event, Effects& effects) {
  if (why_not_edit(state)) return;
  save_draft(state, effects);
  state.history.seal();
  Merged merged;
  for (const OutsideText& found : event.texts) merge(state.document(), found, state.now, merged);
  if (merged.taken + merged.conflicts == 0) return;
  const std::string key = "outside:" + std::to_string(state.next_number++);
  for (const SetCaptions* texts : {&merged.outside, &merged.ours}) {
    if (const auto done = take_step(state, *texts, effects, key); !done)
      show_error(state, effects, done.error());
  }
  rename_step(state, key,
              "Read " +
                  count_of(static_cast<std::size_t>(merged.taken + merged.conflicts), "caption", "captions") +
                  " changed outside",
              effects);
  state.history.seal();
  refresh_draft(state, effects);
  show_toast(state, effects, summary(merged), merged.conflicts > 0,
             merged.conflicts > 0 ? "history.toggle" : "undo");
}

}  // namespace vignette
