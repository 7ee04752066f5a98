#pragma once
#include <imgui_internal.h>
#include <string_view>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

/// How a text is drawn.
struct Ink {
  float size = kBody;  ///< one of the four sizes, unscaled
  ImU32 color = 0;
  bool semibold = false;
  float leading = 1;  ///< from line to line, in line heights; 1 is what a DOM field over the text has
};

/// For texts of more than one line, to be read.
inline constexpr float kLeading = 1.28F;

float line_height(const Ui& ui, const Ink& ink);
float text_width(const Ui& ui, const Ink& ink, std::string_view text);
/// Height of the text broken to `width`.
float wrapped_height(const Ui& ui, const Ink& ink, std::string_view text, float width);

/// One line at `at`, its top left corner.
void draw_text(Ui& ui, ImVec2 at, const Ink& ink, std::string_view text);
/// The first line of the text inside `box`: centred in height, cut with … where it does not fit. `align` 0
/// left … 1 right.
void draw_text_in(Ui& ui, const ImRect& box, const Ink& ink, std::string_view text, float align = 0);
/// The text broken to the box's width, clipped at its end.
void draw_wrapped(Ui& ui, const ImRect& box, const Ink& ink, std::string_view text);

/// An icon of icons.hpp, centred.
void draw_icon(Ui& ui, ImVec2 center, float size, ImU32 color, const char* icon);

}  // namespace vignette::ui
