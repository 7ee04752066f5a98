#include <nlohmann/json.hpp>

#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/words.hpp"

// How a run goes, and what failed.

namespace vignette::ui {
namespace {

constexpr std::size_t kMostFailedRows = 30;
constexpr std::size_t kMostAtWork = 8;

std::string job_args(const Run& run) { return "{\"job\":" + std::to_string(run.job) + "}"; }

std::string numbers_of(const Run& run) {
  const caption::Counts counts = run.pacer.counts();
  std::string text = number(counts.done) + " done";
  if (counts.failed > 0) text += ", " + number(counts.failed) + " failed";
  text += ", " + number(counts.left()) + " left";
  if (const auto rate = rate_of(run))
    text += "  ·  " + number(static_cast<std::int64_t>(*rate + 0.5)) + " a minute";
  if (const auto eta = eta_ms(run); eta && counts.left() > 0) text += "  ·  " + caption::duration_words(*eta);
  return text;
}

void at_work(Ui& ui, const Run& run) {
  std::size_t shown = 0;
  for (const RunTask& task : run.tasks) {
    const bool waits = task.state == TaskState::Waiting;
    if ((task.state != TaskState::Running && !waits) || ++shown > kMostAtWork) continue;
    const Item* item = ui.state.document().find(task.item);
    const std::string text = waits ? task.reason : task.text;
    if (!item) continue;
    const std::string line = item->name + (text.empty() ? " …" : ": " + text);
    paragraph(ui, line, {kSmall, waits ? ui.look.warn : ui.look.text2, false, kLeading});
  }
}

}  // namespace

void run_card(Ui& ui, const Run& run) {
  ImGui::PushID(static_cast<int>(run.job));
  const Job* job = ui.state.find_job(run.job);
  heading(ui, job ? job->label : "Generating", 3);
  const caption::Counts counts = run.pacer.counts();
  const auto total = static_cast<float>(run.tasks.size());
  const std::string words = numbers_of(run);
  const ImRect bar = take({width_left(), ui.px(6)});
  progress_bar(ui, bar, "run", "Generated",
               total > 0 ? static_cast<float>(counts.done + counts.failed) / total : 0, words);
  hint(ui, words);
  const std::string waits = waiting_reason(ui.state, run);
  if (!waits.empty()) {
    const bool stopped = !run.halted.empty();
    paragraph(ui, waits, {kSmall, stopped ? ui.look.error : ui.look.warn, false, kLeading});
  }
  at_work(ui, run);
  const bool paused = run.pacer.paused();
  if (button(ui, "pause", paused ? "Go on" : "Pause",
             {.kind = paused ? ButtonLook::Kind::Primary : ButtonLook::Kind::Soft}))
    ui.run(paused ? "caption.resume" : "caption.pause", job_args(run));
  ImGui::SameLine(0, ui.px(kGap));
  if (button(ui, "stop", "Stop", {.kind = ButtonLook::Kind::Quiet, .icon = icon::kX}))
    ui.run("caption.cancel", job_args(run));
  gap(ui, 10);
  ImGui::PopID();
}

void failed_list(Ui& ui) {
  const auto& failed = ui.state.captioning.failed;
  if (failed.empty()) return;
  const auto count = static_cast<std::int64_t>(failed.size());
  heading(ui, counted(count, "picture", "pictures") + " failed", 3);
  std::size_t shown = 0;
  for (const auto& item : ui.state.document().items) {
    const auto why = failed.find(item->id);
    if (why == failed.end()) continue;
    if (++shown > kMostFailedRows) break;
    ImGui::PushID(item->id.c_str());
    paragraph(ui, item->name + ": " + why->second.sentence, {kSmall, ui.look.error, false, kLeading});
    const nlohmann::json args = {{"items", {item->id}}};
    if (button(ui, "retry", "Retry", {.kind = ButtonLook::Kind::Quiet, .icon = icon::kRotateCcw}))
      ui.run("caption.retry", args.dump());
    ImGui::PopID();
  }
  if (button(ui, "retry all", "Retry all " + number(count), {.icon = icon::kRotateCcw, .width = -1}))
    ui.run("caption.retry");
  gap(ui, 10);
}

}  // namespace vignette::ui
