#include <nlohmann/json.hpp>

#include "wasm/ui/icons.hpp"
#include "wasm/ui/rooms/caption.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/text_field.hpp"
#include "wasm/ui/words.hpp"

namespace vignette::ui {
namespace {

std::string affix_args(const Session& session, bool selected_only) {
  const nlohmann::json args = {
      {"prefix", session.prefix}, {"suffix", session.suffix}, {"scope", selected_only ? "selected" : "all"}};
  return args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void affix_card(Ui& ui) {
  static constexpr Option kScopes[] = {{"All"}, {"Selected"}};
  const Session& session = ui.state.session;
  bool& selected_only = ui.views.affix_selected_only;
  heading(ui, "The same words on many captions", 3);
  hint(ui, "A trigger word in front, a style at the end. Captions that have it already stay as they are.");
  field_label(ui, "Put before");
  text_field(ui, {.field = "prefix",
                  .label = "Put before captions",
                  .text = typed_text(ui, "prefix", "", session.prefix),
                  .placeholder = "a photo of"});
  field_label(ui, "Put after");
  text_field(ui, {.field = "suffix",
                  .label = "Put after captions",
                  .text = typed_text(ui, "suffix", "", session.suffix),
                  .placeholder = "in soft light"});
  const int picked = segmented(ui, "scope", "Which captions", kScopes, selected_only ? 1 : 0);
  if (picked >= 0) selected_only = picked == 1;
  const bool nothing_typed = session.prefix.empty() && session.suffix.empty();
  const int changes = nothing_typed ? 0 : ui.views.derived.affix_changes(ui.state, selected_only);
  const std::string label = nothing_typed ? "Apply" : "Apply to " + counted(changes, "caption", "captions");
  const ButtonLook look{.kind = ButtonLook::Kind::Soft,
                        .icon = icon::kCheck,
                        .disabled = changes == 0,
                        .tip = nothing_typed  ? "Type words to add first"
                               : changes == 0 ? "No caption would change"
                                              : "",
                        .width = -1};
  if (button(ui, "apply", label, look)) ui.run("caption.affix", affix_args(session, selected_only));
}

}  // namespace vignette::ui
