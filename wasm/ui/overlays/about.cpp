#include "wasm/ui/overlays/overlays.hpp"
#include "wasm/ui/widgets/dialog.hpp"

namespace vignette::ui {

void about(Ui& ui) {
  const DialogFrame dialog(ui, "about", "About Vignette", {680, 620});
  const Panel panel("about body", dialog.body(), {});
  const Ink body{kBody, ui.look.text2, false};
  paragraph(ui,
            "Vignette is an image-dataset workshop that runs in the browser: caption, look through and "
            "export the pictures you train models with.",
            body);
  gap(ui, 10);
  heading(ui, "Your pictures stay here", 3);
  paragraph(ui,
            "Pictures are decoded, shown and packed on this machine. This version sends nothing anywhere: no "
            "picture, no caption, no statistics.",
            body);
  gap(ui, 10);
  heading(ui, "Licences", 3);
  paragraph(ui,
            "Vignette is free software under the MIT licence. It is built with the work of others:", body);
  gap(ui, 6);
  paragraph(
      ui, ui.views.licences.empty() ? "The licence texts are in the source distribution." : ui.views.licences,
      {kSmall, ui.look.text3, false});
}

}  // namespace vignette::ui
