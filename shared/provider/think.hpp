#pragma once
#include <string>
#include <string_view>

namespace vignette::provider {

/// An answer without the thoughts some models write into it: a leading <think>…</think>, and everything
/// before a closing tag that was never opened.
///
///   "<think>hm</think>\n\nA cat."  →  text "A cat.", thinking "hm"
///   "<think>never closed"          →  text "", thinking "never closed", cut
struct Spoken {
  std::string text;
  std::string thinking;
  bool cut = false;  ///< the thinking never ended: the answer ran out of room
};
Spoken without_thinking(std::string_view answer);

/// The same while the answer still arrives. What it lets through can only be wrong where a model closes what
/// it never opened; the whole answer, read at the end, is then right.
class ThinkFilter {
 public:
  /// `opens_silently`: this model begins inside its thoughts, without an opening tag.
  explicit ThinkFilter(bool opens_silently = false)
      : state_(opens_silently ? State::Thinking : State::Start) {}
  /// What of `more` may be shown now.
  std::string feed(std::string_view more);
  /// What was held back only in case it became a tag.
  std::string finish();

 private:
  enum class State { Start, Thinking, AfterThinking, Speaking };
  State state_;
  std::string held_;
};

}  // namespace vignette::provider
