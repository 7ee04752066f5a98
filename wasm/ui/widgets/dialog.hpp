#pragma once
#include <string_view>

#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/region.hpp"

namespace vignette::ui {

/// A dialog in the middle of the window: scrim, card, title and a way to close it (button, Escape, a click
/// beside it). What is drawn while it lives lies in its body, which scrolls; the last `footer` pixels are
/// left for buttons.
class DialogFrame {
 public:
  DialogFrame(Ui& ui, const char* id, std::string_view title, ImVec2 wanted, float footer = 0);
  ~DialogFrame();
  DialogFrame(const DialogFrame&) = delete;
  DialogFrame& operator=(const DialogFrame&) = delete;

  ImRect body() const { return body_; }
  ImRect footer() const { return footer_; }

 private:
  Ui& ui_;
  ImRect body_, footer_;
};

/// Two buttons at the right of a dialog's footer. 1: the main one was pressed, -1: Cancel.
int dialog_buttons(Ui& ui, const ImRect& footer, std::string_view main, bool danger);

}  // namespace vignette::ui
