#include <algorithm>

#include "wasm/app/commands.hpp"
#include "wasm/ui/bars/bars.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/tooltip.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

using Kind = ButtonLook::Kind;

/// Hands out rectangles from the right end of the bar.
struct FromRight {
  float x, y, height;
  ImRect take(float width, float gap) {
    const ImRect rect{{x - width, y}, {x, y + height}};
    x -= width + gap;
    return rect;
  }
};

std::string title_of(const Ui& ui, const char* command) {
  return title_now(ui.state, *find_command(command));
}

void command_button(Ui& ui, const ImRect& rect, const char* command, const char* icon,
                    std::string_view name) {
  const CommandInfo& info = *find_command(command);
  const std::string title = title_of(ui, command);
  const ButtonLook look{.kind = Kind::Quiet,
                        .icon = icon,
                        .disabled = !is_enabled(ui.state, command),
                        .tip = title,
                        .keys = info.keys};
  if (icon_button_at(ui, rect, command, name, look)) ui.run(command);
}

/// The job to show: the newest that runs, else the newest that has something to say.
const Job* job_to_show(const State& state) {
  const Job* found = nullptr;
  for (const Job& job : state.jobs) {
    if (job.state == JobState::Running) found = &job;
  }
  if (found) return found;
  for (const Job& job : state.jobs) {
    if (!job.rejected.empty() || !job.notes.empty()) found = &job;
  }
  return found;
}

void running_chip(Ui& ui, const ImRect& rect, const Job& job) {
  const int settled = job.done + job.failed;
  const std::string count = number(settled) + " of " + number(job.total);
  const float fraction = job.total > 0 ? static_cast<float>(settled) / static_cast<float>(job.total) : 0;
  ui.list().AddRectFilled(rect.Min, rect.Max, ui.look.bg2, ui.px(kRadius));
  const float pad = ui.px(10);
  const float side = rect.GetHeight();
  const ImRect words{{rect.Min.x + pad, rect.Min.y}, {rect.Max.x - side, rect.Max.y - ui.px(5)}};
  const Ink quiet{kSmall, ui.look.text2, false};
  const float count_w = text_width(ui, quiet, count) + ui.px(4);
  draw_text_in(ui, {words.Min, {words.Max.x - count_w - ui.px(6), words.Max.y}},
               {kSmall, ui.look.text, false}, job.label);
  draw_text_in(ui, {{std::max(words.Max.x - count_w, words.Min.x), words.Min.y}, words.Max}, quiet, count, 1);
  const ImRect bar{{rect.Min.x + pad, rect.Max.y - ui.px(7)}, {rect.Max.x - side, rect.Max.y - ui.px(4)}};
  progress_bar(ui, bar, "job", job.label, fraction, count);
  if (icon_button_at(ui, {{rect.Max.x - side, rect.Min.y}, rect.Max}, "cancel job", "Cancel: " + job.label,
                     {.kind = Kind::Quiet, .icon = icon::kX})) {
    ui.emit(CancelJob{job.id});
  }
}

void finished_chip(Ui& ui, const ImRect& rect, const Job& job) {
  const std::string text = job.rejected.empty()
                               ? counted(static_cast<int>(job.notes.size()), "note", "notes")
                               : number(static_cast<int>(job.rejected.size())) + " not added";
  const float side = rect.GetHeight();
  if (button_at(ui, {rect.Min, {rect.Max.x - side - ui.px(2), rect.Max.y}}, "report", text,
                {.kind = Kind::Soft,
                 .icon = job.rejected.empty() ? icon::kInfo : icon::kTriangleAlert,
                 .tip = "Show what was rejected, and why"})) {
    ui.emit(ShowRejections{job.id});
  }
  if (icon_button_at(ui, {{rect.Max.x - side, rect.Min.y}, rect.Max}, "dismiss job", "Dismiss this message",
                     {.kind = Kind::Quiet, .icon = icon::kX})) {
    ui.emit(DismissJob{job.id});
  }
}

/// The switch that makes sending impossible.
void connection_state(Ui& ui, const ImRect& rect, bool with_words) {
  const bool on = ui.state.captioning.local_only;
  const std::string_view tip = on ? "Nothing can be sent. Press to allow it again."
                                  : "Press to make sure that nothing is sent from this page.";
  const Area area = area_at(ui, ImGui::GetID("local only"), rect);
  Node& node = describe(ui, area, "switch", "Local only");
  node.checked = on ? 1 : 0;
  node.description = tip;
  if (area.pressed) ui.run("local-only");
  const ImU32 fill = on ? ui.look.selected : faded(ui.look.bg3, area.glow);
  ui.list().AddRectFilled(rect.Min, rect.Max, fill, ui.px(kRadius));
  const float x = with_words ? rect.Min.x + ui.px(14) : rect.GetCenter().x;
  draw_icon(ui, {x, rect.GetCenter().y}, 16, on ? ui.look.ok : ui.look.text3, icon::kShieldCheck);
  if (with_words) {
    draw_text_in(ui, {{x + ui.px(13), rect.Min.y}, rect.Max}, {kSmall, on ? ui.look.text : ui.look.text2, on},
                 "Local only");
  }
  focus_ring(ui, area, kRadius);
  tooltip(ui, area, tip);
}

