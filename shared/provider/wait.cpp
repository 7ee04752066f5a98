#include "shared/provider/wait.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

constexpr std::int64_t kLongest = 7LL * 24 * 3600 * 1000;  // nobody means more than a week

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number without sign or exponent; moves `text` past it.
std::optional<double> take_number(std::string_view& text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  double value = 0;
  double scale = 0;
  while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && scale == 0))) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '.') {
      scale = 1;
      continue;
    }
    value = value * 10 + (c - '0');
    scale *= 10;
  }
  return scale > 0 ? value / scale : value;
}

std::optional<std::int64_t> whole_ms(double ms) {
  if (!(ms >= 0) || ms > static_cast<double>(kLongest)) return std::nullopt;
  // 1.1 s is 1100.0000000000002 ms; the nudge keeps that from becoming 1101.
  return static_cast<std::int64_t>(std::ceil(ms - 1e-6));
}

std::optional<std::int64_t> seconds_or_date(std::string_view text, double unit, TimeMs now) {
  if (const std::optional<TimeMs> date = date_ms(text)) {
    return now == 0 ? std::nullopt : whole_ms(static_cast<double>(std::max<std::int64_t>(0, *date - now)));
  }
  std::string_view rest = trim(text);
  const std::optional<double> number = take_number(rest);
  return number && rest.empty() ? whole_ms(*number * unit) : duration_ms(text);
}

std::optional<int> take_int(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (!is_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<TimeMs> checked_time(std::optional<int> year, int month, std::optional<int> day,
                                   std::optional<int> hour, std::optional<int> minute,
                                   std::optional<int> second) {
  if (!year || !day || !hour || !minute || !second) return std::nullopt;
  if (*year < 1970 || month < 1 || month > 12 || *day < 1 || *day > 31) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return time_from({*year, month, *day, *hour, *minute, *second});
}

std::optional<std::int64_t> wait_in_details(const Json& body) {
  const Json* error = member(body, "error");
  for (const Json& detail : items_at(error != nullptr ? *error : body, "details")) {
    if (text_at(detail, "@type").ends_with("RetryInfo")) return duration_ms(text_at(detail, "retryDelay"));
  }
  return std::nullopt;
}

std::optional<std::int64_t> wait_in_words(std::string_view message) {
  const std::string lower = to_lower_ascii(message);
  for (const std::string_view phrase : {std::string_view("retry in "), std::string_view("try again in "),
                                        std::string_view("resets in "), std::string_view("retry after ")}) {
    const std::size_t at = lower.find(phrase);
    if (at == std::string::npos) continue;
    std::string_view rest = std::string_view(lower).substr(at + phrase.size());
    rest = rest.substr(0, rest.find_first_of(" ,;\n"));
    while (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
    if (const auto ms = duration_ms(rest)) return ms;
    // "retry after 30 seconds"
    if (const auto ms = seconds_or_date(rest, 1000, 0)) return ms;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> duration_ms(std::string_view text) {
  text = trim(text);
  if (text.starts_with("~")) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  double total = 0;
  while (!text.empty()) {
    const std::optional<double> number = take_number(text);
    if (!number) return std::nullopt;
    const auto unit = [&](std::string_view name, double ms) {
      if (!text.starts_with(name)) return false;
      text.remove_prefix(name.size());
      total += *number * ms;
      return true;
    };
    if (!unit("ms", 1) && !unit("s", 1000) && !unit("m", 60'000) && !unit("h", 3'600'000) &&
        !unit("d", 86'400'000)) {
      return std::nullopt;
    }
  }
  return whole_ms(total);
}

std::optional<TimeMs> date_ms(std::string_view text) {
  text = trim(text);
  if (text.size() >= 20 && text[4] == '-' && text[10] == 'T') {
    const std::optional<int> month = take_int(text, 5, 2);
    if (text[7] != '-' || text[13] != ':' || text[16] != ':' || text.back() != 'Z' || !month)
      return std::nullopt;
    return checked_time(take_int(text, 0, 4), *month, take_int(text, 8, 2), take_int(text, 11, 2),
                        take_int(text, 14, 2), take_int(text, 17, 2));
  }
  // Sun, 06 Nov 1994 08:49:37 GMT
  if (text.size() == 29 && text[3] == ',' && text.ends_with(" GMT")) {
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto found = std::find(months.begin(), months.end(), text.substr(8, 3));
    if (found == months.end()) return std::nullopt;
    return checked_time(take_int(text, 12, 4), static_cast<int>(found - months.begin()) + 1,
                        take_int(text, 5, 2), take_int(text, 17, 2), take_int(text, 20, 2),
                        take_int(text, 23, 2));
  }
  return std::nullopt;
}

std::optional<std::int64_t> wait_ms(const HttpReply* reply, const Json& body, std::string_view message,
                                    TimeMs now) {
  if (reply != nullptr) {
    for (const char* name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
      if (const auto ms = seconds_or_date(reply->header(name), 1, now)) return ms;
    }
    if (const auto ms = seconds_or_date(reply->header("retry-after"), 1000, now)) return ms;
  }
  if (const auto ms = wait_in_details(body)) return ms;
  if (const auto seconds = number_at(body, "estimated_time")) return whole_ms(*seconds * 1000);
  if (const auto ms = wait_in_words(message)) return ms;
  if (reply == nullptr || reply->status != 429) return std::nullopt;
  // Which of the limits was hit is not said; one that has something left was not it.
  const auto spent = [&](const std::string& header) {
    return reply->header(header).empty() || reply->header(header) == "0";
  };
  std::optional<std::int64_t> longest;
  for (const std::string& kind : std::vector<std::string>{"requests", "tokens"}) {
    if (!spent("x-ratelimit-remaining-" + kind)) continue;
    const auto ms = duration_ms(reply->header("x-ratelimit-reset-" + kind));
    if (ms && (!longest || *ms > *longest)) longest = ms;
  }
  for (const std::string& kind :
       std::vector<std::string>{"requests", "tokens", "input-tokens", "output-tokens"}) {
    if (!spent("anthropic-ratelimit-" + kind + "-remaining")) continue;
    const auto ms = seconds_or_date(reply->header("anthropic-ratelimit-" + kind + "-reset"), 1000, now);
    if (ms && (!longest || *ms > *longest)) longest = ms;
  }
  return longest;
}

}  // namespace vignette::provider
