#pragma once
#include "relay/config/options.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// `vignette-relay serve`: opens what it serves, says where, and serves until it has drained.
Result<Done> serve(const Settings& settings);

/// `vignette-relay check`: what is configured, and whether the providers can be reached with it. False when
/// something that is configured does not work.
Result<bool> check_configuration(const Settings& settings);

}  // namespace vignette::relay
