#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vignette {

bool is_utf8(std::string_view text);

/// Any bytes → valid UTF-8: a leading byte-order mark goes, each invalid byte becomes U+FFFD.
/// `repaired`, when given, tells whether a byte was invalid.
std::string to_utf8(std::string_view bytes, bool* repaired = nullptr);

/// The code point at `at`, which moves past it. Expects valid UTF-8; invalid bytes read as U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

/// What a person counts as characters: code points, with line ends as one.
std::size_t count_characters(std::string_view text);
/// Words as the caption counters define them: runs between white space.
std::size_t count_words(std::string_view text);

std::string_view trim(std::string_view text);
std::string to_lower_ascii(std::string_view text);

/// Orders as people do: digits by value (img2 before img10), letters without case; never equal
/// for different texts, so sorting is stable across machines.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace vignette
