#pragma once
#include "wasm/ui/frame.hpp"
#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

ImRect to_imrect(const Rect& rect);

struct PanelLook {
  float pad = 0;
  ImU32 fill = 0;
  bool scrolls = true;
  bool sideways = false;  ///< scrolls from left to right
};

/// A part of the window with a layout of its own, scrolling if it must. The keyboard walks through all panels
/// as if they were one.
class Panel {
 public:
  Panel(const char* id, const ImRect& rect, const PanelLook& look);
  ~Panel();
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;
};

/// A window above the rooms. It takes the keyboard when it first appears.
class Overlay {
 public:
  Overlay(const char* id, const ImRect& rect, float pad, bool takes_focus);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;
};

/// Darkens the app and keeps the mouse from it. True when it was clicked.
bool scrim(Ui& ui, const char* id);

}  // namespace vignette::ui
