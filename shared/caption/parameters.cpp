#include "shared/caption/parameters.hpp"

#include <set>

#include "shared/base/utf8.hpp"
#include "shared/caption/parameter_values.hpp"

namespace vignette::caption {
namespace {

Error at_character(std::string_view line, std::size_t at, const std::string& what, std::string hint) {
  return {ErrorCode::InvalidInput,
          what + " (character " + std::to_string(count_characters(line.substr(0, at)) + 1) + ")",
          std::move(hint)};
}

std::string known_names() {
  std::string out;
  for (const Field& field : fields()) out += (out.empty() ? "" : ", ") + std::string(field.key);
  return out;
}

/// What one "key=value" turned out to be, and where the next begins.
struct Assignment {
  std::string_view key;
  std::size_t value_at = 0;
  std::string value;
  bool quoted = false;
  std::size_t end = 0;  ///< at its comma or the end of the line
};

void skip_spaces(std::string_view line, std::size_t& at) {
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
}

Result<Assignment> take_assignment(std::string_view line, std::size_t at) {
  Assignment out;
  const std::size_t equals = line.find_first_of("=,", at);
  out.key = trim(line.substr(at, std::min(equals, line.size()) - at));
  if (out.key.empty()) {
    return at_character(line, at, "A name is missing.", "Write name=value, parted by commas.");
  }
  if (equals == std::string_view::npos || line[equals] != '=') {
    return at_character(line, at, "“" + to_utf8(out.key) + "” has no value.",
                        "Write " + to_utf8(out.key) + "=value.");
  }
  std::size_t here = equals + 1;
  skip_spaces(line, here);
  out.value_at = here;
  if (here < line.size() && line[here] == '"') {
    out.quoted = true;
    for (++here; here < line.size() && line[here] != '"'; ++here) {
      if (line[here] == '\\' && here + 1 < line.size() && (line[here + 1] == '"' || line[here + 1] == '\\'))
        ++here;
      out.value += line[here];
    }
    if (here >= line.size())
      return at_character(line, out.value_at, "A quote never closes.", "Close it with \".");
    ++here;
    skip_spaces(line, here);
    if (here < line.size() && line[here] != ',')
      return at_character(line, here, "Something follows the closing quote.", "Put a comma there.");
    out.end = here;
  } else {
    out.end = std::min(line.find(',', here), line.size());
    out.value = trim(line.substr(here, out.end - here));
  }
  if (out.value.empty() && !out.quoted) {
    return at_character(line, out.value_at, "“" + to_utf8(out.key) + "” has no value.",
                        "Write " + to_utf8(out.key) + "=value.");
  }
  return out;
}

std::string quoted_if_needed(const std::string& value) {
  if (value.find_first_of(",\"") == std::string::npos && trim(value) == value && !value.empty()) return value;
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Result<Parameters> parse_parameters(std::string_view line) {
  Parameters out;
  if (trim(line).empty()) return out;
  std::set<std::string_view> seen;
  for (std::size_t at = 0; at <= line.size();) {
    skip_spaces(line, at);
    Result<Assignment> one = take_assignment(line, at);
    if (!one) return one.error();
    const Field* field = field_named(one->key);
    if (field == nullptr) {
      return at_character(line, at, "There is no parameter “" + to_utf8(one->key) + "”.",
                          "Known are " + known_names() + ".");
    }
    if (!seen.insert(field->key).second) {
      return at_character(line, at, "“" + std::string(field->key) + "” is given twice.",
                          "Take one of them away.");
    }
    if (one->quoted && field->kind != ValueKind::Text && field->kind != ValueKind::Choice) {
      return at_character(line, one->value_at, "“" + std::string(field->key) + "” takes no quoted text.",
                          "Write the value without quotes.");
    }
    if (Result<Done> set = write_value(out, *field, one->value); !set)
      return at_character(line, one->value_at, set.error().message, set.error().hint);
    if (one->end >= line.size()) break;
    at = one->end + 1;
  }
  return out;
}

std::string write_parameters(const Parameters& parameters) {
  std::string out;
  for (const Field& field : fields()) {
    const std::optional<std::string> value = value_text(parameters, field);
    if (!value) continue;
    const bool text = field.kind == ValueKind::Text;
    out +=
        (out.empty() ? "" : ", ") + std::string(field.key) + "=" + (text ? quoted_if_needed(*value) : *value);
  }
  return out;
}

}  // namespace vignette::caption
