#pragma once
#include <string>
#include <vector>

#include "wasm/app/events.hpp"
#include "wasm/app/pictures.hpp"
#include "wasm/app/state.hpp"
#include "wasm/ui/views.hpp"

namespace vignette::ui {

/// Screen rectangle in CSS pixels.
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
};

/// A place where text can be typed. ImGui draws its frame and, while it is not focused, its text; the web
/// layer lays a real DOM field over it while it is.
struct FieldSlot {
  std::string field;  ///< as in Draft::field
  ItemId item;
  std::string text;   ///< what it holds when no one types
  std::string label;  ///< for screen readers
  std::string placeholder;
  Rect rect;          ///< of the text area, inside the frame's padding
  Rect clip;          ///< what of the screen it may cover
  float font_px = 0;  ///< ImGui's line height
  bool multiline = false;
};

/// What a person (or a screen reader, or a test) can point at, in reading order.
struct Node {
  std::uint32_t id = 0;      ///< ImGui's id, stable from frame to frame; activating it presses it
  std::uint32_t parent = 0;  ///< id of the group it lies in, 0 for the root
  std::string
      role;  ///< ARIA role: "button", "checkbox", "slider", "tab", "grid", "gridcell", "textbox", "heading" …
  std::string name;
  std::string value;        ///< slider position, text of a field
  std::string description;  ///< the shortcut, a hint
  Rect rect;
  bool disabled = false;
  bool focused = false;
  bool selected = false;
  int checked = -1;  ///< -1: not checkable; 0 or 1
  int expanded = -1;
  int level = 0;                    ///< of a heading
  int position = 0, set_size = 0;   ///< place in a list of which only a part is drawn
  float min = 0, max = 0, now = 0;  ///< of a slider or progress bar
  bool offscreen =
      false;  ///< scrolled out of view; `rect` says where it would be. Otherwise `rect` is the visible part
};

/// What drawing one frame gives back.
struct FrameOutput {
  std::vector<Event> events;      ///< what the person asked
  std::vector<FieldSlot> fields;  ///< all text fields on screen
  std::vector<Node> nodes;        ///< the widget tree, parents before children
  bool animating = false;         ///< wants another frame at once
  double wake_in_ms = -1;         ///< wants one later (a tooltip's delay), -1: no
};

/// Once, after ImGui::CreateContext: keyboard navigation on, nothing written to disk.
void configure();

/// What the mirror of the widget tree does on the person's behalf, in the next frame: presses a node (a tile
/// selects), or moves a slider.
void activate(std::uint32_t id);
void set_value(Views& views, std::uint32_t id, float value);

/// Draws the whole app between ImGui::NewFrame and ImGui::Render. Reads state, never writes it; `views` keeps
/// what only the drawing needs from frame to frame (scroll, zoom, hover fades).
void draw(const State& state, Views& views, Pictures& pictures, FrameOutput& out);

}  // namespace vignette::ui
