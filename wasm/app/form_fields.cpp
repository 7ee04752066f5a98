#include <algorithm>

#include "shared/base/utf8.hpp"
#include "wasm/app/captioning_parts.hpp"

// Text fields whose words are values of a form: parameters of the generate panel, limits of a preset's
// checks.

namespace vignette {
namespace {

using caption::Rule;

constexpr std::string_view kParameter = "parameter.";
constexpr std::string_view kRule = "rule.";

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
    if (const auto word = trim(text.substr(at, end - at)); !word.empty()) words.emplace_back(word);
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

void set_parameter(State& state, std::string_view key, std::string_view value) {
  GenerateForm& form = state.captioning.form;
  // The first one that is set takes the preset's own along.
  if (!form.own_parameters) form.parameters = preset_of_form(state).parameters;
  form.own_parameters = true;
  form.parameter_error.clear();
  std::optional<Error> wrong;
  if (key == "line") {
    const auto read = caption::parse_parameters(value);
    if (read)
      form.parameters = *read;
    else
      wrong = read.error();
  } else if (const caption::Field* field = caption::field_named(key)) {
    const auto set = caption::set_value(form.parameters, *field, value);
    if (!set) wrong = set.error();
  }
  if (wrong) form.parameter_error = wrong->message + " " + wrong->hint;
}

std::string limit_text(const caption::Checks& checks, Rule rule) {
  switch (rule) {
    case Rule::MinWords: return std::to_string(checks.min_words);
    case Rule::MaxWords: return std::to_string(checks.max_words);
    case Rule::MaxCharacters: return std::to_string(checks.max_characters);
    case Rule::Sentences: return std::to_string(checks.max_sentences);
    case Rule::BannedStart: return joined(checks.banned_starts);
    case Rule::BannedPhrase: return joined(checks.banned_phrases);
    default: return "";
  }
}

void set_limit(caption::Checks& checks, Rule rule, const std::string& value) {
  const int n = std::clamp(std::atoi(value.c_str()), 0, 100'000);
  switch (rule) {
    case Rule::MinWords: checks.min_words = n; return;
    case Rule::MaxWords: checks.max_words = n; return;
    case Rule::MaxCharacters: checks.max_characters = n; return;
    case Rule::Sentences: checks.max_sentences = n; return;
    case Rule::BannedStart: checks.banned_starts = words_of(value); return;
    case Rule::BannedPhrase: checks.banned_phrases = words_of(value); return;
    default: return;
  }
}

bool take_form_text(State& state, const std::string& field, const std::string& text) {
  if (field == "parameters") {
    set_parameter(state, "line", text);
  } else if (field.starts_with(kParameter)) {
    set_parameter(state, std::string_view(field).substr(kParameter.size()), text);
  } else if (field.starts_with(kRule)) {
    if (const auto rule = caption::rule_named(std::string_view(field).substr(kRule.size())))
      set_limit(state.captioning.draft.preset.checks, *rule, text);
  } else {
    return false;
  }
  return true;
}

std::optional<std::string> form_text(const State& state, const std::string& field) {
  if (field == "parameters") return caption::write_parameters(preset_of_form(state).parameters);
  if (field.starts_with(kParameter)) {
    const caption::Field* known = caption::field_named(std::string_view(field).substr(kParameter.size()));
    if (known == nullptr) return "";
    return caption::value_text(preset_of_form(state).parameters, *known).value_or("");
  }
  if (field.starts_with(kRule)) {
    const auto rule = caption::rule_named(std::string_view(field).substr(kRule.size()));
    return rule ? limit_text(state.captioning.draft.preset.checks, *rule) : "";
  }
  return std::nullopt;
}

}  // namespace vignette
