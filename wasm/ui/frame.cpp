#include "wasm/ui/frame.hpp"

#include <algorithm>

#include "wasm/ui/bars/bars.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/panels/panels.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace vignette::ui {
namespace {

bool is_dark(const Session& session) {
  return session.theme == Theme::Dark || (session.theme == Theme::System && session.system_dark);
}

void keep_style(Views& views, const Look& look, float scale) {
  if (views.scale_applied == scale && views.dark_applied == look.dark) return;
  apply_theme(look, scale);
  views.scale_applied = scale;
  views.dark_applied = look.dark;
}

/// The banner takes its height from the top, the history its width from the right.
void around_the_room(Ui& ui, Layout& layout) {
  const float height = banner(ui, layout.main);
  layout.main.y += height;
  layout.main.h = std::max(layout.main.h - height, 1.0F);
  if (!ui.state.session.history_open) return;
  const float width = history_width(ui, layout);
  layout.main.w -= width;
  const ImVec2 at{layout.main.x + layout.main.w, layout.main.y};
  history_panel(ui, {at, at + ImVec2(width, layout.main.h)});
}

void room(Ui& ui, const Layout& layout) {
  if (layout.main.w < 1) return;  // the history lies over it
  const ImRect main = to_imrect(layout.main);
  const Panel panel("main", main, {.scrolls = false});
  static constexpr const char* kNames[] = {"Library",  "Caption",       "Export",
                                           "Settings", "Your datasets", "Ledger"};
  const Region region(ui, "main", kNames[static_cast<int>(ui.state.session.room)], main);
  switch (ui.state.session.room) {
    case Room::Library: return library_room(ui, layout);
    case Room::Caption: return caption_room(ui, layout);
    case Room::Export: return export_room(ui, layout);
    case Room::Settings: return settings_room(ui, layout);
    case Room::Ledger: return ledger_room(ui, layout);
    case Room::Datasets: return datasets_room(ui, layout);
  }
}

void app_window(Ui& ui, Layout layout) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::Begin("vignette", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  top_bar(ui, layout);
  if (!layout.rail_below) rail(ui, layout);
  around_the_room(ui, layout);
  room(ui, layout);
  status_line(ui, layout);
  if (layout.rail_below) rail(ui, layout);
  toasts(ui, layout);
  ImGui::End();
}

void dialog(Ui& ui) {
  switch (ui.state.session.dialog) {
    case Dialog::None: return;
    case Dialog::Keys: return key_sheet(ui);
    case Dialog::About: return about(ui);
    case Dialog::Rejections: return rejections(ui);
    case Dialog::ConfirmRemove: return confirm_remove(ui);
    case Dialog::ConfirmNew: return confirm_new(ui);
    case Dialog::NewDataset: return new_dataset(ui);
    case Dialog::RenameDataset: return rename_dataset(ui);
    case Dialog::Preset: return preset_dialog(ui);
    case Dialog::Compare: return compare_dialog(ui);
  }
}

}  // namespace

void configure() {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigErrorRecoveryEnableTooltip = false;
  // Ctrl+Tab belongs to the browser, and Escape must not move the keyboard away from where it is.
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.ConfigNavWindowingKeyNext = g.ConfigNavWindowingKeyPrev = 0;
  io.ConfigNavEscapeClearFocusItem = false;
}

void activate(std::uint32_t id) { ImGui::ActivateItemByID(id); }
void set_value(Views& views, std::uint32_t id, float value) { views.wanted_values[id] = value; }

void draw(const State& state, Views& views, Pictures& pictures, FrameOutput& out) {
  const float scale = std::clamp(state.session.ui_scale, 0.5F, 3.0F);
  const Look& look = look_of(is_dark(state.session));
  keep_style(views, look, scale);
  Ui ui{state, views, pictures, out, look, scale, {}};
  begin_lint(views);

  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  app_window(ui, layout_of(screen.x, screen.y, scale));
  dialog(ui);
  if (state.session.palette_open) palette(ui);
  drop_target(ui);

  views.open_overlay = state.session.palette_open ? kPaletteOverlay : static_cast<int>(state.session.dialog);
  finish_tooltips(ui);
  finish_placeholders(ui);
  finish_lint(ui);
}

}  // namespace vignette::ui
