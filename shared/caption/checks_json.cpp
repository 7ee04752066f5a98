#include "shared/caption/checks_json.hpp"

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

constexpr int kMostLimit = 100'000;

Error malformed(const std::string& rule, const std::string& what, std::string hint) {
  return {ErrorCode::InvalidInput, "checks." + rule + " " + what, std::move(hint)};
}

int* limit_of(Checks& checks, Rule rule) {
  switch (rule) {
    case Rule::MinWords: return &checks.min_words;
    case Rule::MaxWords: return &checks.max_words;
    case Rule::MaxCharacters: return &checks.max_characters;
    case Rule::Sentences: return &checks.max_sentences;
    default: return nullptr;
  }
}

std::vector<std::string>* list_of(Checks& checks, Rule rule) {
  if (rule == Rule::BannedStart) return &checks.banned_starts;
  return rule == Rule::BannedPhrase ? &checks.banned_phrases : nullptr;
}

Result<Done> read_rule(Checks& out, Rule rule, const std::string& name, const Json& entry) {
  if (!entry.is_object()) return malformed(name, "must be an object.", "Write {\"react\": \"fix\"}.");
  const std::string word = text_at(entry, "react");
  const std::optional<Reaction> reaction = reaction_named(word);
  if (!reaction) return malformed(name, "has no known reaction.", "react is off, mark, fix, repair or fail.");
  if (!can_react(rule, *reaction))
    return malformed(name, "cannot react with " + word + ".", "Choose another reaction.");
  out.of(rule) = *reaction;
  for (const auto& [key, value] : entry.items()) {
    if (key == "react") continue;
    int* limit = limit_of(out, rule);
    std::vector<std::string>* list = list_of(out, rule);
    if (key == "limit" && limit != nullptr) {
      const std::optional<std::int64_t> number = integer_at(entry, "limit");
      if (!number || *number < 1 || *number > kMostLimit)
        return malformed(name, "must have a limit from 1 to 100000.", "Write \"limit\": 50.");
      *limit = static_cast<int>(*number);
    } else if (key == "list" && list != nullptr && value.is_array()) {
      list->clear();
      for (const Json& phrase : value) {
        if (!phrase.is_string() || trim(phrase.get<std::string>()).empty())
          return malformed(name, "must list texts that are not empty.", "Correct the list.");
        list->emplace_back(trim(phrase.get<std::string>()));
      }
    } else {
      return malformed(name, "has no “" + key + "”.", "Take it away, or correct its name.");
    }
  }
  if (*reaction != Reaction::Off && limit_of(out, rule) != nullptr && *limit_of(out, rule) == 0)
    return malformed(name, "needs a limit.", "Write \"limit\": 50.");
  return Done{};
}

}  // namespace

Json json_of(const Checks& checks) {
  Json out = Json::object();
  Checks copy = checks;
  for (std::size_t i = 0; i < kRules; ++i) {
    const Rule rule = static_cast<Rule>(i);
    const int* limit = limit_of(copy, rule);
    const std::vector<std::string>* list = list_of(copy, rule);
    // A rule without its limit or list says nothing; written down, it would not be read back.
    const bool silent = (limit != nullptr && *limit == 0) || (list != nullptr && list->empty());
    const bool usual = copy.of(rule) == basic_checks().of(rule);
    if (silent || (copy.of(rule) == Reaction::Off && usual)) continue;
    Json entry{{"react", name_of(copy.of(rule))}};
    if (limit != nullptr) entry["limit"] = *limit;
    if (list != nullptr) entry["list"] = *list;
    out[name_of(rule)] = std::move(entry);
  }
  return out;
}

Result<Checks> checks_from(const Json& object) {
  if (!object.is_object())
    return Error{ErrorCode::InvalidInput, "checks must be an object.", "Write {\"max_words\": {…}}."};
  Checks out = basic_checks();
  for (const auto& [name, entry] : object.items()) {
    const std::optional<Rule> rule = rule_named(name);
    if (!rule) return malformed(name, "is no rule.", "Take it away, or correct its name.");
    if (Result<Done> read = read_rule(out, *rule, name, entry); !read) return read.error();
  }
  return out;
}

}  // namespace vignette::caption
