// Money and dates as people write them.
#include <algorithm>
#include <charconv>

#include "relay/accounts/codes_options.hpp"

namespace vignette::relay {
namespace {

constexpr std::int64_t micro = 1'000'000;
constexpr std::size_t most_digits = 9;  // a billion dollars is enough

Error not_money(std::string_view text) {
  return {.code = ErrorCode::InvalidInput,
          .message = std::string(text) + " is no amount of money.",
          .hint = "Write dollars like 25 or 2.50."};
}

Error no_date(std::string_view text) {
  return {.code = ErrorCode::InvalidInput,
          .message = std::string(text) + " is no date.",
          .hint = "Write it like 2027-01-31, or 2027-01-31T12:00:00Z for a time of that day in UTC."};
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

Result<MicroUsd> money_from_text(std::string_view text) {
  const std::size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  std::string decimals(dot == std::string_view::npos ? "" : text.substr(dot + 1));
  if (whole.empty() || whole.size() > most_digits || decimals.size() > 6 || !all_digits(whole) ||
      !all_digits(decimals))
    return not_money(text);
  if (dot != std::string_view::npos && decimals.empty()) return not_money(text);
  decimals.resize(6, '0');
  return number(whole) * micro + number(decimals);
}

std::string text_from_money(MicroUsd money) {
  std::string decimals = std::to_string(micro + money % micro).substr(1);
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return std::to_string(money / micro) + "." + decimals;
}

Result<TimeMs> end_of_date(std::string_view text) {
  const std::string_view shape = text.size() == 10 ? "dddd-dd-dd" : "dddd-dd-ddTdd:dd:ddZ";
  const auto fits = [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; };
  if (text.size() != shape.size() || !std::equal(text.begin(), text.end(), shape.begin(), fits))
    return no_date(text);
  const auto part = [&](std::size_t at, std::size_t count) {
    return static_cast<int>(number(text.substr(at, count)));
  };
  CivilTime civil{part(0, 4), part(5, 2), part(8, 2), 0, 0, 0};
  if (text.size() > 10) {
    civil.hour = part(11, 2);
    civil.minute = part(14, 2);
    civil.second = part(17, 2);
  }
  // There and back: February 30 comes back as another day.
  const TimeMs time = time_from(civil);
  if (!format_iso8601(time).starts_with(text.substr(0, 10)) ||
      (text.size() > 10 && format_iso8601(time) != text))
    return no_date(text);
  return text.size() == 10 ? time + 86'400'000 : time;
}

}  // namespace vignette::relay
