#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "wasm/ui/frame.hpp"
#include "wasm/ui/theme.hpp"

namespace vignette {

/// The widget tree for the mirrored DOM, for tests and for scripts: an array, parents before children.
std::string nodes_json(const std::vector<ui::Node>& nodes);
/// {"open": {"field", "item"} or null, "ink", "hint": CSS colours,
///  "slots": [{field, item, text, label, placeholder, rect, clip, font, multiline, covered}]}
std::string fields_json(const ui::FrameOutput& frame, const Draft& draft, const ui::Look& look);

/// Cheap enough for every frame: has anything in it changed?
std::uint64_t fingerprint(const std::vector<ui::Node>& nodes);
std::uint64_t fingerprint(const ui::FrameOutput& frame, const Draft& draft, const ui::Look& look);

}  // namespace vignette
