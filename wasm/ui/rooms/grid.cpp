#include <algorithm>
#include <cmath>

#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"

// Ten thousand pictures cost as much as one screenful: which cells are visible is arithmetic (GridLayout),
// and only those are looked at. The whole grid is one ImGui item for the mouse; the cells are items for the
// keyboard and for the widget tree, and one of them is the tab stop.

namespace vignette::ui {
namespace {

constexpr float kDragStarts = 5;  // px the mouse may move and still mean a click

struct GridFrame {
  GridLayout layout;
  ImVec2 origin;  // of the scrolled content, on screen
  float scroll = 0;
  float height = 0;
  Area area;
};

ImRect on_screen(const GridFrame& frame, const Rect& r) {
  const ImVec2 min = frame.origin + ImVec2(r.x, r.y);
  return {min, min + ImVec2(r.w, r.h)};
}

ImVec2 mouse_in(const GridFrame& frame) { return ImGui::GetIO().MousePos - frame.origin; }

int cell_under_mouse(const GridFrame& frame) {
  const ImVec2 at = mouse_in(frame);
  return frame.layout.at(at.x, at.y);
}

const ItemId& id_at(const Ui& ui, int index) {
  return ui.state.document().items[static_cast<std::size_t>(index)]->id;
}

// ---- mouse ------------------------------------------------------------------------------------------------

Rect box_of(const Ui& ui, const GridFrame& frame) {
  const GridView& grid = ui.views.grid;
  const ImVec2 at = mouse_in(frame);
  return {std::min(at.x, grid.press_x), std::min(at.y, grid.press_y), std::abs(at.x - grid.press_x),
          std::abs(at.y - grid.press_y)};
}

void tell_box(Ui& ui, const GridFrame& frame) {
  GridView& grid = ui.views.grid;
  std::vector<int> inside = frame.layout.inside(box_of(ui, frame));
  if (inside == grid.inside) return;
  grid.inside = std::move(inside);
  BoxSelect event;
  for (const int index : grid.inside) event.inside.push_back(id_at(ui, index));
  event.base = grid.base;
  ui.emit(std::move(event));
}

/// Near the upper and lower edge a box drag scrolls.
void scroll_while_boxing(Ui& ui, const GridFrame& frame) {
  const float y = ImGui::GetIO().MousePos.y;
  const float top = frame.origin.y + frame.scroll;
  const float over = y < top + ui.px(24)                  ? y - top - ui.px(24)
                     : y > top + frame.height - ui.px(24) ? y - top - frame.height + ui.px(24)
                                                          : 0;
  if (over == 0) return;
  ImGui::SetScrollY(frame.scroll + over * std::min(ImGui::GetIO().DeltaTime, 0.033F) * 12);
  ui.out.animating = true;
}

void click(Ui& ui, int index) {
  const ImGuiIO& io = ImGui::GetIO();
  if (index < 0) {
    if (!io.KeyCtrl && !io.KeyShift) ui.emit(BoxSelect{});
    return;
  }
  ui.emit(ClickItem{id_at(ui, index), io.KeyCtrl || io.KeySuper, io.KeyShift});
}

void mouse(Ui& ui, const GridFrame& frame) {
  GridView& grid = ui.views.grid;
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 at = mouse_in(frame);
  if (frame.area.held && !grid.pressed) {
    grid.pressed = true;
    grid.boxing = false;
    grid.inside.clear();
    grid.press_x = at.x;
    grid.press_y = at.y;
    grid.base.clear();
    if (io.KeyCtrl || io.KeySuper) grid.base = ui.state.session.selection.ids;
    const int index = cell_under_mouse(frame);
    if (index >= 0 && io.MouseClickedCount[0] == 2) ui.emit(OpenItem{id_at(ui, index)});
  }
  if (!grid.pressed) return;
  const float moved = std::max(std::abs(at.x - grid.press_x), std::abs(at.y - grid.press_y));
  if (!grid.boxing && frame.area.held && moved > ui.px(kDragStarts)) grid.boxing = true;
  if (grid.boxing && frame.area.held) {
    tell_box(ui, frame);
    scroll_while_boxing(ui, frame);
  }
  if (frame.area.held) return;
  if (!grid.boxing && frame.area.pressed && io.MouseClickedLastCount[0] < 2)
    click(ui, cell_under_mouse(frame));
  grid.pressed = grid.boxing = false;
}

void draw_box(Ui& ui, const GridFrame& frame) {
  if (!ui.views.grid.boxing) return;
  const ImRect box = on_screen(frame, box_of(ui, frame));
  ui.list().AddRectFilled(box.Min, box.Max, faded(ui.look.accent, 0.16F), ui.px(4));
  ui.list().AddRect(box.Min, box.Max, ui.look.accent, ui.px(4));
}

// ---- keyboard ---------------------------------------------------------------------------------------------

/// Items to move by for the key that went down, 0 for none.
int keyed_step(const Ui& ui, const GridFrame& frame) {
  const int columns = frame.layout.columns;
  const int page = columns * frame.layout.rows_in(frame.height);
  const int position = ui.state.document().position(ui.state.session.selection.focus);
  const int last = frame.layout.count - 1;
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) return -1;
  if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) return 1;
  // From nowhere, the first key goes to the first picture.
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) return position < 0 ? 1 : position >= columns ? -columns : 0;
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow))
    return position < 0                          ? 1
           : position + columns <= last          ? columns
           : position / columns < last / columns ? last - position
                                                 : 0;
  if (ImGui::IsKeyPressed(ImGuiKey_PageUp)) return -page;
  if (ImGui::IsKeyPressed(ImGuiKey_PageDown)) return page;
  if (ImGui::IsKeyPressed(ImGuiKey_Home)) return -frame.layout.count;
  if (ImGui::IsKeyPressed(ImGuiKey_End)) return frame.layout.count;
  return 0;
}

