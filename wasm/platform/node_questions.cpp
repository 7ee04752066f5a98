#include "wasm/platform/node_questions.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace vignette {
namespace {

using ui::Node;

bool is_text_box(const Node& node) {
  return node.role == "textbox" || node.role == "searchbox" || node.role == "combobox";
}

bool is_dialog(const Node& node) { return node.role == "dialog" || node.role == "alertdialog"; }

bool takes_focus(const Node& node) {
  static constexpr std::array<std::string_view, 12> kRoles = {"button", "checkbox", "switch",   "slider",
                                                              "tab",    "gridcell", "option",   "textbox",
                                                              "link",   "radio",    "menuitem", "searchbox"};
  return !node.disabled && std::find(kRoles.begin(), kRoles.end(), node.role) != kRoles.end();
}

bool contains(const ui::Rect& rect, float x, float y) {
  return x >= rect.x && y >= rect.y && x < rect.x + rect.w && y < rect.y + rect.h;
}

/// The widget a slot belongs to: the text box of its name around its middle.
const Node* node_of(const std::vector<Node>& nodes, const ui::FieldSlot& slot) {
  const float x = slot.rect.x + slot.rect.w / 2;
  const float y = slot.rect.y + slot.rect.h / 2;
  for (const Node& node : nodes) {
    if (is_text_box(node) && node.name == slot.label && contains(node.rect, x, y)) return &node;
  }
  return nullptr;
}

bool lies_in(const std::vector<Node>& nodes, const Node* node, std::uint32_t ancestor) {
  while (node && node->id != ancestor) {
    const auto parent =
        std::find_if(nodes.begin(), nodes.end(), [&](const Node& n) { return n.id == node->parent; });
    node = parent == nodes.end() ? nullptr : &*parent;
  }
  return node != nullptr;
}

}  // namespace

bool is_covered(const ui::FrameOutput& frame, const ui::FieldSlot& slot) {
  const auto top = std::find_if(frame.nodes.rbegin(), frame.nodes.rend(), is_dialog);
  return top != frame.nodes.rend() && !lies_in(frame.nodes, node_of(frame.nodes, slot), top->id);
}

bool is_at_end(const std::vector<Node>& nodes, bool backwards) {
  if (std::any_of(nodes.begin(), nodes.end(), is_dialog)) return false;
  if (!backwards) {
    const auto last = std::find_if(nodes.rbegin(), nodes.rend(), takes_focus);
    return last != nodes.rend() && last->focused;
  }
  const auto first = std::find_if(nodes.begin(), nodes.end(), takes_focus);
  const bool none = std::none_of(nodes.begin(), nodes.end(), [](const Node& n) { return n.focused; });
  return none || (first != nodes.end() && first->focused);
}

bool drags_at(const std::vector<Node>& nodes, float x, float y) {
  const auto top =
      std::find_if(nodes.rbegin(), nodes.rend(), [&](const Node& n) { return contains(n.rect, x, y); });
  return top != nodes.rend() && (top->role == "slider" || top->role == "img" || top->role == "separator");
}

}  // namespace vignette
