#include "shared/caption/variables.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

struct Known {
  Variable variable;
  const char* name;
  const char* meaning;
};
constexpr Known kKnown[kVariables] = {
    {Variable::Tags, "tags", "the tags the picture has"},
    {Variable::Caption, "caption", "the caption it has now"},
    {Variable::Name, "name", "its file name without the extension"},
    {Variable::Folder, "folder", "the folder it lies in"},
    {Variable::Context, "context", "what the dataset is about"},
    {Variable::Category, "category", "the category chosen for it"},
    {Variable::Regions, "regions", "the descriptions of its marked regions"},
    {Variable::Series, "series", "the caption of the series it belongs to"},
};

std::optional<Variable> variable_named(std::string_view name) {
  for (const Known& known : kKnown) {
    if (name == known.name) return known.variable;
  }
  return std::nullopt;
}

/// "line 2, character 14", as the editor counts them.
std::string place_of(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_at = lines == 0 ? 0 : before.rfind('\n') + 1;
  return "line " + std::to_string(lines + 1) + ", character " +
         std::to_string(count_characters(before.substr(line_at)) + 1);
}

std::string all_variables() {
  std::string out;
  for (const Known& known : kKnown) out += (out.empty() ? "{" : " {") + std::string(known.name) + "}";
  return out;
}

}  // namespace

const char* name_of(Variable variable) { return kKnown[static_cast<std::size_t>(variable)].name; }
const char* meaning_of(Variable variable) { return kKnown[static_cast<std::size_t>(variable)].meaning; }

Values values_of(const Item& item, const std::string& set) {
  Values out;
  value_of(out, Variable::Caption) = caption_text(item, set);
  value_of(out, Variable::Name) = stem_of(item.path);
  if (const std::size_t slash = item.path.rfind('/'); slash != std::string::npos)
    value_of(out, Variable::Folder) = file_name_of(std::string_view(item.path).substr(0, slash));

  std::string& tags = value_of(out, Variable::Tags);
  const std::string& source =
      is_captioned(item, "tags") ? caption_text(item, "tags") : caption_text(item, set);
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t end = std::min(source.find(',', at), source.size());
    const std::string_view tag = trim(std::string_view(source).substr(at, end - at));
    if (!tag.empty()) tags += (tags.empty() ? "" : ", ") + std::string(tag);
    at = end + 1;
  }
  return out;
}

Result<Template> Template::parse(std::string_view text) {
  Template out;
  Part part;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool escape = c == '\\' && at + 1 < text.size() && (text[at + 1] == '{' || text[at + 1] == '}');
    if (escape) {
      part.text += text[at + 1];
      at += 2;
    } else if (c != '{') {
      part.text += c;
      ++at;
    } else {
      const std::size_t end = text.find_first_of("{}\n", at + 1);
      if (end == std::string_view::npos || text[end] != '}') {
        return Error{ErrorCode::InvalidInput,
                     "The brace at " + place_of(text, at) + " opens a variable and never closes.",
                     "Close it, or write \\{ for a brace."};
      }
      const std::string_view name = text.substr(at + 1, end - at - 1);
      part.variable = variable_named(name);
      if (!part.variable) {
        return Error{ErrorCode::InvalidInput,
                     "There is no variable {" + to_utf8(name) + "}, at " + place_of(text, at) + ".",
                     "Use one of " + all_variables() + ", or write \\{ for a brace."};
      }
      out.parts_.push_back(std::move(part));
      part = {};
      at = end + 1;
    }
  }
  if (!part.text.empty()) out.parts_.push_back(std::move(part));
  return out;
}

std::string Template::fill(const Values& values) const {
  std::string out;
  for (const Part& part : parts_) {
    out += part.text;
    if (part.variable) out += value_of(values, *part.variable);
  }
  return out;
}

bool Template::uses(Variable variable) const {
  return std::any_of(parts_.begin(), parts_.end(),
                     [&](const Part& part) { return part.variable == variable; });
}

}  // namespace vignette::caption
