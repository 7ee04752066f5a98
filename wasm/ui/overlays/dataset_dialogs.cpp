#include <nlohmann/json.hpp>

#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/text_field.hpp"

namespace vignette::ui {
namespace {

struct NameQuestion {
  const char* id;
  const char* title;
  const char* field;
  const char* text;
  const char* yes;
};

/// The name typed, once it was confirmed.
std::optional<std::string> ask_name(Ui& ui, const NameQuestion& question) {
  const DialogFrame dialog(ui, question.id, question.title, {480, 252}, 66);
  const auto kept = ui.state.session.fields.find(question.field);
  const std::string name =
      typed_text(ui, question.field, "", kept == ui.state.session.fields.end() ? "" : kept->second);
  {
    const Panel panel("text", dialog.body(), {});
    paragraph(ui, question.text, {kBody, ui.look.text2, false});
    gap(ui, 10);
    text_field(ui, {.field = question.field, .label = "Name", .text = name, .placeholder = "Untitled"});
  }
  const int answer = dialog_buttons(ui, dialog.footer(), question.yes, false);
  if (answer < 0) ui.emit(CloseDialog{});
  if (answer > 0) return name;
  return std::nullopt;
}

std::string dump(const nlohmann::json& args) {
  return args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void new_dataset(Ui& ui) {
  const auto name =
      ask_name(ui, {"new dataset", "New dataset", "new-dataset",
                    "The dataset that is open stays as it is; you find it under your datasets.", "Create"});
  if (name) ui.run("datasets.create", dump({{"name", *name}}));
}

void rename_dataset(Ui& ui) {
  const auto name = ask_name(ui, {"rename dataset", "Rename the dataset", "rename-dataset",
                                  "The name is also that of its project file.", "Rename"});
  if (name) ui.run("datasets.rename", dump({{"id", ui.state.session.dialog_dataset}, {"name", *name}}));
}

}  // namespace vignette::ui
