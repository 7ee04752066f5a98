#include "wasm/ui/rooms/picture_view.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"

namespace vignette::ui {
namespace {

constexpr float kFurthest = 32;  // times 100 %
constexpr float kStep = 1.25F;

float full_scale() { return 1 / std::max(ImGui::GetIO().DisplayFramebufferScale.x, 0.1F); }

float fit_scale(const PictureZoom& zoom, const Item& item) {
  if (item.width <= 0 || item.height <= 0) return 1;
  const float fit =
      std::min(zoom.view_w / static_cast<float>(item.width), zoom.view_h / static_cast<float>(item.height));
  return std::min(fit, 1.0F);  // small pictures are not blown up
}

/// The picture covers the view as far as it can: no panning into nothing.
void keep_inside(PictureZoom& zoom, const Item& item) {
  const auto clamp_axis = [](float middle, float size, float view, float scale) {
    const float half = view / scale / 2;
    return size <= half * 2 ? size / 2 : std::clamp(middle, half, size - half);
  };
  const float scale = zoom.fit ? fit_scale(zoom, item) : zoom.scale;
  zoom.x = clamp_axis(zoom.x, static_cast<float>(item.width), zoom.view_w, scale);
  zoom.y = clamp_axis(zoom.y, static_cast<float>(item.height), zoom.view_h, scale);
}

/// Zooms so that the picture pixel `offset` away from the view's middle stays where it is.
void zoom_to(PictureZoom& zoom, const Item& item, float scale, ImVec2 offset) {
  const float fit = fit_scale(zoom, item);
  const float before = zoom.fit ? fit : zoom.scale;
  scale = std::clamp(scale, std::min(fit, full_scale()), kFurthest * full_scale());
  zoom.x += offset.x / before - offset.x / scale;
  zoom.y += offset.y / before - offset.y / scale;
  zoom.scale = scale;
  zoom.fit = scale <= fit;
  keep_inside(zoom, item);
}

void toggle_fit(PictureZoom& zoom, const Item& item, ImVec2 offset) {
  if (zoom.fit) {
    zoom_to(zoom, item, full_scale(), offset);
  } else {
    zoom.fit = true;
  }
}

void mouse(Ui& ui, PictureZoom& zoom, const Area& area, const Item& item) {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 offset = io.MousePos - area.rect.GetCenter();
  const float scale = shown_scale(ui.views, item);
  if (area.hovered && io.MouseWheel != 0) zoom_to(zoom, item, scale * std::pow(kStep, io.MouseWheel), offset);
  if (area.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) toggle_fit(zoom, item, offset);
  if (area.held && !zoom.fit) {
    zoom.x -= io.MouseDelta.x / scale;
    zoom.y -= io.MouseDelta.y / scale;
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  }
}

void keyboard(Ui& ui, PictureZoom& zoom, const Item& item) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ui.covered() || !ui.state.session.draft.field.empty() || io.KeyCtrl || io.KeyAlt || io.KeySuper) return;
  const float scale = shown_scale(ui.views, item);
  if (ImGui::IsKeyPressed(ImGuiKey_Z, false)) {
    if (io.KeyShift) {
      zoom.fit = true;
    } else {
      zoom_to(zoom, item, full_scale(), {0, 0});
    }
  }
  if (ImGui::IsKeyPressed(ImGuiKey_Equal) || ImGui::IsKeyPressed(ImGuiKey_KeypadAdd))
    zoom_to(zoom, item, scale * kStep, {0, 0});
  if (ImGui::IsKeyPressed(ImGuiKey_Minus) || ImGui::IsKeyPressed(ImGuiKey_KeypadSubtract))
    zoom_to(zoom, item, scale / kStep, {0, 0});
}

void draw_part(Ui& ui, const TextureRect& t, const ImRect& where) {
  ui.list().AddImage(ImTextureRef(t.texture), where.Min, where.Max, {t.u0, t.v0}, {t.u1, t.v1});
}

