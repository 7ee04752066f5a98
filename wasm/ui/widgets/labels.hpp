#pragma once
#include <string_view>

#include "wasm/ui/text.hpp"
#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

/// Static text in ImGui's layout, told to screen readers too.
void heading(Ui& ui, std::string_view text, int level = 2);
void paragraph(Ui& ui, std::string_view text, const Ink& ink);
void hint(Ui& ui, std::string_view text);         ///< small and quiet
void field_label(Ui& ui, std::string_view text);  ///< over a field; the field's node has the name already
void gap(Ui& ui, float unscaled);

/// A rounded panel around a section: its background grows with what is put in while it lives.
class Card {
 public:
  explicit Card(Ui& ui);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

 private:
  Ui& ui_;
  ImDrawListSplitter layers_;
  ImVec2 top_left_;
  float width_;
};

}  // namespace vignette::ui
