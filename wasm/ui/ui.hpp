#pragma once
#include <imgui.h>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/ui/frame.hpp"
#include "wasm/ui/theme.hpp"

namespace vignette::ui {

/// What every view gets: the state to read, the places to write to, and the look of this frame.
struct Ui {
  const State& state;
  Views& views;
  Pictures& pictures;
  FrameOutput& out;
  const Look& look;
  float scale;
  std::vector<std::uint32_t> parents;  ///< ids of the open regions, innermost last
  ImDrawList* foreground = nullptr;    ///< set while something is drawn above all windows

  /// CSS pixels at the chosen interface size.
  float px(float unscaled) const { return unscaled * scale; }
  void emit(Event event) { out.events.push_back(std::move(event)); }
  void run(std::string_view command, std::string args = "{}") {
    out.events.emplace_back(RunCommand{std::string(command), std::move(args), 0});
  }
  ImDrawList& list() const { return foreground ? *foreground : *ImGui::GetWindowDrawList(); }
  /// Another frame is wanted after this long.
  void wake_in(double ms) {
    if (out.wake_in_ms < 0 || ms < out.wake_in_ms) out.wake_in_ms = ms;
  }
  /// Whether a dialog or the palette lies over the rooms, so that keys are not theirs.
  bool covered() const { return state.session.palette_open || state.session.dialog != Dialog::None; }
};

}  // namespace vignette::ui
