#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {

ImRect to_imrect(const Rect& r) { return {r.x, r.y, r.x + r.w, r.y + r.h}; }

Panel::Panel(const char* id, const ImRect& rect, const PanelLook& look) {
  ImGui::SetCursorScreenPos(rect.Min);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(look.pad, look.pad));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, look.fill);
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoSavedSettings;
  if (!look.scrolls) flags |= ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;
  if (look.sideways) flags |= ImGuiWindowFlags_HorizontalScrollbar;
  const ImVec2 size{std::max(rect.GetWidth(), 1.0F), std::max(rect.GetHeight(), 1.0F)};
  ImGui::BeginChild(id, size, ImGuiChildFlags_NavFlattened | ImGuiChildFlags_AlwaysUseWindowPadding, flags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

Panel::~Panel() { ImGui::EndChild(); }

namespace {
constexpr ImGuiWindowFlags kBare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground;
}  // namespace

Overlay::Overlay(const char* id, const ImRect& rect, float pad, bool takes_focus) {
  ImGui::SetNextWindowPos(rect.Min);
  ImGui::SetNextWindowSize(rect.GetSize());
  if (takes_focus) ImGui::SetNextWindowFocus();
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
  ImGui::Begin(
      id, nullptr,
      kBare | ImGuiWindowFlags_NoScrollWithMouse | (takes_focus ? 0 : ImGuiWindowFlags_NoFocusOnAppearing));
  ImGui::PopStyleVar();
}

Overlay::~Overlay() { ImGui::End(); }

bool scrim(Ui& ui, const char* id) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::Begin(id, nullptr, kBare | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  ui.list().AddRectFilled({0, 0}, screen, ui.look.scrim);
  const bool clicked = ImGui::IsWindowHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  ImGui::End();
  return clicked;
}

}  // namespace vignette::ui