void draw_mark(Ui& ui, ImVec2 center) {
  const float half = ui.px(12);
  ui.list().AddRectFilled(center - ImVec2(half, half), center + ImVec2(half, half), ui.look.accent_fill,
                          ui.px(7));
  ui.list().AddCircle(center, ui.px(6), ui.look.on_accent, 0, ui.px(2));
  ui.list().AddCircleFilled(center, ui.px(2), ui.look.on_accent);
}

/// The name of the dataset, and the way to the others.
void dataset_name(Ui& ui, const ImRect& space) {
  const std::string title = ui.state.document().name.empty() ? "Untitled" : ui.state.document().name;
  Node& heading = describe(ui, ImGui::GetID("name"), space, "heading", title);
  heading.level = 1;
  if (space.GetWidth() < ui.px(34)) return;
  const Ink ink{kBody, ui.look.text, true};
  const float chevron = ui.px(22);
  const float width = std::min(text_width(ui, ink, title) + ui.px(18) + chevron, space.GetWidth());
  const ImRect rect{space.Min, {space.Min.x + width, space.Max.y}};
  const Area area = area_at(ui, ImGui::GetID("datasets"), rect);
  Node& node = describe(ui, area, "button", "Dataset: " + title);
  node.description = "Go to your datasets";
  if (area.pressed) ui.run("room.datasets");
  if ((faded(ui.look.bg3, area.glow) >> 24) != 0)
    ui.list().AddRectFilled(rect.Min, rect.Max, faded(ui.look.bg3, area.glow), ui.px(kRadius));
  draw_text_in(ui, {{rect.Min.x + ui.px(8), rect.Min.y}, {rect.Max.x - chevron, rect.Max.y}}, ink, title);
  draw_icon(ui, {rect.Max.x - chevron / 2 - ui.px(1), rect.GetCenter().y}, 15, ui.look.text3,
            icon::kChevronDown);
  focus_ring(ui, area, kRadius);
  tooltip(ui, area, "Your datasets", find_command("room.datasets")->keys);
}

}  // namespace

void top_bar(Ui& ui, const Layout& layout) {
  const ImRect bar = to_imrect(layout.top);
  const Panel panel("top", bar, {.fill = ui.look.bg1, .scrolls = false});
  const Region region(ui, "banner", "Vignette", bar);
  ui.list().AddLine({bar.Min.x, bar.Max.y - 0.5F}, {bar.Max.x, bar.Max.y - 0.5F}, ui.look.line);

  using enum Layout::Width;
  const bool wide = layout.width == Wide;
  const float side = ui.px(kControl);
  const float gap = ui.px(2);
  FromRight right{bar.Max.x - ui.px(8), bar.GetCenter().y - side / 2, side};

  // The order on screen is from the left; the keyboard walks it that way too, so places are dealt first.
  const ImRect connection = right.take(wide ? ui.px(106) : side, gap);
  const ImRect theme = right.take(side, gap);
  const ImRect palette = right.take(wide ? ui.px(212) : side, wide ? ui.px(10) : gap);
  const ImRect redo = right.take(side, gap);
  const ImRect undo = right.take(side, ui.px(8));
  const Job* job = job_to_show(ui.state);
  const float room_left = right.x - bar.Min.x - ui.px(56);
  ImRect chip;
  if (job) chip = right.take(std::clamp(room_left * 0.7F, ui.px(118), ui.px(270)), ui.px(8));

  draw_mark(ui, {bar.Min.x + ui.px(28), bar.GetCenter().y});
  dataset_name(ui, {{bar.Min.x + ui.px(44), right.y}, {right.x, right.y + side}});

  if (job) job->state == JobState::Running ? running_chip(ui, chip, *job) : finished_chip(ui, chip, *job);
  command_button(ui, undo, "undo", icon::kUndo2, "Undo");
  command_button(ui, redo, "redo", icon::kRedo2, "Redo");
  if (wide) {
    if (button_at(ui, palette, "palette", "All commands",
                  {.icon = icon::kSearch, .keys = "Ctrl+K", .shows_keys = true}))
      ui.run("palette.open");
  } else if (icon_button_at(ui, palette, "palette", "All commands",
                            {.kind = Kind::Quiet, .icon = icon::kSearch, .keys = "Ctrl+K"})) {
    ui.run("palette.open");
  }
  command_button(ui, theme, "theme.toggle", ui.look.dark ? icon::kSun : icon::kMoon,
                 ui.look.dark ? "Use the light theme" : "Use the dark theme");
  connection_state(ui, connection, wide);
}

}  // namespace vignette::ui
