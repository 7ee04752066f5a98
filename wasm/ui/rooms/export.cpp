#include "wasm/ui/rooms/export.hpp"

#include <algorithm>

#include "shared/base/time.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/library.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

const Job* running_export(const State& state) {
  const auto job = std::find_if(state.jobs.begin(), state.jobs.end(), [](const Job& j) {
    return j.kind == JobKind::Export && j.state == JobState::Running;
  });
  return job == state.jobs.end() ? nullptr : &*job;
}

std::string why_not(const ExportPlan& plan, const ReplicateOptions& options) {
  const auto blocking = std::count_if(plan.problems.begin(), plan.problems.end(),
                                      [](const ExportProblem& p) { return p.blocking; });
  if (blocking > 0)
    return counted(blocking, "problem stops", "problems stop") + " the export; solve " +
           (blocking == 1 ? "it" : "them") + " or choose another option.";
  if (options.selected_only) return "No picture is selected. Select some, or export all.";
  return "No picture would be exported.";
}

/// The one thing to do in this room; its progress once it runs.
void action(Ui& ui, const ImRect& rect, const ExportPlan& plan) {
  const Panel panel("action", rect, {.fill = ui.look.bg1, .scrolls = false});
  ui.list().AddLine(rect.Min, {rect.Max.x, rect.Min.y}, ui.look.line);
  const float pad = ui.px(kPad);
  const ImRect inside{{rect.Min.x + pad, rect.GetCenter().y - ui.px(21)},
                      {rect.Max.x - pad, rect.GetCenter().y + ui.px(21)}};
  if (const Job* job = running_export(ui.state)) {
    const std::string words = number(job->done) + " of " + number(job->total);
    const float cancel_w = button_width(ui, "Cancel", false);
    const ImRect line{inside.Min, {inside.Max.x - cancel_w - pad, inside.GetCenter().y}};
    draw_text_in(ui, line, {kBody, ui.look.text, false}, "Writing " + plan.archive_name + ": " + words);
    const ImRect bar{{line.Min.x, line.Max.y + ui.px(6)}, {line.Max.x, line.Max.y + ui.px(12)}};
    const float fraction =
        job->total > 0 ? static_cast<float>(job->done) / static_cast<float>(job->total) : 0;
    progress_bar(ui, bar, "progress", job->label, fraction, words);
    if (button_at(
            ui, {{inside.Max.x - cancel_w, inside.Min.y + ui.px(4)}, {inside.Max.x, inside.Max.y - ui.px(4)}},
            "cancel", "Cancel")) {
      ui.emit(CancelJob{job->id});
    }
    return;
  }
  const bool possible = plan.can_start();
  const std::string label = "Export " +
                            counted(static_cast<std::int64_t>(plan.pairs.size()), "picture", "pictures") +
                            " (" + format_bytes(plan.bytes) + ")";
  const std::string reason = possible ? "" : why_not(plan, ui.state.session.export_options);
  const float width =
      std::min(std::max(button_width(ui, label, true) + ui.px(24), ui.px(260)), inside.GetWidth());
  const ButtonLook look{.kind = ButtonLook::Kind::Primary,
                        .icon = icon::kDownload,
                        .disabled = !possible,
                        .tip = reason,
                        .keys = "Ctrl+Shift+E"};
  const ImRect place{{inside.Max.x - width, inside.Min.y}, inside.Max};
  const ImRect beside{inside.Min, {place.Min.x - pad, inside.Max.y}};
  const std::string& note = possible ? plan.archive_name : reason;
  if (beside.GetWidth() > ui.px(120)) {
    describe(ui, ImGui::GetID("note"), beside, "status", note);
    const Ink ink{kSmall, possible ? ui.look.text3 : ui.look.warn, false};
    const float height = std::min(wrapped_height(ui, ink, note, beside.GetWidth()), beside.GetHeight());
    draw_wrapped(ui,
                 {{beside.Min.x, beside.GetCenter().y - height / 2},
                  {beside.Max.x, beside.GetCenter().y + height / 2 + 1}},
                 ink, note);
  }
  if (button_at(ui, place, "export", label, look)) ui.run("export");
}

}  // namespace

void export_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  if (ui.state.document().items.empty()) {
    empty_library(ui, main);
    return;
  }
  const ExportPlan& plan = ui.views.derived.plan(ui.state);
  const float footer = ui.px(72);
  const ImRect above{main.Min, {main.Max.x, main.Max.y - footer}};
  const float pad = ui.px(layout.width == Layout::Width::Phone ? 10 : 20);
  if (main.GetWidth() / ui.scale >= 860) {
    const float split = main.Min.x + std::min(ui.px(460), main.GetWidth() * 0.46F);
    {
      const Panel left("options", {above.Min, {split, above.Max.y}}, {.pad = pad});
      export_options(ui);
    }
    const Panel right("preview", {{split, above.Min.y}, above.Max}, {.pad = pad, .scrolls = false});
    export_problems(ui, plan);
    export_preview(ui, plan, std::max(ImGui::GetContentRegionAvail().y, ui.px(160)));
  } else {
    const Panel all("options", above, {.pad = pad});
    export_problems(ui, plan);
    export_options(ui);
    gap(ui, 12);
    export_preview(ui, plan, ui.px(360));
  }
  action(ui, {{main.Min.x, main.Max.y - footer}, main.Max}, plan);
}

}  // namespace vignette::ui