/// The grid listens unless the keyboard visibly rests on another widget, is in a field, or belongs to a
/// dialog.
bool has_keyboard(const Ui& ui, const Area& grid_area, ImGuiID focused_cell) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (ui.covered() || !ui.state.session.draft.field.empty() || g.IO.KeyCtrl || g.IO.KeyAlt) return false;
  return g.NavId == 0 || !g.NavCursorVisible || g.NavId == focused_cell || g.NavId == grid_area.id;
}

void keyboard(Ui& ui, const GridFrame& frame, ImGuiID focused_cell) {
  if (!has_keyboard(ui, frame.area, focused_cell)) return;
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.NavMoveScoringItems && (g.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) == 0)
    ImGui::NavMoveRequestCancel();
  if (const int step = keyed_step(ui, frame); step != 0) {
    ui.emit(MoveFocus{step, g.IO.KeyShift});
    ui.views.grid.take_focus = true;
  }
  const ItemId& focus = ui.state.session.selection.focus;
  if (focus.empty()) return;
  if (ImGui::IsKeyPressed(ImGuiKey_Enter, false)) ui.emit(OpenItem{focus});
  if (ImGui::IsKeyPressed(ImGuiKey_Space, false)) ui.emit(ClickItem{focus, true, false});
}

/// Scrolls as little as needed to show the item the keyboard is at, when that is a new one.
void follow_focus(Ui& ui, const GridFrame& frame, int position) {
  GridView& grid = ui.views.grid;
  const ItemId& focus = ui.state.session.selection.focus;
  if (grid.shown_focus == focus || grid.boxing) return;
  grid.shown_focus = focus;
  if (position < 0) return;
  const Rect cell = frame.layout.cell(position);
  const float margin = frame.layout.margin;
  if (cell.y - margin < frame.scroll) {
    ImGui::SetScrollY(cell.y - margin);
  } else if (cell.y + cell.h + margin > frame.scroll + frame.height) {
    ImGui::SetScrollY(cell.y + cell.h + margin - frame.height);
  } else {
    return;
  }
  ui.out.animating = true;  // the new scroll shows in the next frame
}

// ---- cells ------------------------------------------------------------------------------------------------

ImGuiID cell_id(const Item& item) { return ImGui::GetID(item.id.data(), item.id.data() + item.id.size()); }

/// The cell as an item for the keyboard; pressing it through the widget tree selects it.
void submit_cell(Ui& ui, const Cell& cell, ImGuiID id, bool tab_stop) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGui::ItemAdd(cell.rect, id, nullptr, tab_stop ? ImGuiItemFlags_None : ImGuiItemFlags_NoTabStop);
  if (tab_stop && ui.views.grid.take_focus) {
    ImGui::SetNavID(id, g.NavLayer, g.CurrentFocusScopeId,
                    ImGui::WindowRectAbsToRel(g.CurrentWindow, cell.rect));
    ImGui::SetNavCursorVisible(true);
    ui.views.grid.take_focus = false;
  }
  const bool by_key = ImGui::IsKeyDown(ImGuiKey_Enter) || ImGui::IsKeyDown(ImGuiKey_Space);
  if (g.NavActivateId == id && !by_key) ui.emit(ClickItem{cell.item->id, false, false});
}

void describe_cell(Ui& ui, const Cell& cell, ImGuiID id, int index, int count) {
  const Item& item = *cell.item;
  Node& node = describe(ui, id, cell.rect, "gridcell", item.name);
  node.selected = cell.selected;
  node.focused = cell.focused;
  node.position = index + 1;
  node.set_size = count;
  const std::string& caption = caption_text(item);
  node.description = caption.empty() ? "No caption" : caption;
  if (item.animated) node.description += ", animated";
  if (item.alpha) node.description += ", has transparency";
  if (!item.also_at.empty()) node.description += ", also at " + item.also_at.front();
}

