#include <cmath>

#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/rooms/settings_cards.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/slider.hpp"
#include "wasm/ui/widgets/text_field.hpp"

namespace vignette::ui {
namespace {

constexpr Option kThemes[] = {{"System"}, {"Dark"}, {"Light"}};

/// The interface grows when the mouse lets go: growing under a dragged slider would pull it away from the
/// pointer.
void size_slider(Ui& ui) {
  float& pending = ui.views.pending_scale;
  const float percent = std::round((pending > 0 ? pending : ui.state.session.ui_scale) * 100);
  const auto changed = slider(ui, "scale", "Size of the interface", percent, {80, 200, 10},
                              std::to_string(static_cast<int>(percent)) + " %", ui.px(320), true);
  if (changed) pending = *changed / 100;
  if (pending > 0 && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    ui.emit(SetScale{pending});
    pending = 0;
  }
}

void appearance(Ui& ui) {
  const Card card(ui);
  heading(ui, "Appearance", 2);
  gap(ui, 10);
  field_label(ui, "Theme");
  const int picked = segmented(ui, "theme", "Theme", kThemes, static_cast<int>(ui.state.session.theme));
  if (picked >= 0) ui.emit(SetTheme{static_cast<Theme>(picked)});
  gap(ui, 12);
  field_label(ui, "Size of the interface");
  size_slider(ui);
}

void dataset(Ui& ui) {
  const Card card(ui);
  heading(ui, "Dataset", 2);
  gap(ui, 10);
  field_label(ui, "Name");
  const std::string& name = typed_text(ui, "dataset-name", "", ui.state.document().name);
  text_field(ui, {.field = "dataset-name",
                  .label = "Name of the dataset",
                  .text = name,
                  .placeholder = "Untitled",
                  .width = ui.px(420)});
  gap(ui, 12);
  if (button(ui, "datasets", "Your datasets", {.icon = icon::kLayoutGrid})) ui.run("room.datasets");
  ImGui::SameLine(0, ui.px(kGap));
  if (width_left() < button_width(ui, "New, empty dataset…", true)) ImGui::NewLine();
  const bool empty = ui.state.document().items.empty();
  if (button(ui, "new", "New, empty dataset…",
             {.icon = icon::kPlus, .disabled = empty, .tip = empty ? "This one is empty already" : ""})) {
    ui.run("dataset.new");
  }
}

void models(Ui& ui) {
  const Card card(ui);
  connect_card(ui, false);
  gap(ui, 8);
  if (button(ui, "ledger", "What left this machine", {.icon = icon::kShieldCheck})) ui.run("room.ledger");
}

void presets(Ui& ui) {
  const Card card(ui);
  presets_card(ui);
}

void help(Ui& ui) {
  const Card card(ui);
  heading(ui, "Help", 2);
  gap(ui, 10);
  const std::string keys = "Keyboard shortcuts";
  const std::string about = "About and licences";
  if (button(ui, "keys", keys, {.icon = icon::kKeyboard, .keys = "?"})) ui.run("help.keys");
  ImGui::SameLine(0, ui.px(kGap));
  if (width_left() < button_width(ui, about, true)) ImGui::NewLine();
  if (button(ui, "about", about, {.icon = icon::kInfo})) ui.run("help.about");
}

}  // namespace

void settings_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  const float pad = ui.px(layout.width == Layout::Width::Phone ? 10 : 24);
  const Panel panel("settings", main, {.pad = pad});
  // A column is easier to read than a wide sheet.
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  const float widest = window->ContentRegionRect.Min.x + ui.px(720);
  if (window->ContentRegionRect.Max.x > widest) window->ContentRegionRect.Max.x = widest;
  heading(ui, "Settings", 1);
  gap(ui, 12);
  appearance(ui);
  gap(ui, 12);
  dataset(ui);
  gap(ui, 12);
  models(ui);
  gap(ui, 12);
  presets(ui);
  gap(ui, 12);
  storage_card(ui);
  gap(ui, 12);
  help(ui);
  gap(ui, 12);
  hint(ui, "Theme and sizes are remembered on this device.");
}

}  // namespace vignette::ui
