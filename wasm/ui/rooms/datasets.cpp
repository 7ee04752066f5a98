#include <algorithm>
#include <cmath>

#include "wasm/app/commands.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/dataset_card.hpp"
#include "wasm/ui/rooms/rooms.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"

// The start page: all datasets of this browser, newest first, and the ways to get another one.

namespace vignette::ui {
namespace {

using Kind = ButtonLook::Kind;

/// The list as it should look now: the open dataset's card has today's numbers, not those of its last visit.
std::vector<DatasetCard> cards_to_show(const Ui& ui, bool trashed) {
  const Storage& storage = ui.state.storage;
  std::vector<DatasetCard> cards;
  bool open_listed = false;
  for (DatasetCard card : storage.datasets) {
    if (card.trashed != trashed) continue;
    if (card.id == storage.dataset) {
      open_listed = true;
      const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
      card.name = ui.state.document().name;
      card.items = counts.items;
      card.captioned = counts.captioned;
      card.bytes = counts.bytes;
    }
    cards.push_back(std::move(card));
  }
  if (!open_listed && !trashed && storage.open) {
    const Derived::Counts& counts = ui.views.derived.counts(ui.state.document());
    cards.insert(cards.begin(), {storage.dataset,
                                 ui.state.document().name,
                                 counts.items,
                                 counts.captioned,
                                 counts.bytes,
                                 ui.state.now,
                                 false,
                                 false,
                                 {}});
  }
  return cards;
}

void actions(Ui& ui) {
  struct Action {
    const char* id;
    const char* label;
    const char* icon;
    const char* command;
    Kind kind;
  };
  static constexpr Action kActions[] = {
      {"new", "New dataset…", icon::kPlus, "datasets.new", Kind::Primary},
      {"open project", "Open a project file…", icon::kFolderOpen, "project.open", Kind::Soft},
      {"save project", "Save as a project file", icon::kSave, "project.save", Kind::Soft},
  };
  for (const Action& action : kActions) {
    if (width_left() < button_width(ui, action.label, true)) ImGui::NewLine();
    const bool enabled = is_enabled(ui.state, action.command);
    const ButtonLook look{.kind = action.kind,
                          .icon = action.icon,
                          .disabled = !enabled,
                          .tip = enabled ? "" : "This browser stores no datasets for this page"};
    if (button(ui, action.id, action.label, look)) ui.run(action.command);
    ImGui::SameLine(0, ui.px(kGap));
  }
  ImGui::NewLine();
}

void cards(Ui& ui, const std::vector<DatasetCard>& all) {
  const float space = ui.px(14);
  const float width = width_left();
  const int columns = std::max(1, static_cast<int>((width + space) / (ui.px(250) + space)));
  const float card_w = (width - space * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const float card_h = dataset_card_height(ui, card_w);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
    const auto row = static_cast<float>(i / static_cast<std::size_t>(columns));
    const ImVec2 at = origin + ImVec2(column * (card_w + space), row * (card_h + space));
    dataset_card(ui, {at, at + ImVec2(card_w, card_h)}, all[i]);
  }
  const auto rows = static_cast<float>((all.size() + static_cast<std::size_t>(columns) - 1) /
                                       static_cast<std::size_t>(columns));
  ImGui::SetCursorScreenPos(origin);
  ImGui::Dummy({width, std::max(rows * (card_h + space) - space, 0.0F)});
}

void explain(Ui& ui) {
  const Card card(ui);
  heading(ui, "Where your work lives", 3);
  const Ink ink{kBody, ui.look.text2, false};
  if (!ui.state.storage.open) {
    paragraph(ui,
              ui.state.storage.opening
                  ? "The datasets of this browser are being looked up."
                  : "This browser stores nothing for this page, so what you do is only in "
                    "this tab. Export before you close it.",
              ink);
    return;
  }
  paragraph(
      ui,
      "Each dataset is stored in this browser: pictures, captions, and every step, so that undo works "
      "after a reload. Nothing is sent anywhere. To take one to another browser, or to keep a copy, save "
      "it as a project file: one file with everything in it.",
      ink);
}

}  // namespace

void datasets_room(Ui& ui, const Layout& layout) {
  const ImRect main = to_imrect(layout.main);
  const Panel panel("datasets", main, {.pad = ui.px(layout.width == Layout::Width::Phone ? 10 : 24)});
  heading(ui, "Your datasets", 1);
  gap(ui, 12);
  actions(ui);
  gap(ui, 16);
  const std::vector<DatasetCard> alive = cards_to_show(ui, false);
  {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Region list(ui, "list", "Datasets", {at, at + ImVec2(width_left(), 1)});
    cards(ui, alive);
  }
  if (const std::vector<DatasetCard> gone = cards_to_show(ui, true); !gone.empty()) {
    gap(ui, 24);
    heading(ui, "Deleted", 2);
    hint(ui, "They go for good when this tab is closed.");
    gap(ui, 10);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Region list(ui, "list", "Deleted datasets", {at, at + ImVec2(width_left(), 1)});
    cards(ui, gone);
  }
  gap(ui, 20);
  explain(ui);
}

}  // namespace vignette::ui
