#pragma once
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "wasm/app/effects.hpp"
#include "wasm/app/events.hpp"

namespace vignette {

// How effects leave for the web layer and events come back: one JSON object each, {"kind": "InspectPictures",
// …}, with the member names of the structs. Bytes never travel this way; the web layer keeps them under
// SourceIds.

std::string to_wire(const Effect& effect);
/// Only events that come from outside; what the person asks never takes this way, except RunCommand.
Result<Event> from_wire(std::string_view json);

}  // namespace vignette
