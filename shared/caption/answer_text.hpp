#pragma once
#include <string>
#include <string_view>

#include "shared/caption/shape.hpp"

namespace vignette::caption {

/// An answer without what models wrap around it: a code fence, "Caption:" or "Here is the caption:", quotes
/// around the whole, Markdown bold. Prose ends on one line, paragraph breaks included as blank lines; tags
/// end as one list without bullets, numbers and repetitions.
std::string unwrapped(std::string_view answer, Shape shape);

/// What a model says instead of a caption: "I'm sorry, but I can't …", in several languages. Only at the
/// beginning, where a refusal stands and a sign in the picture seldom does.
bool is_refusal(std::string_view text);

}  // namespace vignette::caption
