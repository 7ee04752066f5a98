#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vignette::ui {

/// "12,345"
std::string number(std::int64_t n);
/// "1 picture", "2,000 pictures"
std::string counted(std::int64_t n, std::string_view one, std::string_view many);

/// "just now", "5 minutes ago", "yesterday", "2026-11-20"; "" for a time nobody noted.
std::string when(std::int64_t time_ms, std::int64_t now_ms);

}  // namespace vignette::ui
