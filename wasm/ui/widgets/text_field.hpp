#pragma once
#include <string_view>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

struct TextFieldLook {
  std::string_view field;  ///< as in Draft::field
  std::string_view label;
  ItemId item = {};
  std::string_view text = {};
  std::string_view placeholder = {};
  bool multiline = false;
  const char* icon = nullptr;
  float height = 0;  ///< 0: one line
  float width = 0;   ///< 0: the rest of the row
};

/// A place to type. Draws frame and text; pressing it asks for the field, which then is a real DOM field over
/// the frame (so that input methods, spelling and dictation work), and only the frame is drawn.
void text_field(Ui& ui, const TextFieldLook& look);
void text_field_at(Ui& ui, const ImRect& rect, const TextFieldLook& look);

/// What the field holds now: what is being typed, or `otherwise`.
const std::string& typed_text(const Ui& ui, std::string_view field, const ItemId& item,
                              const std::string& otherwise);

}  // namespace vignette::ui
