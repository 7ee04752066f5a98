#include "wasm/ui/tree.hpp"

#include <algorithm>

namespace vignette::ui {

Node& describe(Ui& ui, std::uint32_t id, const ImRect& rect, std::string_view role, std::string_view name) {
  Node& node = ui.out.nodes.emplace_back();
  node.id = id;
  node.parent = ui.parents.empty() ? 0 : ui.parents.back();
  node.role = role;
  node.name = name;
  ImRect visible = rect;
  const ImRect& clip = ImGui::GetCurrentWindowRead()->ClipRect;
  node.offscreen = !rect.Overlaps(clip);
  if (!node.offscreen) visible.ClipWith(clip);
  node.rect = {visible.Min.x, visible.Min.y, visible.GetWidth(), visible.GetHeight()};
  return node;
}

Region::Region(Ui& ui, std::string_view role, std::string_view name, const ImRect& rect) : ui_(ui) {
  const ImGuiID id = ImGui::GetCurrentWindow()->GetID(name.data(), name.data() + name.size()) ^
                     ImHashStr(role.data(), role.size());
  describe(ui, id, rect, role, name);
  ui.parents.push_back(id);
}

Region::Region(Ui& ui, std::uint32_t id) : ui_(ui) { ui.parents.push_back(id); }

namespace {

bool is_window_part(ImGuiID id) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return std::any_of(g.Windows.begin(), g.Windows.end(), [&](ImGuiWindow* window) {
    return id == window->ID || id == window->ChildId ||
           id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_X) ||
           id == ImGui::GetWindowScrollbarID(window, ImGuiAxis_Y);
  });
}

}  // namespace

void begin_lint(Views& views) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  views.unnamed.clear();
  g.TestEngineHookItems = views.lint;
  g.TestEngine = views.lint ? &views : nullptr;
}

void finish_lint(Ui& ui) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.TestEngineHookItems = false;
  g.TestEngine = nullptr;
  std::erase_if(ui.views.unnamed, [&](const UnnamedItem& item) {
    const auto& nodes = ui.out.nodes;
    const bool named = std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
      return node.id == item.id && !node.name.empty();
    });
    return named || is_window_part(item.id);
  });
}

}  // namespace vignette::ui

// ImGui calls these for every item once TestEngineHookItems is set.

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& rect,
                                 const ImGuiLastItemData* /*data*/) {
  if (!context->TestEngine) return;
  static_cast<vignette::ui::Views*>(context->TestEngine)->unnamed.push_back({id, rect.Min.x, rect.Min.y});
}
void ImGuiTestEngineHook_ItemInfo(ImGuiContext* /*context*/, ImGuiID /*id*/, const char* /*label*/,
                                  ImGuiItemStatusFlags /*flags*/) {}
void ImGuiTestEngineHook_Log(ImGuiContext* /*context*/, const char* /*format*/, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext* /*context*/, ImGuiID /*id*/) { return nullptr; }
