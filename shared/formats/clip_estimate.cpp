#include "shared/formats/clip_estimate.hpp"

#include "shared/base/utf8.hpp"
#include "shared/formats/effective.hpp"

// CLIP cuts a text into runs of letters, single digits and runs of everything else, and its vocabulary holds
// most English words whole. So: one token a word of up to nine letters and one more for each further eight,
// one a digit, one a run of signs, one for every letter of a script without spaces.

namespace vignette {
namespace {

enum class Kind { Space, Letter, Digit, Dense, Sign };

Kind kind_of(char32_t c) {
  if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000) return Kind::Space;
  if (c >= '0' && c <= '9') return Kind::Digit;
  if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000)) return Kind::Letter;
  if ((c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF)) return Kind::Dense;
  return Kind::Sign;
}

struct Run {
  std::size_t end = 0;
  std::size_t tokens = 0;
};

Run run_at(std::string_view text, std::size_t at) {
  std::size_t next = at;
  const Kind kind = kind_of(next_code_point(text, next));
  std::size_t letters = 1;
  while ((kind == Kind::Letter || kind == Kind::Sign || kind == Kind::Space) && next < text.size()) {
    std::size_t after = next;
    if (kind_of(next_code_point(text, after)) != kind) break;
    next = after;
    ++letters;
  }
  if (kind == Kind::Space) return {next, 0};
  return {next, kind == Kind::Letter && letters > 9 ? 1 + (letters - 2) / 8 : 1};
}

}  // namespace

std::size_t about_clip_tokens(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Run run = run_at(text, at);
    count += run.tokens;
    at = run.end;
  }
  return count;
}

std::optional<std::size_t> where_clip_stops(std::string_view text, std::size_t tokens) {
  std::size_t count = 0;
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Run run = run_at(text, at);
    count += run.tokens;
    if (count > tokens) return seen;
    if (run.tokens > 0) seen = run.end;
    at = run.end;
  }
  return std::nullopt;
}

}  // namespace vignette
