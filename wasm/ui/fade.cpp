#include "wasm/ui/fade.hpp"

#include <algorithm>
#include <cmath>

namespace vignette::ui {

float fade(Ui& ui, std::uint32_t id, float target, float ms) {
  auto& fades = ui.views.fades;
  const auto known = fades.find(id);
  const float from = known == fades.end() ? 0 : known->second;
  if (from == target) return target;
  // After an idle time the first frame is seconds long; a fade that starts then must still be seen.
  const float seconds = std::min(ImGui::GetIO().DeltaTime, 0.033F);
  const float step = ui.state.session.reduced_motion ? 1 : seconds * 1000 / ms;
  const float to = from < target ? std::min(target, from + step) : std::max(target, from - step);
  if (to != target) ui.out.animating = true;
  if (to == 0) {
    fades.erase(id);  // resting is the default, so only what moves or is lit is kept
  } else {
    fades[id] = to;
  }
  return to;
}

float pulse(Ui& ui) {
  if (ui.state.session.reduced_motion) return 0.5F;
  ui.out.animating = true;
  return 0.5F + 0.5F * std::sin(static_cast<float>(ImGui::GetTime()) * 4.5F);
}

}  // namespace vignette::ui
