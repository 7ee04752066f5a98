#pragma once
#include <string>

#include "shared/base/bytes.hpp"

namespace vignette {

/// XXH3 with 128 bits, as 32 hex digits: the identity of a picture's bytes. Chosen over SHA-256 because
/// it runs at memory speed in wasm, and nobody attacks their own dataset with collisions.
std::string content_hash(ByteView bytes);

}  // namespace vignette
