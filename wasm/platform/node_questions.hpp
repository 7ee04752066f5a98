#pragma once
#include <vector>

#include "wasm/ui/frame.hpp"

// What the web layer asks of the last frame's widget tree.

namespace vignette {

/// Whether a dialog lies over the field: then a click there is not for it.
bool is_covered(const ui::FrameOutput& frame, const ui::FieldSlot& slot);
/// Whether the focus is on the last widget (or, backwards, the first) it can be on. A dialog keeps it inside.
bool is_at_end(const std::vector<ui::Node>& nodes, bool backwards);
/// Whether something there is moved by dragging: a slider, a picture in its view.
bool drags_at(const std::vector<ui::Node>& nodes, float x, float y);

}  // namespace vignette
