#include "shared/json/salvage.hpp"

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

/// Reads like a JSON reader as far as strings go, so that brackets in captions do not count.
class StringAware {
 public:
  /// True where `c` is structure rather than part of a string.
  bool structural(char c) {
    if (escaped_) return escaped_ = false;
    if (inside_) {
      if (c == '\\') escaped_ = true;
      if (c == '"') inside_ = false;
      return false;
    }
    if (c == '"') inside_ = true;
    return !inside_;
  }

 private:
  bool inside_ = false;
  bool escaped_ = false;
};

std::string without_trailing_commas(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  StringAware strings;
  std::size_t comma = std::string::npos;  // where in `out` a comma waits for what follows it
  for (const char c : text) {
    const bool structural = strings.structural(c);
    if (structural && (c == '}' || c == ']') && comma != std::string::npos) out.erase(comma, 1);
    if (structural && c == ',') {
      comma = out.size();
    } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      comma = std::string::npos;
    }
    out.push_back(c);
  }
  return out;
}

/// Only a tree with members is an answer: a bare word in quotes or a number is prose by accident.
bool try_parse(std::string_view text, Json& out) {
  for (const bool tidy : {false, true}) {
    Result<Json> tree = tidy ? parse_json(without_trailing_commas(text)) : parse_json(text);
    if (tree && tree->is_structured()) {
      out = std::move(*tree);
      return true;
    }
  }
  return false;
}

/// From `open` at `from` to where its brackets close again; empty when they never do.
std::string_view balanced(std::string_view text, std::size_t from) {
  StringAware strings;
  std::size_t depth = 0;
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!strings.structural(text[at])) continue;
    if (text[at] == '{' || text[at] == '[') ++depth;
    if ((text[at] == '}' || text[at] == ']') && --depth == 0) return text.substr(from, at - from + 1);
  }
  return {};
}

std::string_view without_fence(std::string_view text) {
  const std::size_t fence = text.find("```");
  if (fence == std::string_view::npos) return text;
  // A fence inside a string of the JSON itself does not count: the JSON would have begun before it.
  if (text.find_first_of("{[") < fence) return text;
  std::size_t from = text.find('\n', fence);
  if (from == std::string_view::npos) from = text.find_first_of("{[", fence);
  if (from == std::string_view::npos) return text;
  const std::size_t end = text.rfind("```");
  return end > from ? text.substr(from, end - from) : text.substr(from);
}

bool try_span(std::string_view text, char open, Json& out) {
  const std::size_t from = text.find(open);
  if (from == std::string_view::npos) return false;
  if (open == '{') {
    const std::size_t to = text.rfind('}');
    if (to != std::string_view::npos && to > from && try_parse(text.substr(from, to - from + 1), out))
      return true;
  }
  const std::string_view span = balanced(text, from);
  return !span.empty() && try_parse(span, out);
}

}  // namespace

Result<Json> salvage_json(std::string_view answer) {
  const std::string_view text = trim(without_fence(answer));
  Json out;
  if (try_parse(text, out)) return out;
  const bool array_first = text.find('[') < text.find('{');
  if (try_span(text, array_first ? '[' : '{', out)) return out;
  if (try_span(text, array_first ? '{' : '[', out)) return out;
  return Error{ErrorCode::InvalidInput, "The model's answer holds no complete JSON.",
               "Try again, allow a longer answer, or choose a model that can answer in JSON."};
}

}  // namespace vignette
