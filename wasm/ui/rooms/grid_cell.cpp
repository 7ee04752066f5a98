#include <algorithm>

#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"

namespace vignette::ui {
namespace {

// Badges and labels need room; small tiles are for looking at many pictures.
constexpr float kTileWithName = 120;
constexpr float kTileWithCaption = 152;
constexpr float kTileWithBadges = 88;

float tile_of(const Ui& ui, const Cell& cell) { return cell.picture.GetWidth() / ui.scale; }

struct Mark {
  const char* icon;
  const char* text;
};

/// What the badges say, most telling first. The same words go into the cell's node.
int marks_of(const Ui& ui, const Item& item, Mark* marks) {
  int n = 0;
  if (const char* icon = run_icon(ui.state, item.id)) marks[n++] = {icon, ""};
  const auto caption = item.captions.find(kMainSet);
  if (caption != item.captions.end() && !caption->second.text.empty()) {
    const bool human = caption->second.author.kind == AuthorKind::Human;
    marks[n++] = {human ? icon::kPencilLine : icon::kCheck, ""};
  }
  if (item.animated) marks[n++] = {icon::kFilm, ""};
  if (item.alpha) marks[n++] = {nullptr, "α"};
  if (!item.also_at.empty()) marks[n++] = {icon::kCopy, ""};
  return n;
}

void draw_badges(Ui& ui, const Cell& cell) {
  Mark marks[5];
  const int n = marks_of(ui, *cell.item, marks);
  float x = cell.picture.Min.x + ui.px(6);
  const float y = cell.picture.Max.y - ui.px(26);
  for (int i = 0; i < n; ++i) {
    if (x + badge_width(ui, marks[i].text, marks[i].icon) > cell.picture.Max.x - ui.px(4)) return;
    x += badge_at(ui, {x, y}, marks[i].text, marks[i].icon, ui.look.badge, ui.look.on_badge) + ui.px(4);
  }
}

}  // namespace

float cell_label_height(const Ui& ui, float tile_px) {
  if (tile_px >= kTileWithCaption) return ui.px(46);
  return tile_px >= kTileWithName ? ui.px(26) : 0;
}

void draw_cell_back(Ui& ui, const Cell& cell) {
  if (cell.selected || cell.hovered) {
    ImRect around = cell.rect;
    around.Expand(ui.px(3));
    ui.list().AddRectFilled(around.Min, around.Max, cell.selected ? ui.look.selected : ui.look.bg3,
                            ui.px(kRadius + 3));
  }
  if (cell.thumbnail) {
    ui.list().AddRectFilled(cell.picture.Min, cell.picture.Max, ui.look.bg2, ui.px(kRadius));
  } else {
    draw_placeholder(ui, cell.picture, kRadius);
  }
}

void draw_cell_picture(Ui& ui, const Cell& cell) {
  const TextureRect& t = *cell.thumbnail;
  const ImRect where = contained(cell.picture, t.width, t.height);
  ui.list().AddImageRounded(ImTextureRef(t.texture), where.Min, where.Max, {t.u0, t.v0}, {t.u1, t.v1},
                            0xFFFFFFFF, ui.px(kRadius));
}

void draw_cell_front(Ui& ui, const Cell& cell) {
  const Item& item = *cell.item;
  const float tile = tile_of(ui, cell);
  if (tile >= kTileWithBadges) draw_badges(ui, cell);
  if (cell.selected) {
    ui.list().AddRect(cell.picture.Min, cell.picture.Max, ui.look.accent, ui.px(kRadius), 0, ui.px(2.5F));
  }
  if (cell.selected || cell.hovered) {
    const float size = tile >= kTileWithBadges ? 22 : 16;
    const ImVec2 center{cell.picture.Max.x - ui.px(size / 2 + 5), cell.picture.Min.y + ui.px(size / 2 + 5)};
    draw_check(ui, center, size, cell.selected, 1);
  }
  if (cell.focused) {
    ImRect ring = cell.rect;
    ring.Expand(ui.px(4));
    ui.list().AddRect(ring.Min, ring.Max, ui.look.focus, ui.px(kRadius + 4), 0, ui.px(2));
  }
  const float label = cell.rect.Max.y - cell.picture.Max.y;
  if (label < ui.px(10)) return;
  const float left = cell.rect.Min.x + ui.px(3);
  const float top = cell.picture.Max.y + ui.px(4);
  const float right = cell.rect.Max.x - ui.px(3);
  draw_text_in(ui, {{left, top}, {right, top + ui.px(20)}}, {kSmall, ui.look.text, false}, item.name);
  if (label < ui.px(40)) return;
  const std::string& caption = caption_text(item);
  const Ink ink{kSmall, ui.look.text3, false};
  draw_text_in(ui, {{left, top + ui.px(20)}, {right, top + ui.px(40)}}, ink,
               caption.empty() ? "No caption yet" : caption);
}

}  // namespace vignette::ui