/// What is transparent lies on squares, as in any picture editor: black would pass for a part of the picture.
void draw_squares(Ui& ui, const ImRect& picture) {
  ImRect shown = picture;
  shown.ClipWith(ImRect(ui.list().GetClipRectMin(), ui.list().GetClipRectMax()));
  if (shown.GetWidth() <= 0 || shown.GetHeight() <= 0) return;
  const float side = ui.px(12);
  ui.list().AddRectFilled(shown.Min, shown.Max, IM_COL32(0xF4, 0xF4, 0xF4, 0xFF));
  const auto first_x = static_cast<int>((shown.Min.x - picture.Min.x) / side);
  const auto first_y = static_cast<int>((shown.Min.y - picture.Min.y) / side);
  for (int row = first_y; picture.Min.y + static_cast<float>(row) * side < shown.Max.y; ++row) {
    for (int column = first_x + ((first_x + row) & 1);
         picture.Min.x + static_cast<float>(column) * side < shown.Max.x; column += 2) {
      const ImVec2 at = picture.Min + ImVec2(static_cast<float>(column), static_cast<float>(row)) * side;
      ImRect square{at, at + ImVec2(side, side)};
      square.ClipWith(shown);
      ui.list().AddRectFilled(square.Min, square.Max, IM_COL32(0xCC, 0xCC, 0xCC, 0xFF));
    }
  }
}

/// The thumbnail at once, the sharp tiles over it as they come.
void draw_picture(Ui& ui, const Item& item, ImVec2 top_left, float scale) {
  const ImRect whole{
      top_left, top_left + ImVec2(static_cast<float>(item.width), static_cast<float>(item.height)) * scale};
  if (item.alpha) draw_squares(ui, whole);
  const FullPicture full = ui.pictures.full(item.id);
  if (!full.complete) {
    const auto thumbnail = ui.pictures.thumbnail(item.id);
    if (thumbnail) draw_part(ui, *thumbnail, whole);
    if (!thumbnail && full.tiles.empty()) draw_placeholder(ui, whole, 0);
  }
  for (const PictureTile& tile : full.tiles) {
    const ImVec2 min = top_left + ImVec2(static_cast<float>(tile.x), static_cast<float>(tile.y)) * scale;
    draw_part(
        ui, tile.texture,
        {min, min + ImVec2(static_cast<float>(tile.texture.width), static_cast<float>(tile.texture.height)) *
                        scale});
  }
}

}  // namespace

float shown_scale(const Views& views, const Item& item) {
  return views.zoom.fit ? fit_scale(views.zoom, item) : views.zoom.scale;
}

void picture_view(Ui& ui, const ImRect& rect, const Item& item) {
  PictureZoom& zoom = ui.views.zoom;
  if (zoom.item != item.id)
    zoom = {
        .item = item.id, .x = static_cast<float>(item.width) / 2, .y = static_cast<float>(item.height) / 2};
  zoom.view_w = rect.GetWidth();
  zoom.view_h = rect.GetHeight();

  const Area area =
      area_at(ui, ImGui::GetID("picture"), rect,
              {.tab_stop = false, .flags = ImGuiButtonFlags_NoNavFocus, .cursor = ImGuiMouseCursor_Arrow});
  Node& node = describe(ui, area, "img", item.name);
  const std::string& caption = caption_text(item);
  node.description = caption.empty() ? "No caption" : caption;
  mouse(ui, zoom, area, item);
  keyboard(ui, zoom, item);
  keep_inside(zoom, item);

  const float scale = shown_scale(ui.views, item);
  const ImVec2 top_left = rect.GetCenter() - ImVec2(zoom.x, zoom.y) * scale;
  ui.list().PushClipRect(rect.Min, rect.Max, true);
  draw_picture(ui, item, top_left, scale);
  ui.list().PopClipRect();
}

void zoom_buttons(Ui& ui, const Item& item) {
  PictureZoom& zoom = ui.views.zoom;
  const float scale = shown_scale(ui.views, item);
  using Kind = ButtonLook::Kind;
  if (icon_button(ui, "zoom out", "Zoom out", {.kind = Kind::Quiet, .icon = icon::kZoomOut, .keys = "-"}))
    zoom_to(zoom, item, scale / kStep, {0, 0});
  ImGui::SameLine(0, ui.px(2));
  const std::string percent = std::to_string(static_cast<int>(scale / full_scale() * 100 + 0.5F)) + " %";
  if (button(ui, "zoom", percent,
             {.kind = Kind::Quiet, .tip = "Show at 100 %", .keys = "Z", .width = ui.px(66)}))
    zoom_to(zoom, item, full_scale(), {0, 0});
  ImGui::SameLine(0, ui.px(2));
  if (icon_button(ui, "zoom in", "Zoom in", {.kind = Kind::Quiet, .icon = icon::kZoomIn, .keys = "+"}))
    zoom_to(zoom, item, scale * kStep, {0, 0});
  ImGui::SameLine(0, ui.px(2));
  if (icon_button(ui, "fit", "Fit into the window",
                  {.kind = Kind::Quiet, .icon = icon::kScan, .pressed_in = zoom.fit, .keys = "Shift+Z"}))
    zoom.fit = true;
}

}  // namespace vignette::ui
