#pragma once
#include "shared/caption/preset.hpp"
#include "shared/json/read.hpp"

namespace vignette::caption {

/// A file of presets to give away:
///
///   {"vignette_presets": 1, "presets": [
///     {"name": "Vases", "shape": "prose", "system": "…", "prompt": "… {context} …",
///      "checks": {"start": {"react": "repair"}, "max_words": {"react": "fix", "limit": 50},
///                 "banned_starts": {"react": "fix", "list": ["a photo of"]}},
///      "parameters": "max_tokens=512, temperature=0.2"}]}
std::string write_presets(const std::vector<Preset>& presets);

/// Reads such a file, strictly. What is wrong is named with the preset it is in: “Vases”: checks.max_words …
/// The presets come without an id; whoever keeps them gives it.
Result<std::vector<Preset>> read_presets(std::string_view json);

/// One preset of such a file, and of the built-in one. A prompt may also be a list of lines.
Result<Preset> preset_from(const Json& entry);

}  // namespace vignette::caption
