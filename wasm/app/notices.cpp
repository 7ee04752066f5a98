#include "wasm/app/parts.hpp"

namespace vignette {
namespace {

constexpr TimeMs kToastMs = 5000;
constexpr TimeMs kProblemToastMs = 12'000;
constexpr std::size_t kMostToasts = 4;

}  // namespace

std::string count_of(std::size_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

void show_toast(State& state, Effects& effects, std::string text, bool problem, std::string action) {
  effects.emplace_back(Announce{text, problem});
  auto& toasts = state.session.toasts;
  const TimeMs until = state.now + (problem ? kProblemToastMs : kToastMs);
  toasts.push_back({state.next_number++, std::move(text), std::move(action), problem, until});
  if (toasts.size() > kMostToasts) toasts.erase(toasts.begin());
}

void show_error(State& state, Effects& effects, const Error& error) {
  show_toast(state, effects, error.hint.empty() ? error.message : error.message + " " + error.hint, true);
}

void answer(Effects& effects, std::uint32_t request, std::string json) {
  if (request != 0) effects.emplace_back(Reply{request, std::move(json), {}});
}

void answer(Effects& effects, std::uint32_t request, const Error& error) {
  if (request != 0) effects.emplace_back(Reply{request, "null", error});
}

void drop_old_toasts(State& state) {
  std::erase_if(state.session.toasts, [&](const Toast& toast) { return toast.until <= state.now; });
}

}  // namespace vignette
