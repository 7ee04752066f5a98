#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vignette::caption {

/// Where each sentence of `text` ends: the byte after its last mark and the quotes or brackets that close
/// with it; the last one is the end of the text.
///
///   "In St. Peter's Sq. at 3.5 m. Rain falls!"   →   two ends
///
/// Knows the marks of many scripts, abbreviations, initials, decimals and ordinals. Where it is unsure it
/// does not part: a second sentence too many can be seen, half a sentence is lost.
std::vector<std::size_t> sentence_ends(std::string_view text);

}  // namespace vignette::caption
