#pragma once
#include <optional>
#include <string_view>

namespace vignette {

/// The byte after the last word that about `tokens` CLIP tokens hold; nothing: all of it fits.
std::optional<std::size_t> where_clip_stops(std::string_view text, std::size_t tokens);

}  // namespace vignette
