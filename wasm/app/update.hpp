#pragma once
#include <optional>

#include "wasm/app/effects.hpp"
#include "wasm/app/events.hpp"

namespace vignette {

/// The one place where anything changes. Deterministic and without I/O: what must happen outside comes back
/// as effects, the clock comes in as `now`.
Effects update(State& state, const Event& event, TimeMs now);

/// When update wants a Tick although nothing happens: the autosave of typed text, a toast's end.
std::optional<TimeMs> next_wake(const State& state);

/// JSON for scripts: what `vignette.state()` returns.
std::string describe_state(const State& state);

}  // namespace vignette
