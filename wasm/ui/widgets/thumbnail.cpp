#include "wasm/ui/widgets/thumbnail.hpp"

#include <algorithm>

#include "wasm/ui/fade.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"

namespace vignette::ui {
namespace {
constexpr double kPulseSeconds = 6;
}

ImRect contained(const ImRect& box, int width, int height) {
  if (width <= 0 || height <= 0) return box;
  const float scale =
      std::min(box.GetWidth() / static_cast<float>(width), box.GetHeight() / static_cast<float>(height));
  const ImVec2 half{static_cast<float>(width) * scale / 2, static_cast<float>(height) * scale / 2};
  return {box.GetCenter() - half, box.GetCenter() + half};
}

void draw_thumbnail(Ui& ui, const ImRect& box, const ItemId& item, float radius) {
  const auto picture = ui.pictures.thumbnail(item);
  if (!picture) {
    draw_placeholder(ui, box, radius);
    return;
  }
  const ImRect where = contained(box, picture->width, picture->height);
  ui.list().AddImageRounded(ImTextureRef(picture->texture), where.Min, where.Max, {picture->u0, picture->v0},
                            {picture->u1, picture->v1}, 0xFFFFFFFF, ui.px(radius));
}

void draw_thumbnail_filling(Ui& ui, const ImRect& box, const ItemId& item, float radius) {
  const auto picture = ui.pictures.thumbnail(item);
  if (!picture) {
    draw_placeholder(ui, box, radius);
    return;
  }
  const float wanted = box.GetWidth() / std::max(box.GetHeight(), 1.0F);
  const float has =
      static_cast<float>(std::max(picture->width, 1)) / static_cast<float>(std::max(picture->height, 1));
  const float cut_u = has > wanted ? (picture->u1 - picture->u0) * (1 - wanted / has) / 2 : 0;
  const float cut_v = has < wanted ? (picture->v1 - picture->v0) * (1 - has / wanted) / 2 : 0;
  ui.list().AddImageRounded(ImTextureRef(picture->texture), box.Min, box.Max,
                            {picture->u0 + cut_u, picture->v0 + cut_v},
                            {picture->u1 - cut_u, picture->v1 - cut_v}, 0xFFFFFFFF, ui.px(radius));
}

void draw_placeholder(Ui& ui, const ImRect& box, float radius) {
  Views& views = ui.views;
  ++views.missing_now;
  const bool pulsing = ImGui::GetTime() - views.missing_since < kPulseSeconds;
  const float light = pulsing ? pulse(ui) : 0.3F;
  ui.list().AddRectFilled(box.Min, box.Max, mix(ui.look.bg2, ui.look.bg3, light), ui.px(radius));
  const float size = std::min(box.GetWidth() / ui.scale * 0.3F, 28.0F);
  draw_icon(ui, box.GetCenter(), size, faded(ui.look.text3, 0.5F), icon::kImage);
}

void finish_placeholders(Ui& ui) {
  Views& views = ui.views;
  if (views.missing_now != views.missing_thumbnails) views.missing_since = ImGui::GetTime();
  views.missing_thumbnails = views.missing_now;
  views.missing_now = 0;
}

}  // namespace vignette::ui
