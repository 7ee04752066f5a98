#include "wasm/ui/words.hpp"

#include "shared/base/time.hpp"

namespace vignette::ui {

std::string number(std::int64_t n) {
  std::string digits = std::to_string(n);
  const int first = n < 0 ? 1 : 0;
  for (int at = static_cast<int>(digits.size()) - 3; at > first; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
  return number(n) + " " + std::string(n == 1 ? one : many);
}

std::string when(std::int64_t time_ms, std::int64_t now_ms) {
  if (time_ms <= 0) return "";
  const std::int64_t minutes = (now_ms - time_ms) / 60'000;
  if (minutes < 1) return "just now";
  if (minutes < 60) return counted(minutes, "minute", "minutes") + " ago";
  const std::int64_t hours = minutes / 60;
  if (hours < 24) return counted(hours, "hour", "hours") + " ago";
  if (hours < 48) return "yesterday";
  if (hours < 24 * 7) return counted(hours / 24, "day", "days") + " ago";
  return format_iso8601(time_ms).substr(0, 10);
}

}  // namespace vignette::ui
