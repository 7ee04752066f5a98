#include "wasm/ui/rooms/dataset_card.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "shared/base/time.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

constexpr int kColumns = 4;
constexpr int kRows = 2;
constexpr float kWords = 76;  // height of what is written under the mosaic

std::string args_with(const DatasetCard& card) {
  const nlohmann::json args = {{"id", card.id}, {"name", card.name}};
  return args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string counts_of(const DatasetCard& card) {
  if (card.items == 0) return "No pictures yet";
  return counted(card.items, "picture", "pictures") + " · " + number(card.captioned) + " captioned";
}

std::string details_of(const Ui& ui, const DatasetCard& card) {
  std::string text = when(card.changed, ui.state.now);
  if (card.bytes > 0) text += (text.empty() ? "" : " · ") + format_bytes(card.bytes);
  return text;
}

/// The pictures the open dataset has now; another one's were remembered when it was last changed.
std::vector<ItemId> covers_of(const Ui& ui, const DatasetCard& card) {
  constexpr auto most = static_cast<std::size_t>(kColumns * kRows);
  if (card.id != ui.state.storage.dataset)
    return {card.cover.begin(),
            card.cover.begin() + static_cast<std::ptrdiff_t>(std::min(card.cover.size(), most))};
  std::vector<ItemId> ids;
  const auto& items = ui.state.document().items;
  for (std::size_t i = 0; i < std::min(items.size(), most); ++i) ids.push_back(items[i]->id);
  return ids;
}

/// One large picture, two halves, or a mosaic of up to eight.
void mosaic(Ui& ui, const ImRect& box, const std::vector<ItemId>& covers) {
  ui.list().AddRectFilled(box.Min, box.Max, ui.look.bg2, ui.px(kRadius));
  if (covers.empty()) {
    draw_icon(ui, box.GetCenter(), 28, faded(ui.look.text3, 0.6F), icon::kImage);
    return;
  }
  const int count = static_cast<int>(covers.size());
  const int rows = count > 3 ? kRows : 1;
  const int columns = (count + rows - 1) / rows;
  const float space = ui.px(2);
  const float w = (box.GetWidth() - space * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float h = (box.GetHeight() - space * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  for (int i = 0; i < count; ++i) {
    const ImVec2 at = box.Min + ImVec2(static_cast<float>(i % columns) * (w + space),
                                       static_cast<float>(i / columns) * (h + space));
    draw_thumbnail_filling(ui, {at, at + ImVec2(w, h)}, covers[static_cast<std::size_t>(i)], 4);
  }
}

void tools(Ui& ui, const ImRect& rect, const DatasetCard& card) {
  const float side = ui.px(kControl);
  float x = rect.Max.x;
  const auto next = [&] {
    x -= side;
    return ImRect{{x, rect.Min.y}, {x + side, rect.Min.y + side}};
  };
  const auto tool = [&](const char* id, const std::string& name, const char* icon, const char* command) {
    if (icon_button_at(ui, next(), id, name, {.kind = ButtonLook::Kind::Quiet, .icon = icon}))
      ui.run(command, args_with(card));
  };
  if (card.trashed) {
    if (button_at(
            ui,
            {{rect.Max.x - button_width(ui, "Restore", true), rect.Min.y}, {rect.Max.x, rect.Min.y + side}},
            "restore", "Restore", {.icon = icon::kRotateCcw}))
      ui.run("datasets.restore", args_with(card));
    return;
  }
  tool("delete", "Delete " + card.name, icon::kTrash2, "datasets.delete");
  tool("duplicate", "Duplicate " + card.name, icon::kCopy, "datasets.duplicate");
  tool("rename", "Rename " + card.name, icon::kPencilLine, "datasets.ask-rename");
}

}  // namespace

float dataset_card_height(const Ui& ui, float width) { return width * 0.5F + ui.px(kWords + 14); }

void dataset_card(Ui& ui, const ImRect& rect, const DatasetCard& card) {
  ImGui::PushID(card.id.c_str());
  const bool open = card.id == ui.state.storage.dataset;
  const Area area = area_at(ui, ImGui::GetID("card"), rect,
                            {.disabled = card.trashed, .flags = ImGuiButtonFlags_AllowOverlap});
  Node& node = describe(ui, area, "button", card.name.empty() ? "Untitled" : card.name);
  node.description = counts_of(card) + ". " + details_of(ui, card);
  node.selected = open;
  if (area.pressed) ui.run("datasets.open", args_with(card));
  if (area.visible) {
    ui.list().AddRectFilled(rect.Min, rect.Max, mix(ui.look.bg1, ui.look.bg3, area.glow * 0.5F),
                            ui.px(kRadiusCard));
    if (open) ui.list().AddRect(rect.Min, rect.Max, ui.look.accent, ui.px(kRadiusCard), 0, ui.px(1.5F));
  }
  const float pad = ui.px(10);
  const ImRect inside{rect.Min + ImVec2(pad, pad), rect.Max - ImVec2(pad, pad)};
  const ImRect words{{inside.Min.x, inside.Max.y - ui.px(kWords - 10)}, inside.Max};
  const float tools_w = card.trashed ? button_width(ui, "Restore", true) : ui.px(kControl * 3);
  if (area.visible) {
    mosaic(ui, {inside.Min, {inside.Max.x, words.Min.y - ui.px(8)}}, covers_of(ui, card));
    if (open || card.open_elsewhere) {
      badge_at(ui, inside.Min + ImVec2(ui.px(6), ui.px(6)), open ? "Open" : "Open in another tab",
               open ? icon::kCheck : icon::kLock, ui.look.badge, ui.look.on_badge);
    }
    const float line = ui.px(22);
    draw_text_in(ui, {words.Min, {words.Max.x, words.Min.y + line}}, {kBody, ui.look.text, true},
                 card.name.empty() ? "Untitled" : card.name);
    const ImRect second{{words.Min.x, words.Min.y + line}, {words.Max.x - tools_w, words.Min.y + line * 2}};
    draw_text_in(ui, second, {kSmall, ui.look.text2, false}, counts_of(card));
    draw_text_in(ui, {{words.Min.x, second.Max.y}, {second.Max.x, words.Max.y}},
                 {kSmall, ui.look.text3, false}, details_of(ui, card));
  }
  focus_ring(ui, area, kRadiusCard);
  tools(ui, {{words.Max.x - tools_w, words.Max.y - ui.px(kControl)}, words.Max}, card);
  ImGui::PopID();
}

}  // namespace vignette::ui
