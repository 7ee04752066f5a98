#pragma once
#include <span>
#include <string>
#include <string_view>

namespace vignette::provider {

/// Blanks whatever looks like a key, token or encoded file, and every one of `secrets` that occurs. Keys are
/// told by their prefixes (sk-, gsk_, hf_, r8_, nvapi-, AIza …) and by being long and shapeless.
std::string redact(std::string_view text, std::span<const std::string> secrets = {});

/// At most `most` bytes, cut between characters, with an ellipsis where something is missing.
std::string shorten(std::string_view text, std::size_t most);

}  // namespace vignette::provider
