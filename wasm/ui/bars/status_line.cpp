#include "wasm/app/parts.hpp"
#include "wasm/ui/bars/bars.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

struct SaveState {
  std::string text;
  std::string short_text;
  ImU32 color = 0;
  const char* icon = nullptr;
  const char* action = nullptr;  ///< a command that helps
  const char* verb = "";
};

/// Where nothing is stored, words that were exported are as safe as they get.
SaveState unstored(const Ui& ui) {
  const State& state = ui.state;
  const bool in_memory = state.storage.mode == StorageMode::Memory;
  if (state.unsaved) {
    if (in_memory)
      return {"Only in this tab: save a project file before you close it",
              "Only in this tab",
              ui.look.warn,
              icon::kTriangleAlert,
              "project.save",
              "Save"};
    return {"Not saved: export before you close this tab", "Not saved: export before closing", ui.look.warn,
            icon::kTriangleAlert};
  }
  if (state.document().items.empty()) return {};
  if (in_memory) return {"Only in this tab", "Only in this tab", ui.look.text3, icon::kInfo};
  return {"No unsaved captions", "No unsaved captions", ui.look.text3, icon::kCheck};
}

SaveState save_state(const Ui& ui) {
  const State& state = ui.state;
  const Storage& storage = state.storage;
  if (storage.opening) return {"Opening…", "Opening…", ui.look.text3, icon::kDatabase};
  if (storage.mode == StorageMode::ReadOnly)
    return {"Read-only: open in another tab",
            "Read-only",
            ui.look.warn,
            icon::kLock,
            "storage.take-over",
            "Take over"};
  if (storage.trouble) {
    const bool full = storage.trouble_kind == "full";
    return {full ? "Not saved: no room left" : "Not saved: storing failed",
            "Not saved",
            ui.look.error,
            icon::kTriangleAlert,
            "storage.retry",
            "Save again"};
  }
  if (state.session.draft.dirty) return {"Typing…", "Typing…", ui.look.text3, icon::kPencilLine};
  if (!is_durable(storage)) return unstored(ui);
  if (!storage.waiting.empty()) return {"Saving…", "Saving…", ui.look.text3, icon::kSave};
  return {"Saved", "Saved", ui.look.text3, icon::kCheck};
}

std::string counts_text(const Ui& ui, bool brief) {
  const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
  if (counts.items == 0) return "No pictures yet";
  const auto selected = static_cast<std::int64_t>(ui.state.session.selection.ids.size());
  if (brief) {
    std::string text = number(counts.captioned) + " of " + number(counts.items);
    return selected > 1 ? text + " · " + number(selected) + " sel." : text;
  }
  std::string text = counted(counts.items, "picture", "pictures") + "  ·  " + number(counts.captioned) +
                     " of " + number(counts.items) + " captioned";
  if (selected > 0) text += "  ·  " + number(selected) + " selected";
  return text;
}

}  // namespace

void status_line(Ui& ui, const Layout& layout) {
  const ImRect bar = to_imrect(layout.status);
  const Panel panel("status", bar, {.fill = ui.look.bg1, .scrolls = false});
  const Region landmark(ui, "contentinfo", "Status", bar);
  ui.list().AddLine(bar.Min, {bar.Max.x, bar.Min.y}, ui.look.line);

  const bool brief = layout.width == Layout::Width::Phone;
  const SaveState save = save_state(ui);
  const std::string& save_text = brief ? save.short_text : save.text;
  const Ink save_ink{kSmall, save.color, false};
  const float verb_w = save.action ? button_width(ui, save.verb, false) + ui.px(4) : 0;
  const float save_w = save.icon ? text_width(ui, save_ink, save_text) + ui.px(26) + verb_w : 0;
  const ImRect inside{{bar.Min.x + ui.px(14), bar.Min.y + 1}, {bar.Max.x - ui.px(14), bar.Max.y}};

  const ImRect left{inside.Min, {inside.Max.x - save_w - ui.px(12), inside.Max.y}};
  const std::string counts = counts_text(ui, brief);
  describe(ui, ImGui::GetID("counts"), left, "status", counts);
  draw_text_in(ui, left, {kSmall, ui.look.text2, false}, counts);

  if (!save.icon) return;
  if (save.action) {
    const ImRect act{{inside.Max.x - verb_w, inside.Min.y + ui.px(1)}, inside.Max - ImVec2(0, ui.px(2))};
    if (button_at(ui, act, "save action", save.verb, {.kind = ButtonLook::Kind::Quiet})) ui.run(save.action);
  }
  const ImRect right{{inside.Max.x - save_w, inside.Min.y}, {inside.Max.x - verb_w, inside.Max.y}};
  describe(ui, ImGui::GetID("saved"), right, "status", save_text);
  draw_icon(ui, {right.Min.x + ui.px(8), right.GetCenter().y}, 14, save.color, save.icon);
  draw_text_in(ui, {{right.Min.x + ui.px(21), right.Min.y}, {right.Max.x + ui.px(4), right.Max.y}}, save_ink,
               save_text);
}

}  // namespace vignette::ui
