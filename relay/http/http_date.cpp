#include "relay/http/http_date.hpp"

#include <array>
#include <charconv>

#include "shared/base/time.hpp"

namespace vignette::relay {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Thu", "Fri", "Sat", "Sun",
                                                      "Mon", "Tue", "Wed"};  // 1970-01-01 first
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string padded(int number, std::size_t width) {
  std::string digits = std::to_string(number);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

int number_at(std::string_view text, std::size_t at, std::size_t length) {
  int value = 0;
  const char* end = text.data() + at + length;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc() && stop == end ? value : -1;
}

}  // namespace

std::string format_http_date(std::int64_t unix_s) {
  const CivilTime t = civil_from(unix_s * 1000);
  const std::int64_t day = (unix_s >= 0 ? unix_s : unix_s - 86399) / 86400;
  const auto weekday = static_cast<std::size_t>(((day % 7) + 7) % 7);
  return std::string(weekdays[weekday]) + ", " + padded(t.day, 2) + " " +
         std::string(months[static_cast<std::size_t>(t.month - 1)]) + " " + padded(t.year, 4) + " " +
         padded(t.hour, 2) + ":" + padded(t.minute, 2) + ":" + padded(t.second, 2) + " GMT";
}

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  if (text.size() != 29) return std::nullopt;
  CivilTime t = {.year = number_at(text, 12, 4),
                 .month = 0,
                 .day = number_at(text, 5, 2),
                 .hour = number_at(text, 17, 2),
                 .minute = number_at(text, 20, 2),
                 .second = number_at(text, 23, 2)};
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (text.substr(8, 3) == months[i]) t.month = static_cast<int>(i) + 1;
  }
  if (t.month == 0 || t.year < 0 || t.day < 1 || t.hour < 0 || t.minute < 0 || t.second < 0)
    return std::nullopt;
  const std::int64_t seconds = time_from(t) / 1000;
  // Written back, it must be the same text: that checks commas, colons, the weekday and 31 February at once.
  if (format_http_date(seconds) != text) return std::nullopt;
  return seconds;
}

}  // namespace vignette::relay
