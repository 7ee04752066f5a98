#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/dataset/item.hpp"

namespace vignette::caption {

/// What a prompt may ask for about its picture: {tags}, {caption}, {name} …
enum class Variable { Tags, Caption, Name, Folder, Context, Category, Regions, Series };
inline constexpr std::size_t kVariables = 8;
const char* name_of(Variable variable);
/// "what the dataset is about": for the list beside the editor.
const char* meaning_of(Variable variable);

using Values = std::array<std::string, kVariables>;
inline std::string& value_of(Values& values, Variable variable) {
  return values[static_cast<std::size_t>(variable)];
}
inline const std::string& value_of(const Values& values, Variable variable) {
  return values[static_cast<std::size_t>(variable)];
}

/// What an item itself knows: tags, caption, name and folder. The rest is the caller's to fill in.
/// Tags are those of the set "tags", else the caption's parts between commas.
Values values_of(const Item& item, const std::string& set = kMainSet);

/// A prompt with variables in it, read once and filled many times.
///
///   Result<Template> prompt = Template::parse("Begin with {context}. Write \\{ for a brace.");
///   prompt->fill(values)      // "Begin with TU Delft studio. Write { for a brace."
///
/// `\{` and `\}` are braces, other backslashes are themselves, [trigger] means nothing here and stays. What
/// is filled in is never read again, so a caption with braces does no harm.
class Template {
 public:
  /// An unknown variable, or a brace that never closes, is an Error that says where it stands.
  static Result<Template> parse(std::string_view text);

  std::string fill(const Values& values) const;
  bool uses(Variable variable) const;

 private:
  struct Part {
    std::string text;
    std::optional<Variable> variable;  ///< after the text
  };
  std::vector<Part> parts_;
};

}  // namespace vignette::caption
