#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace vignette::ui {

/// A text drawn whole by the browser's text engine, ready as a piece of a texture. Sizes in CSS pixels.
struct ShapedRun {
  std::uint64_t texture = 0;
  float w = 0, h = 0;
  float u0 = 0, v0 = 0, u1 = 1, v1 = 1;
};

/// Draws what classify() calls complex. The web layer implements it with a canvas and keeps runs in a cache.
class TextShaper {
 public:
  virtual ~TextShaper() = default;
  /// `px` is ImGui's line height; `wrap_px` 0 means one line; `rgba` as ImU32 (red in the lowest byte).
  virtual std::optional<ShapedRun> shape(std::string_view utf8, float px, float wrap_px,
                                         std::uint32_t rgba) = 0;
};

}  // namespace vignette::ui
