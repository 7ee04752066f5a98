#include "wasm/ui/icons.hpp"
#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

constexpr std::size_t kMostRows = 1000;

void rejection_row(Ui& ui, const Rejection& rejection) {
  const Ink path{kBody, ui.look.text, true};
  const Ink reason{kBody, ui.look.text2, false, kLeading};
  const std::string why = rejection.error.hint.empty() ? rejection.error.message
                                                       : rejection.error.message + " " + rejection.error.hint;
  const float indent = ui.px(28);
  const float width = std::max(width_left() - indent - ui.px(8), ui.px(40));
  const float path_h = wrapped_height(ui, path, rejection.path, width);
  const ImRect rect =
      take({width_left(), path_h + ui.px(2) + wrapped_height(ui, reason, why, width) + ui.px(8)});
  Node& node = describe(ui, ImGui::GetID(rejection.path.c_str()), rect, "listitem", rejection.path);
  node.description = why;
  if (node.offscreen) return;
  draw_icon(ui, {rect.Min.x + ui.px(9), rect.Min.y + ui.px(9)}, 16, ui.look.error, icon::kCircleAlert);
  draw_wrapped(ui, {{rect.Min.x + indent, rect.Min.y}, {rect.Min.x + indent + width, rect.Min.y + path_h}},
               path, rejection.path);
  draw_wrapped(
      ui, {{rect.Min.x + indent, rect.Min.y + path_h + ui.px(2)}, {rect.Min.x + indent + width, rect.Max.y}},
      reason, why);
}

}  // namespace

void rejections(Ui& ui) {
  const Job* job = ui.state.find_job(ui.state.session.dialog_job);
  const std::string title =
      job && !job->rejected.empty()
          ? counted(static_cast<std::int64_t>(job->rejected.size()), "file was", "files were") + " not added"
          : "What to know about this import";
  const DialogFrame dialog(ui, "rejections", title, {680, 560});
  const Panel panel("rejected", dialog.body(), {});
  const Region list(ui, "list", title, dialog.body());
  if (!job) {
    hint(ui, "This report is no longer kept.");
    return;
  }
  for (std::size_t i = 0; i < job->rejected.size() && i < kMostRows; ++i) rejection_row(ui, job->rejected[i]);
  if (job->rejected.size() > kMostRows)
    hint(ui, "and " + number(static_cast<std::int64_t>(job->rejected.size() - kMostRows)) + " more.");
  if (job->notes.empty()) return;
  gap(ui, 10);
  heading(ui, "Worth knowing", 3);
  for (const std::string& note : job->notes) paragraph(ui, note, {kBody, ui.look.text2, false});
}

}  // namespace vignette::ui
