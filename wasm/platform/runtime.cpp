#include "wasm/platform/runtime.hpp"

#include <GLES3/gl3.h>
#include <algorithm>
#include <chrono>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include "wasm/app/wire.hpp"
#include "wasm/platform/frame_json.hpp"
#include "wasm/platform/host_calls.hpp"

// A frame, in this order:
//
//   upload what arrived → draw (state is const here) → obey what the person asked → tell JavaScript what
//   changed
//
// Nothing is drawn while nothing changes. What comes from outside asks for three frames: one that shows it,
// and two for ImGui, which knows the size of a thing only after it was drawn once.

namespace vignette {
namespace {

constexpr int kSettle = 3;

TimeMs clock_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

PictureSize size_of(const State& state, const ItemId& id) {
  const Item* item = state.document().find(id);
  return item ? PictureSize{item->width, item->height} : PictureSize{};
}

}  // namespace

Runtime::Runtime(std::size_t thumbnail_budget_bytes)
    : textures_(thumbnail_budget_bytes, [this](const ItemId& id) { return size_of(state_, id); }) {
  state_.now = clock_now();
}

void Runtime::send(Event event) {
  queue_.push_back(std::move(event));
  if (busy_) return;
  busy_ = true;
  while (!queue_.empty()) {
    const Event next = std::move(queue_.front());
    queue_.pop_front();
    apply(next);
  }
  busy_ = false;
  touch();
}

void Runtime::apply(const Event& event) {
  for (const Effect& effect : update(state_, event, clock_now())) host::effect(to_wire(effect));
}

void Runtime::touch() {
  frames_to_settle_ = kSettle;
  host::wake();
}

double Runtime::draw_frame(double now_ms) {
  if (!has_context_ || busy_) return -1;
  busy_ = true;
  ImGuiIO& io = ImGui::GetIO();
  // After an idle hour the next frame is not an hour long: animations would jump.
  io.DeltaTime = static_cast<float>(std::clamp((now_ms - drawn_at_ms_) / 1000, 0.0001, 0.1));
  drawn_at_ms_ = now_ms;

  textures_.begin_frame();
  shaped_runs_.next_frame();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  output_ = {};
  ui::draw(state_, views_, textures_, output_);
  ImGui::Render();
  glViewport(0, 0, static_cast<int>(io.DisplaySize.x * io.DisplayFramebufferScale.x),
             static_cast<int>(io.DisplaySize.y * io.DisplayFramebufferScale.y));
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  textures_.end_frame();

  if (frames_to_settle_ > 0) --frames_to_settle_;
  busy_ = false;
  for (Event& event : output_.events) send(std::move(event));
  // While frame follows frame no timer is set, and what is due must not wait for the pointer to rest.
  if (next_timer() == 0) send(Tick{});
  tell_host();

  if (!settled() || output_.animating) return 0;
  double wait = output_.wake_in_ms;
  const double timer = next_timer();
  if (timer >= 0 && (wait < 0 || timer < wait)) wait = timer;
  return wait < 0 ? -1 : std::max(1.0, wait);
}

void Runtime::tell_host() {
  const Session& session = state_.session;
  const ui::Look& look =
      ui::look_of(session.theme == Theme::System ? session.system_dark : session.theme == Theme::Dark);
  const std::uint64_t fields = fingerprint(output_, session.draft, look);
  if (fields != fields_print_) {
    fields_print_ = fields;
    host::fields(fields_json(output_, session.draft, look));
  }
  const std::uint64_t nodes = fingerprint(output_.nodes);
  if (nodes != nodes_print_) {
    nodes_print_ = nodes;
    host::nodes_changed();
  }
  const int cursor = ImGui::GetIO().MouseDrawCursor ? ImGuiMouseCursor_None : ImGui::GetMouseCursor();
  if (cursor != cursor_) {
    cursor_ = cursor;
    host::cursor(cursor);
  }
}

bool Runtime::settled() const {
  // ImGui takes about one key or click a frame from its queue; stopping early would look like lost input.
  return frames_to_settle_ == 0 && ImGui::GetCurrentContext()->InputEventsQueue.empty() &&
         !textures_.uploads_wait();
}

double Runtime::next_timer() const {
  const std::optional<TimeMs> due = next_wake(state_);
  return due ? static_cast<double>(std::max<TimeMs>(0, *due - clock_now())) : -1;
}

bool Runtime::timer_rang() {
  const double timer = next_timer();
  if (timer == 0) {
    send(Tick{});
  } else {
    frames_to_settle_ = std::max(frames_to_settle_, 1);
  }
  return true;
}

void Runtime::resize(int device_width, int device_height, float density) {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(device_width) / density, static_cast<float>(device_height) / density};
  io.DisplayFramebufferScale = {density, density};
  shaped_runs_.set_density(density);
  touch();
}

void Runtime::context_lost() {
  if (!has_context_) return;
  has_context_ = false;
  textures_.context_lost();
  shaped_runs_.context_lost();
  ImGui_ImplOpenGL3_Shutdown();
}

void Runtime::context_restored() {
  if (has_context_) return;
  ImGui_ImplOpenGL3_Init("#version 300 es");
  has_context_ = true;
  touch();
}

}  // namespace vignette
