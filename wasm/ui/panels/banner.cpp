#include <algorithm>
#include <optional>
#include <vector>

#include "wasm/app/commands.hpp"
#include "wasm/app/parts.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/panels/panels.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

struct Act {
  const char* label;
  const char* command;
};
struct Notice {
  std::string text;
  bool problem = true;
  bool may_go = true;  ///< it can be dismissed
  std::vector<Act> acts;
};

std::string sentences(const std::string& message, const std::string& hint) {
  return hint.empty() ? message : message + " " + hint;
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::optional<Notice> of_mode(const State& state) {
  const Storage& storage = state.storage;
  switch (storage.mode) {
    case StorageMode::ReadOnly:
      return Notice{
          sentences(storage.message.empty() ? "This dataset is open in another tab; here it can only be "
                                              "looked at."
                                            : storage.message,
                    storage.hint),
          true,
          false,
          {{"Take over editing", "storage.take-over"}}};
    case StorageMode::Memory:
      if (state.document().items.empty()) return std::nullopt;
      return Notice{
          sentences(storage.message, storage.hint), true, true, {{"Save a project file", "project.save"}}};
    case StorageMode::Damaged:
      return Notice{
          sentences(storage.message.empty() ? "The stored dataset was damaged; what could be read is here."
                                            : storage.message,
                    storage.hint),
          true,
          true,
          {{"Save the damaged file", "catalogue.save-damaged"}}};
    case StorageMode::Full:
    case StorageMode::Evicted: return Notice{sentences(storage.message, storage.hint), true, true, {}};
    case StorageMode::None:
    case StorageMode::Ready: return std::nullopt;
  }
  return std::nullopt;
}

/// The one that matters most; the next shows when it is gone.
std::vector<Notice> notices(const State& state) {
  const Storage& storage = state.storage;
  std::vector<Notice> all;
  if (storage.trouble && storage.mode != StorageMode::ReadOnly) {
    all.push_back({sentences(storage.trouble->message, storage.trouble->hint),
                   true,
                   false,
                   {{"Save again", "storage.retry"}, {"Save a project file", "project.save"}}});
  }
  if (auto notice = of_mode(state)) all.push_back(std::move(*notice));
  if (!storage.folders_waiting.empty()) {
    all.push_back({"The pictures lie in “" + joined(storage.folders_waiting, "”, “") +
                       "”. Browsers ask about that again after a reload.",
                   false,
                   true,
                   {{"Allow access", "folder.resume"}}});
  } else if (!storage.missing.empty()) {
    all.push_back(
        {"The files of " + counted(static_cast<std::int64_t>(storage.missing.size()), "picture", "pictures") +
             " can no longer be read: moved, deleted, or removed by the browser. Add them again and they "
             "take their old places.",
         true,
         true,
         {{"Select them", "items.select-missing"}, {"Add pictures…", "items.add"}}});
  }
  for (const StoredJob& job : storage.interrupted) {
    if (job.kind != "import" && job.kind != "export") continue;
    all.push_back({describe_interrupted(job),
                   false,
                   false,
                   {{"Continue", "jobs.continue"}, {"Forget it", "jobs.discard"}}});
  }
  if (!storage.notes.empty()) all.push_back({joined(storage.notes, " "), true, true, {}});
  return all;
}

bool is_dismissed(const Ui& ui, const Notice& notice) {
  return notice.may_go && ui.views.dismissed.count(notice.text) != 0;
}

}  // namespace

float banner(Ui& ui, const Rect& main) {
  const std::vector<Notice> all = notices(ui.state);
  const auto shown =
      std::find_if(all.begin(), all.end(), [&](const Notice& notice) { return !is_dismissed(ui, notice); });
  if (shown == all.end() || shown->text.empty()) return 0;
  const Notice& notice = *shown;

  const float pad = ui.px(12);
  const float side = ui.px(kControl);
  float acts_w = notice.may_go ? side : 0;
  for (const Act& act : notice.acts) acts_w += button_width(ui, act.label, false) + ui.px(kGap);
  const Ink ink{kBody, ui.look.text, false, kLeading};
  const float icon_w = ui.px(28);
  const bool below = main.w - acts_w - icon_w - pad * 2 < ui.px(260);
  const float text_w = main.w - pad * 2 - icon_w - (below ? 0 : acts_w);
  const float text_h = wrapped_height(ui, ink, notice.text, text_w);
  const float height =
      std::max(text_h, below ? 0.0F : side) + (below && acts_w > 0 ? side + ui.px(4) : 0) + ui.px(14);
  const ImRect rect{{main.x, main.y}, {main.x + main.w, main.y + height}};

  const Panel panel("banner", rect, {.fill = notice.problem ? ui.look.bg2 : ui.look.bg1, .scrolls = false});
  const Region region(ui, notice.problem ? "alert" : "status", notice.text, rect);
  const ImU32 color = notice.problem ? ui.look.warn : ui.look.accent;
  ui.list().AddRectFilled(rect.Min, {rect.Min.x + ui.px(3), rect.Max.y}, color);
  ui.list().AddLine({rect.Min.x, rect.Max.y - 0.5F}, {rect.Max.x, rect.Max.y - 0.5F}, ui.look.line);
  const float first_line = below ? rect.Min.y + ui.px(7) + line_height(ui, ink) / 2 : rect.GetCenter().y;
  draw_icon(ui, {rect.Min.x + pad + ui.px(8), first_line}, 17, color,
            notice.problem ? icon::kTriangleAlert : icon::kInfo);
  const float text_y = below ? rect.Min.y + ui.px(7) : rect.GetCenter().y - text_h / 2;
  draw_wrapped(
      ui, {{rect.Min.x + pad + icon_w, text_y}, {rect.Min.x + pad + icon_w + text_w, text_y + text_h + 2}},
      ink, notice.text);

  float x = rect.Max.x - pad - acts_w + ui.px(kGap) * 0.5F;
  const float y = below ? rect.Max.y - side - ui.px(7) : rect.GetCenter().y - side / 2;
  for (const Act& act : notice.acts) {
    const float width = button_width(ui, act.label, false);
    const bool main_act = &act == &notice.acts.front();
    if (button_at(ui, {{x, y}, {x + width, y + side}}, act.command, act.label,
                  {.kind = main_act ? ButtonLook::Kind::Primary : ButtonLook::Kind::Soft,
                   .disabled = !is_enabled(ui.state, act.command)}))
      ui.run(act.command);
    x += width + ui.px(kGap);
  }
  if (notice.may_go &&
      icon_button_at(ui, {{x, y}, {x + side, y + side}}, "dismiss banner", "Dismiss this message",
                     {.kind = ButtonLook::Kind::Quiet, .icon = icon::kX}))
    ui.views.dismissed.insert(notice.text);
  return height;
}

}  // namespace vignette::ui
