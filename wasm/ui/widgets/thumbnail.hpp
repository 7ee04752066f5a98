#pragma once
#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

/// The largest rectangle of this shape inside `box`, centred.
ImRect contained(const ImRect& box, int width, int height);

/// The item's thumbnail, whole, in a rounded well; a placeholder while it is not there.
void draw_thumbnail(Ui& ui, const ImRect& box, const ItemId& item, float radius);

/// The same, filling the box: what sticks out is cut off at both sides.
void draw_thumbnail_filling(Ui& ui, const ImRect& box, const ItemId& item, float radius);

/// A well whose picture has not come. It pulses for the first seconds only, so that one that never comes does
/// not keep the app awake.
void draw_placeholder(Ui& ui, const ImRect& box, float radius);
void finish_placeholders(Ui& ui);

}  // namespace vignette::ui
