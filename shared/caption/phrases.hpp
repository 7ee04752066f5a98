#pragma once
#include <string>
#include <string_view>

namespace vignette::caption {

// Finding and cutting words in a caption. All of it is literal: a context full of regex signs does no harm.

/// To the letter, and not as the beginning of a longer word. Nothing begins with an empty context.
bool begins_with_context(std::string_view text, std::string_view context);
/// The same without regard to the case of ASCII letters.
bool begins_with_phrase(std::string_view text, std::string_view phrase);
/// Takes the phrase, as whole words in any case, out of `text` with the gap it leaves; false: not there.
bool without_phrase(std::string& text, std::string_view phrase);

std::string first_words(std::string_view text, std::size_t count);
/// At most `count` characters, ending with a whole word where there is one.
std::string first_characters(std::string_view text, std::size_t count);
/// Without . ! ? , ; : and their sisters in other scripts at the end.
std::string without_end_marks(std::string_view text);

}  // namespace vignette::caption
