#pragma once
#include <string_view>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

struct ButtonLook {
  enum class Kind {
    Soft,     ///< the usual button: a quiet fill
    Quiet,    ///< no fill until hovered
    Primary,  ///< the one thing to do here
    Danger,   ///< takes something away
  };
  Kind kind = Kind::Soft;
  const char* icon = nullptr;
  bool disabled = false;
  bool pressed_in = false;     ///< shows that what it stands for is on
  std::string_view tip = {};   ///< tooltip; for a disabled button the reason
  std::string_view keys = {};  ///< the chord that does the same
  bool shows_keys = false;     ///< label at the left, chord at the right
  float width = 0;             ///< 0: as wide as its label; < 0: the rest of the row
};

/// `id` stays the same from frame to frame, `label` may change. True when pressed.
bool button(Ui& ui, const char* id, std::string_view label, const ButtonLook& look = {});
bool button_at(Ui& ui, const ImRect& rect, const char* id, std::string_view label,
               const ButtonLook& look = {});
float button_width(const Ui& ui, std::string_view label, bool with_icon);

/// A square button with only an icon; `name` is its tooltip and what screen readers say.
bool icon_button(Ui& ui, const char* id, std::string_view name, const ButtonLook& look);
bool icon_button_at(Ui& ui, const ImRect& rect, const char* id, std::string_view name,
                    const ButtonLook& look);

}  // namespace vignette::ui
