#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

struct Question {
  const char* id;
  std::string title;
  const char* text;
  std::string yes;
  const char* command;
};

void ask(Ui& ui, const Question& question) {
  const DialogFrame dialog(ui, question.id, question.title, {480, 216}, 66);
  {
    const Panel panel("text", dialog.body(), {});
    paragraph(ui, question.text, {kBody, ui.look.text2, false});
  }
  const int answer = dialog_buttons(ui, dialog.footer(), question.yes, true);
  if (answer > 0) ui.run(question.command);
  if (answer < 0) ui.emit(CloseDialog{});
}

}  // namespace

void confirm_remove(Ui& ui) {
  const std::string what =
      counted(static_cast<std::int64_t>(ui.state.session.selection.ids.size()), "picture", "pictures");
  ask(ui, {"remove", "Remove " + what + "?",
           "They leave this dataset with their captions. The files on your disk stay as they are, and Undo "
           "brings everything back.",
           "Remove " + what, "items.remove-now"});
}

void confirm_new(Ui& ui) {
  ask(ui, {"new", "Start an empty dataset?",
           "All pictures and captions leave this window. The files on your disk stay as they are, and Undo "
           "brings everything back.",
           "Start empty", "dataset.new-now"});
}

}  // namespace vignette::ui
