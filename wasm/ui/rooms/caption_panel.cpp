#include <algorithm>

#include "shared/base/utf8.hpp"
#include "wasm/app/parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/author.hpp"
#include "wasm/ui/rooms/caption.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/text_field.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

constexpr TimeMs kMomentMs = 60'000;

using Kind = ButtonLook::Kind;

void steps(Ui& ui, int position, int count) {
  const ButtonLook previous{
      .kind = Kind::Soft, .icon = icon::kChevronLeft, .disabled = position <= 0, .keys = "ArrowLeft"};
  if (icon_button(ui, "previous", "Previous picture", previous)) ui.run("item.previous");
  ImGui::SameLine(0, ui.px(4));
  const ButtonLook next{.kind = Kind::Soft,
                        .icon = icon::kChevronRight,
                        .disabled = position + 1 >= count,
                        .keys = "ArrowRight"};
  if (icon_button(ui, "next", "Next picture", next)) ui.run("item.next");
  ImGui::SameLine(0, ui.px(10));
  const std::string place = number(position + 1) + " of " + number(count);
  const Ink ink{kBody, ui.look.text2, false};
  const ImRect place_rect = take({text_width(ui, ink, place) + ui.px(4), ui.px(kControl)});
  describe(ui, ImGui::GetID("place"), place_rect, "status", place);
  draw_text_in(ui, place_rect, ink, place);

  const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
  const ButtonLook skip{.kind = Kind::Quiet,
                        .icon = icon::kSkipForward,
                        .disabled = counts.captioned == counts.items,
                        .tip = counts.captioned == counts.items ? "Every picture has a caption"
                                                                : "Next picture without a caption",
                        .keys = "U"};
  ImGui::SameLine(0, ui.px(8));
  const float width = button_width(ui, "Next uncaptioned", true);
  if (width_left() >= width) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + width_left() - width);
    if (button(ui, "next uncaptioned", "Next uncaptioned", skip)) ui.run("item.next-uncaptioned");
  } else if (icon_button(ui, "next uncaptioned", "Next uncaptioned", skip)) {
    ui.run("item.next-uncaptioned");
  }
}

/// What became of the words: "saved" only once they are on the disk.
std::string fate_of(const Ui& ui, const Item& item) {
  const Draft& draft = ui.state.session.draft;
  if (draft.field == "caption" && draft.item == item.id && draft.dirty) return "Typing…";
  const auto caption = item.captions.find(kMainSet);
  const bool recent = caption != item.captions.end() && caption->second.time > 0 &&
                      ui.state.now - caption->second.time < kMomentMs;
  if (!recent) return "";
  if (!is_durable(ui.state.storage)) return "Kept in this tab";
  return is_saved(ui.state) ? "Saved" : ui.state.storage.trouble ? "Not saved yet" : "Saving…";
}

void counters(Ui& ui, const Item& item, const std::string& text) {
  const std::string counts =
      counted(static_cast<std::int64_t>(count_characters(text)), "character", "characters") + "  ·  " +
      counted(static_cast<std::int64_t>(count_words(text)), "word", "words");
  const Ink ink{kSmall, ui.look.text3, false};
  const ImRect rect = take({width_left(), line_height(ui, ink) + ui.px(2)});
  const std::string fate = fate_of(ui, item);
  const float fate_w = fate.empty() ? 0 : text_width(ui, ink, fate) + ui.px(2);
  const ImRect left{rect.Min, {rect.Max.x - fate_w - ui.px(8), rect.Max.y}};
  describe(ui, ImGui::GetID("counts"), left, "text", counts);
  draw_text_in(ui, left, ink, counts);
  if (fate.empty()) return;
  const ImRect right{{rect.Max.x - fate_w, rect.Min.y}, rect.Max};
  describe(ui, ImGui::GetID("fate"), right, "status", fate);
  draw_text_in(ui, right, {kSmall, fate == "Typing…" ? ui.look.text3 : ui.look.ok, false}, fate, 1);
}

void overall(Ui& ui) {
  const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
  const std::string words = number(counts.captioned) + " of " + number(counts.items) + " captioned";
  const Ink ink{kSmall, ui.look.text2, false};
  const ImRect line = take({width_left(), line_height(ui, ink)});
  draw_text_in(ui, line, ink, words);
  const ImRect bar = take({width_left(), ui.px(6)});
  const float fraction =
      counts.items > 0 ? static_cast<float>(counts.captioned) / static_cast<float>(counts.items) : 0;
  progress_bar(ui, bar, "captioned", "Captioned", fraction, words);
}

}  // namespace

void caption_panel(Ui& ui, const ImRect& rect, const Item& item, int position) {
  const Panel panel("caption", rect, {.pad = ui.px(kPad), .fill = ui.look.bg1});
  const Region region(ui, "complementary", "Caption", rect);
  steps(ui, position, static_cast<int>(ui.state.document().items.size()));
  gap(ui, 12);

  const std::string& text = typed_text(ui, "caption", item.id, caption_text(item));
  const ImVec2 top = ImGui::GetCursorScreenPos();
  heading(ui, item.name, 3);
  if (const auto caption = item.captions.find(kMainSet);
      caption != item.captions.end() && !caption->second.text.empty()) {
    ImGui::SetCursorScreenPos({top.x, ImGui::GetCursorScreenPos().y});
    author_badge(ui, caption->second);
  }
  const float height = std::clamp(rect.GetHeight() * 0.32F, ui.px(84), ui.px(260));
  text_field(ui, {.field = "caption",
                  .label = "Caption of " + item.name,
                  .item = item.id,
                  .text = text,
                  .placeholder = "What is in the picture?",
                  .multiline = true,
                  .height = height});
  counters(ui, item, text);
  checks_card(ui, item, text);
  suggestion_card(ui, item);
  gap(ui, 14);
  overall(ui);
  gap(ui, 18);
  generate_card(ui);
  seen_card(ui, item);
  description_card(ui, item);
  gap(ui, 18);
  affix_card(ui);
}

}  // namespace vignette::ui
