#include <algorithm>

#include "shared/base/time.hpp"
#include "shared/base/utf8.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/export.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"
#include "wasm/ui/widgets/thumbnail.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

constexpr std::size_t kMostProblems = 4;
constexpr float kRow = 60;

void problem_row(Ui& ui, const ExportProblem& problem) {
  const Ink ink{kBody, ui.look.text, false, kLeading};
  const float indent = ui.px(26);
  const float width = std::max(width_left() - indent, ui.px(40));
  const ImRect rect = take({width_left(), wrapped_height(ui, ink, problem.text, width)});
  describe(ui, ImGui::GetID(problem.text.c_str()), rect, "listitem", problem.text);
  const char* icon = problem.blocking ? icon::kCircleAlert : icon::kInfo;
  draw_icon(ui, {rect.Min.x + ui.px(9), rect.Min.y + line_height(ui, ink) / 2}, 16,
            problem.blocking ? ui.look.error : ui.look.warn, icon);
  draw_wrapped(ui, {{rect.Min.x + indent, rect.Min.y}, rect.Max}, ink, problem.text);
}

void draw_pair(Ui& ui, const ExportPair& pair, const ImRect& rect, int index, int count,
               std::string_view empty_words) {
  Node& node = describe(ui, ImGui::GetID(index), rect, "listitem", pair.picture_path);
  node.description = pair.text_path.empty() ? "no text file" : pair.text_path + ": " + pair.text;
  node.position = index + 1;
  node.set_size = count;
  const float side = rect.GetHeight() - ui.px(12);
  const ImRect picture{{rect.Min.x, rect.Min.y + ui.px(6)},
                       {rect.Min.x + side, rect.Min.y + ui.px(6) + side}};
  draw_thumbnail(ui, picture, pair.item, 6);
  const float left = picture.Max.x + ui.px(12);
  const float middle = rect.GetCenter().y;
  draw_text_in(ui, {{left, rect.Min.y + ui.px(7)}, {rect.Max.x, middle + ui.px(1)}},
               {kBody, ui.look.text, false}, pair.picture_path);
  // An empty text file holds one line feed.
  const bool no_words = trim(pair.text).empty();
  const std::string_view words = pair.text_path.empty() ? "no text file"
                                 : no_words             ? empty_words
                                                        : std::string_view(pair.text);
  draw_text_in(ui, {{left, middle + ui.px(1)}, {rect.Max.x, rect.Max.y - ui.px(7)}},
               {kSmall, no_words ? ui.look.warn : ui.look.text2, false}, words);
}

}  // namespace

void export_problems(Ui& ui, const ExportPlan& plan) {
  if (plan.problems.empty()) return;
  {
    const Card card(ui);
    const auto blocking = std::count_if(plan.problems.begin(), plan.problems.end(),
                                        [](const ExportProblem& p) { return p.blocking; });
    heading(ui,
            blocking > 0 ? counted(blocking, "thing stops", "things stop") + " the export" : "Worth knowing",
            2);
    std::size_t shown = 0;
    for (const bool want_blocking : {true, false}) {
      for (const ExportProblem& problem : plan.problems) {
        if (problem.blocking == want_blocking && shown < kMostProblems) {
          problem_row(ui, problem);
          ++shown;
        }
      }
    }
    if (plan.problems.size() > shown)
      hint(ui,
           "and " + number(static_cast<std::int64_t>(plan.problems.size() - shown)) + " more like these.");
    const auto first = std::find_if(plan.problems.begin(), plan.problems.end(),
                                    [](const ExportProblem& p) { return p.blocking && !p.item.empty(); });
    if (first != plan.problems.end() &&
        button(ui, "solve", "Go to the first one", {.icon = icon::kPencilLine})) {
      ui.emit(ClickItem{first->item, false, false});
      ui.run("room.caption");
    }
  }
  gap(ui, 12);
}

void export_preview(Ui& ui, const ExportPlan& plan, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImRect box{at, at + ImVec2(width_left(), height)};
  ui.list().AddRectFilled(box.Min, box.Max, ui.look.bg1, ui.px(kRadiusCard));
  const float pad = ui.px(kPad);
  const ImRect head{{box.Min.x + pad, box.Min.y + ui.px(6)}, {box.Max.x - pad, box.Min.y + ui.px(46)}};
  Node& title = describe(ui, ImGui::GetID("archive"), head, "heading", plan.archive_name);
  title.level = 2;
  draw_text_in(ui, head, {kBody, ui.look.text, true}, plan.archive_name);
  const std::string total = counted(static_cast<std::int64_t>(plan.pairs.size()), "picture", "pictures") +
                            ", " + format_bytes(plan.bytes) +
                            (plan.skipped > 0 ? ", " + number(plan.skipped) + " left out" : "");
  const Ink quiet{kSmall, ui.look.text3, false};
  const float name_w = text_width(ui, {kBody, 0, true}, plan.archive_name) + ui.px(12);
  if (head.GetWidth() - name_w > ui.px(60))
    draw_text_in(ui, {{head.Min.x + name_w, head.Min.y}, head.Max}, quiet, total, 1);

  const ImRect list{{head.Min.x, head.Max.y}, {box.Max.x - ui.px(4), box.Max.y - ui.px(8)}};
  {
    const Panel panel("files", list, {});
    const Region region(ui, "list", "Files in the ZIP", list);
    const float pitch = ui.px(kRow);
    const bool empty_files = ui.state.session.export_options.missing == MissingCaption::WriteEmpty;
    const std::string_view empty_words = empty_files ? "an empty text file" : "no caption yet";
    const int count = static_cast<int>(plan.pairs.size());
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const int first = std::clamp(static_cast<int>(ImGui::GetScrollY() / pitch), 0, count);
    const int last =
        std::clamp(static_cast<int>((ImGui::GetScrollY() + list.GetHeight()) / pitch) + 1, first, count);
    const float width = list.GetWidth() - ImGui::GetStyle().ScrollbarSize;
    for (int i = first; i < last; ++i) {
      const ImVec2 top = origin + ImVec2(0, static_cast<float>(i) * pitch);
      draw_pair(ui, plan.pairs[static_cast<std::size_t>(i)], {top, top + ImVec2(width, pitch)}, i, count,
                empty_words);
    }
    ImGui::Dummy({1, static_cast<float>(count) * pitch});
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy(box.GetSize());
}

}  // namespace vignette::ui
