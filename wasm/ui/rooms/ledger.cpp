#include <algorithm>

#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"
#include "wasm/ui/words.hpp"

// Everything that left this machine, the latest first.

namespace vignette::ui {
namespace {

constexpr float kRow = 62;

std::string totals_of(const std::vector<LedgerRow>& rows) {
  std::uint64_t bytes = 0;
  std::int64_t pictures = 0;
  std::int64_t tokens = 0;
  provider::MicroUsd cost = 0;
  for (const LedgerRow& row : rows) {
    bytes += row.bytes;
    pictures += row.copy ? 1 : 0;
    tokens += row.input_tokens + row.output_tokens;
    cost += row.cost_micro_usd.value_or(0);
  }
  std::string text = counted(static_cast<std::int64_t>(rows.size()), "request", "requests") + ", " +
                     format_bytes(bytes) + ", " +
                     counted(pictures, "copy of a picture", "copies of pictures");
  if (tokens > 0) text += ", " + number(tokens) + " tokens";
  if (cost > 0) text += ", " + caption::money_words(cost);
  return text + ".";
}

void draw_row(Ui& ui, const LedgerRow& row, int at) {
  const ImRect rect = take({width_left(), ui.px(kRow)});
  const Item* item = ui.state.document().find(row.note.item);
  const std::string first = row.note.what + (item ? ": " + item->name : "");
  std::string second = format_iso8601(row.time) + "  ·  " + row.note.provider;
  if (!row.note.model.empty()) second += "  ·  " + row.note.model;
  std::string third = format_bytes(row.bytes);
  if (row.copy) {
    third += ", picture " + std::to_string(row.copy->width) + "×" + std::to_string(row.copy->height) +
             " in " + format_bytes(row.copy->bytes);
  }
  if (row.cost_micro_usd) third += ", " + caption::money_words(*row.cost_micro_usd);
  Node& node = describe(ui, ImGui::GetID(at), rect, "listitem", first);
  node.description = second + ", " + third;
  if (!ImGui::IsRectVisible(rect.Min, rect.Max)) return;
  const float side = ui.px(kRow - 10);
  if (item) draw_thumbnail(ui, {rect.Min, rect.Min + ImVec2(side, side)}, row.note.item, kRadius);
  const float left = rect.Min.x + side + ui.px(10);
  const auto line = [&](float y, const Ink& ink, const std::string& text) {
    draw_text_in(ui, {{left, rect.Min.y + ui.px(y)}, {rect.Max.x, rect.Min.y + ui.px(y + 18)}}, ink, text);
  };
  line(0, {kBody, ui.look.text, false}, first);
  line(18, {kSmall, ui.look.text2, false}, second);
  line(35, {kSmall, ui.look.text3, false}, third);
}

}  // namespace

void ledger_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  const Panel panel("ledger", main, {.pad = ui.px(layout.width == Layout::Width::Phone ? 10 : 24)});
  const auto& rows = ui.state.captioning.ledger;
  heading(ui, "What left this machine", 1);
  paragraph(ui,
            rows.empty() ? "Nothing. Every request will have a row here, with what it held and where it went."
                         : totals_of(rows),
            {kBody, ui.look.text2, false, kLeading});
  gap(ui, 8);
  if (button(ui, "csv", "Save as a table", {.icon = icon::kDownload, .disabled = rows.empty()}))
    ui.run("ledger.export");
  gap(ui, 12);
  // Thousands of rows: only those near the screen are made.
  const auto count = static_cast<int>(rows.size());
  ImGuiListClipper clipper;
  clipper.Begin(count, ui.px(kRow) + ImGui::GetStyle().ItemSpacing.y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(ui, rows[static_cast<std::size_t>(count - 1 - i)], i);
  }
}

}  // namespace vignette::ui
