#pragma once
#include <string>

#include "shared/caption/judge.hpp"
#include "shared/caption/seen.hpp"

namespace vignette::caption {

/// An answer in the form a preset wants, made of what was found in a picture and of nothing else:
///
///   prose         "Old town showing a cat, probably a tabby, on the left, in brown and beige, …"
///   tags          "cat, tabby, brown, beige, bright, wide format"
///   description   {"scene_summary": …, "objects": […], "visible_text": [], "uncertainties": […]}
///
/// What is not sure is said to be so ("what looks like"), or left out. Further remarks are added only while
/// the rules of `situation` stay kept, so that no rule is broken that could be kept.
std::string caption_from(const Seen& seen, const Situation& situation);

}  // namespace vignette::caption
