#pragma once
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette {

std::string encode_base64(ByteView bytes);
/// Standard alphabet, padding required, no white space: what providers and data: URLs use.
Result<Bytes> decode_base64(std::string_view text);

}  // namespace vignette