std::vector<Cell> visible_cells(Ui& ui, const GridFrame& frame, int position, int hovered) {
  const auto& items = ui.state.document().items;
  const std::set<ItemId>& chosen = ui.state.session.selection.ids;
  const auto [first, last] = frame.layout.visible(frame.scroll, frame.scroll + frame.height);
  const int tab_stop = position >= 0 ? position : first;
  std::vector<Cell> cells;
  cells.reserve(static_cast<std::size_t>(last - first));
  const auto submit = [&](int i, bool drawn) {
    Cell cell;
    cell.item = items[static_cast<std::size_t>(i)].get();
    cell.rect = on_screen(frame, frame.layout.cell(i));
    cell.picture = {cell.rect.Min, {cell.rect.Max.x, cell.rect.Min.y + frame.layout.cell_w}};
    cell.selected = chosen.count(cell.item->id) != 0;
    cell.hovered = i == hovered;
    const ImGuiID id = cell_id(*cell.item);
    submit_cell(ui, cell, id, i == tab_stop);
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    cell.focused = g.NavId == id && g.NavCursorVisible;
    describe_cell(ui, cell, id, i, frame.layout.count);
    if (!drawn) return;
    cell.thumbnail = ui.pictures.thumbnail(cell.item->id);
    cells.push_back(cell);
  };
  // The focused cell exists even while it is scrolled away, or the keyboard would lose its place.
  if (position >= 0 && position < first) submit(position, false);
  for (int i = first; i < last; ++i) submit(i, true);
  if (position >= last) submit(position, false);
  return cells;
}

void draw_cells(Ui& ui, std::vector<Cell>& cells) {
  for (const Cell& cell : cells) draw_cell_back(ui, cell);
  std::vector<const Cell*> with_picture;
  with_picture.reserve(cells.size());
  for (const Cell& cell : cells) {
    if (cell.thumbnail) with_picture.push_back(&cell);
  }
  std::sort(with_picture.begin(), with_picture.end(),
            [](const Cell* a, const Cell* b) { return a->thumbnail->texture < b->thumbnail->texture; });
  for (const Cell* cell : with_picture) draw_cell_picture(ui, *cell);
  for (const Cell& cell : cells) draw_cell_front(ui, cell);
  ui.views.frame_cells = cells.size();
}

}  // namespace

void grid(Ui& ui, const ImRect& rect) {
  const Panel panel("grid", rect, {});
  const auto& items = ui.state.document().items;
  GridFrame frame;
  const float bar = ImGui::GetStyle().ScrollbarSize;
  const auto tile = static_cast<float>(ui.state.session.tile_px);
  frame.layout = GridLayout::make(static_cast<int>(items.size()), rect.GetWidth() - bar, ui.px(tile),
                                  cell_label_height(ui, tile), ui.px(12), ui.px(14));
  frame.scroll = ImGui::GetScrollY();
  frame.height = rect.GetHeight();
  frame.origin = ImGui::GetCursorScreenPos();

  const ImRect seen{rect.Min, {rect.Max.x - bar, rect.Max.y}};
  const ImGuiID id = ImGui::GetID("pictures");
  ImGui::ItemAdd(seen, id, nullptr, ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop);
  frame.area.id = id;
  frame.area.rect = seen;
  frame.area.pressed =
      ImGui::ButtonBehavior(seen, id, &frame.area.hovered, &frame.area.held,
                            ImGuiButtonFlags_NoNavFocus | ImGuiButtonFlags_PressedOnClickReleaseAnywhere);
  Node& node = describe(ui, id, seen, "grid", "Pictures");
  node.set_size = frame.layout.count;
  const Region region(ui, id);

  mouse(ui, frame);
  const int position = ui.state.document().position(ui.state.session.selection.focus);
  const ImGuiID focused_cell = position >= 0 ? cell_id(*items[static_cast<std::size_t>(position)]) : 0;
  follow_focus(ui, frame, position);
  const int hovered = frame.area.hovered && !ui.views.grid.boxing ? cell_under_mouse(frame) : -1;
  std::vector<Cell> cells = visible_cells(ui, frame, position, hovered);
  keyboard(ui, frame, focused_cell);  // after the cells: what it asks for shows in the next frame
  draw_cells(ui, cells);
  draw_box(ui, frame);

  ImGui::SetCursorScreenPos(frame.origin);
  ImGui::Dummy({1, frame.layout.content_height()});
}

}  // namespace vignette::ui
