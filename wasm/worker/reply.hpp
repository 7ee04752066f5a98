#pragma once
#include <cstddef>
#include <nlohmann/json_fwd.hpp>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

// How a call into core.wasm answers. Every exported function takes numbers and pointers into the module's
// memory, which the caller owns and frees, and returns 1 for success or 0 for an error. What it has to say
// waits here until the next call: a JSON text (the value, or {code, message, hint}) and up to two pieces of
// bytes. One module runs one call at a time, so one place is enough.

namespace vignette::worker {

constexpr std::size_t kReplyParts = 2;

int succeed(const nlohmann::json& value, Bytes first = {}, Bytes second = {});
int fail(const Error& error);

}  // namespace vignette::worker
