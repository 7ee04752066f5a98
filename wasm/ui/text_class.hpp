#pragma once
#include <string_view>

namespace vignette::ui {

/// Whether ImGui may draw a text. It places one glyph per code point, left to right; that is right for Latin,
/// Greek, Cyrillic, Chinese, Japanese, Korean, symbols and plain emoji. Scripts whose letters join, reorder
/// or run from right to left, and emoji made of several code points, need the browser's text engine (see
/// shaped_text.hpp).
enum class TextClass { Simple, Complex };
TextClass classify(std::string_view utf8);

}  // namespace vignette::ui
