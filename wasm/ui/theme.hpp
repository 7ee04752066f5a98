#pragma once
#include <imgui.h>

namespace vignette::ui {

/// The colours of one theme, by what they are for. Text colours keep 4.5:1 on bg1 and bg2, focus and
/// line_strong 3:1; a test computes it.
struct Look {
  bool dark;
  ImU32 bg0;          ///< the canvas behind everything
  ImU32 bg1;          ///< panels, bars, cards
  ImU32 bg2;          ///< fields, wells behind pictures
  ImU32 bg3;          ///< hovered
  ImU32 bg4;          ///< pressed
  ImU32 line;         ///< hairlines between regions
  ImU32 line_strong;  ///< borders that must be seen: fields, check boxes
  ImU32 text;
  ImU32 text2;  ///< secondary
  ImU32 text3;  ///< hints, counters
  ImU32 accent;
  ImU32 accent_fill;   ///< behind on_accent
  ImU32 accent_hover;  ///< the same under the pointer
  ImU32 on_accent;
  ImU32 focus;
  ImU32 selected;  ///< behind selected rows
  ImU32 ok;
  ImU32 warn;
  ImU32 error;
  ImU32 scrim;  ///< over the app while a dialog is open
  ImU32 shadow;
  ImU32 badge;  ///< behind badges on pictures
  ImU32 on_badge;
};

const Look& look_of(bool dark);

/// The four text sizes, as ImGui line heights in unscaled CSS pixels. Inter's em is the height divided
/// by 1.21.
inline constexpr float kSmall = 15;
inline constexpr float kBody = 17;
inline constexpr float kTitle = 20;
inline constexpr float kDisplay = 28;

/// Distances and radii, before the interface size is applied.
inline constexpr float kControl = 34;  ///< height of buttons and fields
inline constexpr float kGap = 8;
inline constexpr float kPad = 16;
inline constexpr float kRadius = 8;
inline constexpr float kRadiusCard = 12;

/// Fills ImGui's style from the tokens; it only matters for what ImGui draws itself (scroll bars) and for
/// spacing.
void apply_theme(const Look& look, float scale);

ImU32 mix(ImU32 from, ImU32 to, float t);
/// The colour with its opacity multiplied.
ImU32 faded(ImU32 color, float opacity);
/// WCAG contrast ratio of two opaque colours.
float contrast(ImU32 a, ImU32 b);

}  // namespace vignette::ui
