#include "relay/log/access_line.hpp"

#include <array>
#include <charconv>

namespace vignette::relay {

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
      out += c;
      continue;
    }
    constexpr std::string_view hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  out += '"';
  return out;
}

std::string json_number(double value, int decimals) {
  std::array<char, 64> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
  return {digits.data(), end.ptr};
}

namespace {

/// Of the second: written once for all requests within it.
const std::string& time_text(TimeMs now) {
  static thread_local TimeMs of = -1;
  static thread_local std::string text;
  if (now / 1000 != of) {
    of = now / 1000;
    text = format_iso8601(now);
  }
  return text;
}

}  // namespace

std::string access_line(const Exchange& exchange, TimeMs now) {
  std::string line = "{\"time\":\"";
  line.reserve(256 + exchange.more.size());
  line += time_text(now);
  line += "\",\"method\":";
  line += json_text(std::string_view(exchange.method).substr(0, 32));
  line += ",\"path\":";
  line += json_text(exchange.path);
  line += ",\"status\":";
  line += std::to_string(exchange.status);
  line += ",\"bytes\":";
  line += std::to_string(exchange.bytes);
  line += ",\"ms\":";
  line += json_number(exchange.ms, 3);
  line += ",\"id\":";
  line += json_text(exchange.id);
  line += exchange.more;
  if (!exchange.complete) line += ",\"cut_off\":true";
  line += '}';
  return line;
}

std::string event_line(const std::string& event, TimeMs now) {
  return "{\"time\":\"" + format_iso8601(now) + "\",\"event\":" + json_text(event) + "}";
}

}  // namespace vignette::relay
