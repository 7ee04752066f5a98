#include <algorithm>

#include "shared/base/time.hpp"
#include "wasm/app/commands.hpp"
#include "wasm/app/parts.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/settings_cards.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/words.hpp"

// What the browser keeps for this page, and the ways to take it elsewhere.

namespace vignette::ui {
namespace {

std::string where_it_is(const State& state) {
  const Storage& storage = state.storage;
  if (is_durable(storage)) return "This dataset is stored in this browser. Nothing is sent anywhere.";
  if (storage.mode == StorageMode::ReadOnly) return "This dataset is stored by another tab of this browser.";
  if (storage.message.empty()) return "This dataset is only in this tab.";
  return storage.message + " " + storage.hint;
}

void usage_row(Ui& ui, const UsageRow& row) {
  const std::uint64_t sum = row.catalogue + row.pictures + row.thumbnails;
  const std::string name = row.name.empty() ? "Untitled" : row.name;
  const std::string details = "pictures " + format_bytes(row.pictures) + ", captions and steps " +
                              format_bytes(row.catalogue) + ", thumbnails " + format_bytes(row.thumbnails);
  const Ink ink{kBody, ui.look.text, false};
  const Ink quiet{kSmall, ui.look.text3, false, kLeading};
  const float size_w = ui.px(90);
  const float text_w = std::max(width_left() - size_w, ui.px(60));
  const float details_h = wrapped_height(ui, quiet, details, text_w);
  const ImRect rect = take({width_left(), ui.px(22) + details_h + ui.px(4)});
  Node& node = describe(ui, ImGui::GetID(row.id.c_str()), rect, "listitem", name + ": " + format_bytes(sum));
  node.description = details;
  draw_text_in(ui, {rect.Min, {rect.Min.x + text_w, rect.Min.y + ui.px(22)}}, ink, name);
  draw_text_in(ui, {{rect.Max.x - size_w, rect.Min.y}, {rect.Max.x, rect.Min.y + ui.px(22)}}, ink,
               format_bytes(sum), 1);
  draw_wrapped(ui, {{rect.Min.x, rect.Min.y + ui.px(22)}, {rect.Min.x + text_w, rect.Max.y}}, quiet, details);
}

void usage(Ui& ui) {
  const auto& use = ui.state.storage.use;
  if (!use) {
    if (button(ui, "usage", "Show what takes how much", {.icon = icon::kHardDrive})) ui.run("storage.usage");
    return;
  }
  const std::string total = format_bytes(use->usage) + " of " + format_bytes(use->quota) + " used";
  field_label(ui, total);
  const float fraction =
      use->quota > 0 ? static_cast<float>(static_cast<double>(use->usage) / static_cast<double>(use->quota))
                     : 0;
  progress_bar(ui, take({width_left(), ui.px(6)}), "used", "Storage used", fraction, total);
  gap(ui, 8);
  for (const UsageRow& row : use->datasets) usage_row(ui, row);
  hint(ui, use->persisted ? "The browser has promised not to remove it by itself."
                          : "The browser may remove it when the disk gets full.");
  if (!use->persisted && button(ui, "persist", "Ask the browser to keep it", {.icon = icon::kShieldCheck}))
    ui.run("storage.persist");
}

/// A button that goes to the next line when the row is full.
void act(Ui& ui, const char* command, const char* label, const char* icon) {
  if (width_left() < button_width(ui, label, true)) ImGui::NewLine();
  if (button(ui, command, label, {.icon = icon, .disabled = !is_enabled(ui.state, command)})) ui.run(command);
  ImGui::SameLine(0, ui.px(kGap));
}

}  // namespace

void storage_card(Ui& ui) {
  const Card card(ui);
  const Storage& storage = ui.state.storage;
  heading(ui, "Storage", 2);
  gap(ui, 6);
  paragraph(ui, where_it_is(ui.state), {kBody, ui.look.text2, false});
  gap(ui, 10);
  if (storage.started) {
    usage(ui);
    gap(ui, 12);
  }
  field_label(ui, "Take it with you");
  act(ui, "project.save", "Save a project file", icon::kSave);
  act(ui, "project.open", "Open a project file…", icon::kFolderOpen);
  act(ui, "catalogue.save", "Save the catalogue", icon::kDatabase);
  ImGui::NewLine();
  hint(ui,
       "A project file has everything: pictures, captions, steps. The catalogue is the SQLite database "
       "alone, for "
       "other programs.");
  gap(ui, 12);
  field_label(ui, "Captions next to the pictures");
  if (storage.folder.empty()) {
    act(ui, "folder.link", "Choose the folder of the pictures…", icon::kFolderOpen);
    ImGui::NewLine();
    hint(ui,
         "Each caption is then also a text file beside its picture. Changes that other programs make there "
         "come back "
         "here, and no text is ever lost: both are kept in the caption's history.");
  } else {
    paragraph(ui, "Captions are kept as text files in “" + storage.folder + "”.",
              {kBody, ui.look.text2, false});
    act(ui, "folder.unlink", "Stop that", icon::kX);
    ImGui::NewLine();
  }
}

}  // namespace vignette::ui
