#include "shared/base/time.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/author.hpp"
#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

const char* orientation_text(int orientation) {
  static constexpr const char* kTexts[] = {"upright",
                                           "mirrored",
                                           "turned by 180°",
                                           "flipped",
                                           "mirrored, turned left",
                                           "turned by 90° right",
                                           "mirrored, turned right",
                                           "turned by 90° left"};
  return orientation >= 1 && orientation <= 8 ? kTexts[orientation - 1] : "upright";
}

/// "2026-11-21 09:30" from ISO 8601; camera times have no zone worth showing.
std::string readable_time(TimeMs time) {
  std::string text = format_iso8601(time).substr(0, 16);
  if (text.size() == 16) text[10] = ' ';
  return text;
}

void row(Ui& ui, std::string_view label, const std::string& value) {
  const float label_w = ui.px(92);
  const Ink ink{kBody, ui.look.text, false, kLeading};
  const float value_w = std::max(width_left() - label_w, ui.px(40));
  const ImRect rect = take({width_left(), wrapped_height(ui, ink, value, value_w)});
  describe(ui, ImGui::GetID(label.data(), label.data() + label.size()), rect, "text",
           std::string(label) + ": " + value);
  draw_text_in(ui, {rect.Min, {rect.Min.x + label_w - ui.px(6), rect.Min.y + line_height(ui, ink)}},
               {kSmall, ui.look.text3, false}, label);
  draw_wrapped(ui, {{rect.Min.x + label_w, rect.Min.y}, rect.Max}, ink, value);
}

void captions(Ui& ui, const Item& item) {
  for (const auto& [set, caption] : item.captions) {
    if (caption.text.empty()) continue;
    if (set != kMainSet) field_label(ui, set);
    paragraph(ui, caption.text, {kBody, ui.look.text, false});
    author_badge(ui, caption);
  }
  if (!is_captioned(item)) hint(ui, "No caption yet.");
}

}  // namespace

void info_panel(Ui& ui, const ImRect& rect, const Item& item) {
  const Panel panel("info", rect, {.pad = ui.px(kPad), .fill = ui.look.bg1});
  const Region region(ui, "complementary", "About this picture", rect);
  ImGui::PushID(item.id.c_str());
  heading(ui, item.name);
  gap(ui, 10);
  if (item.path != item.name) row(ui, "Path", item.path);
  row(ui, "Size", number(item.width) + " × " + number(item.height));
  row(ui, "File", std::string(name_of(item.format)) + ", " + format_bytes(item.bytes));
  if (item.orientation > 1) row(ui, "Camera", orientation_text(item.orientation));
  if (item.taken) row(ui, "Taken", readable_time(*item.taken));
  if (item.animated) row(ui, "Moves", "animated; exports as it is");
  if (item.alpha) row(ui, "Alpha", "has transparency");
  for (const std::string& path : item.also_at) row(ui, "Also at", path);
  gap(ui, 14);
  heading(ui, "Caption", 3);
  captions(ui, item);
  gap(ui, 8);
  if (button(ui, "edit", "Edit the caption", {.icon = icon::kPencilLine, .keys = "E"}))
    ui.run("caption.edit");
  ImGui::PopID();
}

}  // namespace vignette::ui
