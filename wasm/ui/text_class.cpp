#include "wasm/ui/text_class.hpp"

#include <algorithm>
#include <iterator>

#include "shared/base/utf8.hpp"

namespace vignette::ui {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode blocks, ascending.
constexpr Range kComplex[] = {
    {0x0300, 0x036F},    // combining marks: placed by the letter before them
    {0x0483, 0x0489},    // Cyrillic combining marks
    {0x0590, 0x08FF},    // Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours
    {0x0900, 0x0DFF},    // the scripts of India
    {0x0E00, 0x0FFF},    // Thai, Lao, Tibetan
    {0x1000, 0x109F},    // Myanmar
    {0x1100, 0x11FF},    // Hangul letters that join into syllables
    {0x135D, 0x135F},    // Ethiopic combining marks
    {0x1700, 0x18AF},    // Philippine scripts, Khmer, Mongolian
    {0x1900, 0x1CFF},    // Limbu to Vedic, with Balinese and Sundanese
    {0x1DC0, 0x1DFF},    // more combining marks
    {0x200C, 0x200F},    // joiners, direction marks
    {0x202A, 0x202E},    // direction overrides
    {0x2066, 0x2069},    // direction isolates
    {0x20D0, 0x20FF},    // marks around symbols, keycaps
    {0x3099, 0x309A},    // Japanese voicing marks
    {0xA800, 0xABFF},    // Syloti Nagri to Meetei Mayek
    {0xD7B0, 0xD7FF},    // Hangul letters, extended
    {0xFB1D, 0xFDFF},    // Hebrew and Arabic presentation forms
    {0xFE00, 0xFE0F},    // variation selectors
    {0xFE20, 0xFE2F},    // combining half marks
    {0xFE70, 0xFEFC},    // Arabic presentation forms
    {0x10800, 0x10FFF},  // old and new right-to-left scripts
    {0x11000, 0x11FFF},  // Brahmi and its descendants
    {0x1E800, 0x1EFFF},  // Adlam, Arabic mathematics
    {0x1F1E6, 0x1F1FF},  // regional indicators: two make a flag
    {0x1F3FB, 0x1F3FF},  // skin tones
    {0xE0000, 0xE01EF},  // tags, more variation selectors
};

bool is_complex(char32_t code_point) {
  const auto* const range = std::lower_bound(std::begin(kComplex), std::end(kComplex), code_point,
                                             [](const Range& r, char32_t c) { return r.last < c; });
  return range != std::end(kComplex) && code_point >= range->first;
}

}  // namespace

TextClass classify(std::string_view utf8) {
  // Asked for every text in every frame, and nearly all of it is Latin: lead bytes below 0xCC start code
  // points below U+0300, so those need no decoding.
  std::size_t at = 0;
  while (at < utf8.size()) {
    if (static_cast<unsigned char>(utf8[at]) < 0xCC) {
      ++at;
    } else if (is_complex(next_code_point(utf8, at))) {
      return TextClass::Complex;
    }
  }
  return TextClass::Simple;
}

}  // namespace vignette::ui
