#include "wasm/ui/bars/bars.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

struct SaveState {
  std::string text;
  std::string short_text;
  ImU32 color;
  const char* icon;
};

SaveState save_state(const Ui& ui) {
  const State& state = ui.state;
  if (state.session.draft.dirty) return {"Typing…", "Typing…", ui.look.text3, icon::kPencilLine};
  if (state.unsaved) {
    return {"Not saved: export before you close this tab", "Not saved: export before closing", ui.look.warn,
            icon::kTriangleAlert};
  }
  if (state.document().items.empty()) return {"", "", 0, nullptr};
  return {"No unsaved captions", "No unsaved captions", ui.look.text3, icon::kCheck};
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
  const float save_w = save.icon ? text_width(ui, save_ink, save_text) + ui.px(22) : 0;
  const ImRect inside{{bar.Min.x + ui.px(14), bar.Min.y + 1}, {bar.Max.x - ui.px(14), bar.Max.y}};

  const ImRect left{inside.Min, {inside.Max.x - save_w - ui.px(12), inside.Max.y}};
  const std::string counts = counts_text(ui, brief);
  describe(ui, ImGui::GetID("counts"), left, "status", counts);
  draw_text_in(ui, left, {kSmall, ui.look.text2, false}, counts);

  if (!save.icon) return;
  const ImRect right{{inside.Max.x - save_w, inside.Min.y}, inside.Max};
  describe(ui, ImGui::GetID("saved"), right, "status", save_text);
  draw_icon(ui, {right.Min.x + ui.px(8), right.GetCenter().y}, 14, save.color, save.icon);
  draw_text_in(ui, {{right.Min.x + ui.px(21), right.Min.y}, {right.Max.x + ui.px(4), right.Max.y}}, save_ink,
               save_text);
}

}  // namespace vignette::ui
