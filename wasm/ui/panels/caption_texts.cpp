#include "wasm/ui/panels/caption_texts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/author.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

/// A caption that was edited all day has hundreds of texts; who looks further back asks a script.
constexpr std::size_t kMost = 100;

void entry(Ui& ui, const Item& item, const Caption& caption, std::size_t index) {
  ImGui::PushID(static_cast<int>(index));
  const bool current = caption_text(item) == caption.text;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string name = "Text " + number(static_cast<std::int64_t>(index) + 1);
  const Region group(ui, "group", name + ", " + when(caption.time, ui.state.now),
                     {at, at + ImVec2(width_left(), ui.px(60))});
  author_badge(ui, caption);
  if (const std::string time = when(caption.time, ui.state.now); !time.empty()) {
    ImGui::SameLine(0, ui.px(6));
    const Ink ink{kSmall, ui.look.text3, false};
    const ImRect rect = take({width_left(), ui.px(22)});
    describe(ui, ImGui::GetID("time"), rect, "text", time);
    draw_text_in(ui, {rect.Min, {rect.Max.x, rect.Min.y + ui.px(20)}}, ink, time);
  }
  paragraph(ui, caption.text.empty() ? "(no text)" : caption.text, {kBody, ui.look.text, false});
  if (current) {
    hint(ui, "This is the caption now.");
  } else if (button(ui, "restore", "Restore this text",
                    {.kind = ButtonLook::Kind::Soft, .icon = icon::kRotateCcw})) {
    const nlohmann::json args = {{"item", item.id}, {"index", index}};
    ui.run("caption.restore", args.dump());
  }
  gap(ui, 14);
  ImGui::PopID();
}

}  // namespace

void caption_texts(Ui& ui, const ImRect& rect, const Item& item) {
  const Panel panel("texts", rect, {.pad = ui.px(12)});
  ImGui::PushID(item.id.c_str());
  heading(ui, "Texts of " + item.name, 3);
  gap(ui, 8);
  const CaptionHistory& history = ui.state.storage.captions;
  const bool known = history.item == item.id && history.loaded;
  if (!known) {
    hint(ui, "Reading…");
  } else if (history.entries.empty()) {
    hint(ui, "This picture never had a caption. What you write is kept here, each version of it.");
  } else {
    const std::size_t count = std::min(history.entries.size(), kMost);
    for (std::size_t i = 0; i < count; ++i) entry(ui, item, history.entries[i], i);
    if (history.entries.size() > count)
      hint(ui, "and " + number(static_cast<std::int64_t>(history.entries.size() - count)) + " older ones.");
  }
  ImGui::PopID();
}

}  // namespace vignette::ui
