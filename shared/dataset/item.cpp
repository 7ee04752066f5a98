#include "shared/dataset/item.hpp"

#include "shared/base/utf8.hpp"

namespace vignette {

std::string name_of(const Author& author) {
  switch (author.kind) {
    case AuthorKind::Human: return "human";
    case AuthorKind::Import: return "import";
    case AuthorKind::Model: return "model:" + author.model;
  }
  return "human";
}

const std::string& caption_text(const Item& item, const std::string& set) {
  static const std::string kNone;
  const auto found = item.captions.find(set);
  return found == item.captions.end() ? kNone : found->second.text;
}

bool is_captioned(const Item& item, const std::string& set) { return !trim(caption_text(item, set)).empty(); }

std::string file_name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string stem_of(std::string_view path) {
  std::string name = file_name_of(path);
  const std::size_t dot = name.rfind('.');
  // ".hidden" is a name, not an extension.
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  return name;
}

}  // namespace vignette
