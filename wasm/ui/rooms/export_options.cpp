#include <algorithm>

#include "shared/formats/effective.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/export.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/text_field.hpp"

namespace vignette::ui {
namespace {

constexpr Option kMissing[] = {
    {"Stop", "The export waits until every picture has a caption."},
    {"Leave them out", "Pictures without a caption stay here."},
    {"Write an empty text file", "The trainer sees the picture without words."},
};
constexpr MissingCaption kMissingValues[] = {MissingCaption::Stop, MissingCaption::Skip,
                                             MissingCaption::WriteEmpty};

constexpr Option kFormats[] = {
    {"Replicate LoRA training ZIP", "One flat ZIP: every picture with a text file of the same name."},
    {"webdata.zip", "Captioned pictures and one label.json with all texts, as NVIDIA's captioner writes it."},
    {"WebDataset shards", "tar files with picture, JSON and text beside each other, for streaming readers."},
};

constexpr Option kNames[] = {
    {"Keep the names", "What the files are called now; equal names get _2, _3 …"},
    {"Number them", "context_0001, context_0002 …"},
};

/// What the trainer really learns from the shown picture's text file, which is seldom what the file says.
void effective(Ui& ui) {
  const ExportPlan& plan = ui.views.derived.plan(ui.state);
  const ItemId& focus = ui.state.session.selection.focus;
  const auto shown = std::find_if(plan.pairs.begin(), plan.pairs.end(),
                                  [&](const ExportPair& pair) { return pair.item == focus; });
  const auto pair = shown != plan.pairs.end() ? shown : plan.pairs.begin();
  if (pair == plan.pairs.end() || pair->text_path.empty()) return;
  heading(ui, "What the trainer reads", 3);
  const std::string& trigger = ui.state.document().settings.trigger;
  const EffectiveCaption read =
      effective_caption(Trainer::Replicate, pair->text, trigger.empty() ? std::string_view("TOK") : trigger);
  for (const std::string& text : read.texts) paragraph(ui, text, {kSmall, ui.look.text2, false, kLeading});
  for (const std::string& note : read.notes) hint(ui, note);
  gap(ui, 12);
}

}  // namespace

void export_options(Ui& ui) {
  ReplicateOptions options = ui.state.session.export_options;
  ExportFormat format = ui.state.session.export_format;
  bool changed = false;
  heading(ui, "Export", 1);
  gap(ui, 8);
  {
    const Card card(ui);
    heading(ui, "Format", 2);
    if (const int picked = radio_list(ui, "format", "Format", kFormats, static_cast<int>(format));
        picked >= 0) {
      format = static_cast<ExportFormat>(picked);
      changed = true;
    }
    gap(ui, 10);
    field_label(ui, "Context");
    const std::string& context = typed_text(ui, "context", "", ui.state.document().settings.context);
    text_field(ui, {.field = "context",
                    .label = "Context",
                    .text = context,
                    .placeholder = "What the pictures are about; names the ZIP"});
    gap(ui, 12);
    if (format == ExportFormat::Replicate) effective(ui);
    heading(ui, "Pictures without a caption", 3);
    int missing = 0;
    while (kMissingValues[missing] != options.missing) ++missing;
    if (const int picked = radio_list(ui, "missing", "Pictures without a caption", kMissing, missing);
        picked >= 0) {
      options.missing = kMissingValues[picked];
      changed = true;
    }
    gap(ui, 12);
    heading(ui, "File names", 3);
    if (const int picked =
            radio_list(ui, "names", "File names", kNames, options.names == NameStyle::Keep ? 0 : 1);
        picked >= 0) {
      options.names = picked == 0 ? NameStyle::Keep : NameStyle::Sequential;
      changed = true;
    }
    gap(ui, 12);
    if (toggle(ui, "strip", "Remove camera data", options.strip_metadata,
               "Place, time and device are taken out of the copies; the pixels stay untouched.")) {
      options.strip_metadata = !options.strip_metadata;
      changed = true;
    }
    if (toggle(ui, "selected only", "Only the selected pictures", options.selected_only)) {
      options.selected_only = !options.selected_only;
      changed = true;
    }
  }
  if (changed) ui.emit(SetExportOptions{options, format});
}

}  // namespace vignette::ui
