#pragma once
#include <deque>
#include <memory>
#include <string>

#include "wasm/app/update.hpp"
#include "wasm/platform/shaped_runs.hpp"
#include "wasm/platform/textures.hpp"
#include "wasm/ui/frame.hpp"

namespace vignette {

/// The app as it runs in a page: its state, its views, its textures, and when to draw.
class Runtime {
 public:
  explicit Runtime(std::size_t thumbnail_budget_bytes);

  /// Applies an event and hands its effects to JavaScript, now; or, when called from within an effect or a
  /// frame, right after that. A picture on screen follows by itself.
  void send(Event event);
  /// Draws. Returns when to draw again: 0 at the next chance, more: in so many ms, less: not before something
  /// happens.
  double draw_frame(double now_ms);
  /// Time that was asked for has come. True when a frame should follow.
  bool timer_rang();
  /// ms until update wants to hear of the time passing, less than 0: never. For tabs that do not draw.
  double next_timer() const;
  /// Something that ImGui must see came in (pointer, key, size): draw, and let the layout settle.
  void touch();

  void resize(int device_width, int device_height, float density);
  void context_lost();
  void context_restored();

  const State& state() const { return state_; }
  const ui::FrameOutput& last_frame() const { return output_; }
  ui::Views& views() { return views_; }
  Textures& textures() { return textures_; }
  ShapedRuns& shaped_runs() { return shaped_runs_; }
  bool settled() const;

 private:
  void apply(const Event& event);
  void tell_host();

  State state_;
  ui::Views views_;
  Textures textures_;
  ShapedRuns shaped_runs_;
  ui::FrameOutput output_;
  std::deque<Event> queue_;
  bool busy_ = false;         ///< inside update's effects or inside a frame: events queue up
  int frames_to_settle_ = 3;  ///< ImGui finds its layout over two or three frames
  bool has_context_ = true;
  double drawn_at_ms_ = 0;
  std::uint64_t nodes_print_ = 0, fields_print_ = 0;
  int cursor_ = -1;
};

/// The one of this page. main.cpp makes it.
Runtime& runtime();

}  // namespace vignette
