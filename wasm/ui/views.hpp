#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "wasm/ui/derived.hpp"
#include "wasm/ui/fonts.hpp"
#include "wasm/ui/shaped_text.hpp"

namespace vignette::ui {

/// Views::open_overlay while the palette is open; dialogs count by their enumerator.
inline constexpr int kPaletteOverlay = 100;

/// How the one large picture is looked at. Kept between frames, not between sessions.
struct PictureZoom {
  ItemId item;
  bool fit = true;
  float scale = 1;               ///< CSS pixels per picture pixel, when not fitted
  float x = 0, y = 0;            ///< picture pixel in the middle of the view
  float view_w = 1, view_h = 1;  ///< of the view, as last drawn
};

/// The grid's part of what a person is doing there.
struct GridView {
  ItemId shown_focus;              ///< last focus that was brought into view
  bool take_focus = false;         ///< the keyboard cursor goes to the focused cell in the next frame
  bool boxing = false;             ///< a box is being drawn
  bool pressed = false;            ///< the button went down on the grid
  float press_x = 0, press_y = 0;  ///< where, in the scrolled content
  std::vector<int> inside;         ///< what the box held last time, so that only changes are told
  std::set<ItemId> base;
};

/// What the mouse or the keyboard rests on, for the tooltip's delay.
struct Rest {
  std::uint32_t id = 0;
  double since = 0;
  bool seen = false;
};

/// An interactive ImGui item that no wrapper described: a bug, found by tests.
struct UnnamedItem {
  std::uint32_t id = 0;
  float x = 0, y = 0;
};

/// What the drawing remembers from frame to frame: none of it worth saving, all of it owned by the caller.
struct Views {
  // Given by the caller once.
  Fonts fonts;
  TextShaper* shaper = nullptr;
  std::string licences;  ///< third-party licence texts for the About dialog
  bool lint = false;     ///< tests: fill `unnamed`

  // Asked by the mirror of the widget tree: slider `id` takes `value` in the next frame.
  std::unordered_map<std::uint32_t, float> wanted_values;

  // The views' own.
  Derived derived;
  std::unordered_map<std::uint32_t, float> fades;
  Rest rest;
  GridView grid;
  PictureZoom zoom;
  ItemId strip_focus;  ///< last item the film strip was scrolled to
  bool affix_selected_only = false;
  std::string open_picker;        ///< id of the list that is unfolded
  bool generate_details = false;  ///< parameters and pace are shown
  bool edits_description = false;
  bool info_open = true;
  std::set<std::string> dismissed;  ///< banners the person has read
  float pending_scale = 0;  ///< interface size being dragged; taken over when the mouse lets go, 0: none
  int palette_row_shown = -1;
  int missing_thumbnails = 0;  ///< of the last frame
  int missing_now = 0;         ///< counting, in this one
  double missing_since = 0;    ///< when that number last changed: placeholders stop pulsing after a while
  int open_overlay = 0;        ///< which overlay was on top last frame, to focus a new one once
  bool dark_applied = false;
  float scale_applied = 0;
  std::uint64_t frame_cells = 0;  ///< grid cells drawn in the last frame, for tests and benches
  std::vector<UnnamedItem> unnamed;
};

}  // namespace vignette::ui
