#include "shared/caption/preset.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/caption/preset_json.hpp"
#include "shared/caption/variables.hpp"

// The prompts of the categories are one frame with eight fillings, so that they stay alike: presets.json
// holds the frame with %marks% in it, and what each category and each length puts there.

namespace vignette::caption {
namespace {

struct BuiltIn {
  std::vector<Category> categories;
  std::vector<Preset> presets;
};

std::string joined(const Json& list, const char* between) {
  std::string out;
  for (const Json& each : list) {
    if (&each != &list.front()) out += between;
    out += each.get<std::string>();
  }
  return out;
}

std::string numbered(const Json& list) {
  std::string out;
  int n = 0;
  for (const Json& each : list) {
    if (++n > 1) out += "\n";
    out += std::to_string(n) + ". " + each.get<std::string>();
  }
  return out;
}

void put(std::string& text, std::string_view mark, const std::string& words) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), words);
}

Checks category_checks(int max_words, const Json& banned) {
  Checks out = basic_checks();
  out.of(Rule::BannedStart) = Reaction::Fix;
  for (const Json& each : banned) out.banned_starts.push_back(each.get<std::string>());
  out.of(Rule::Start) = Reaction::Repair;
  out.of(Rule::Loop) = Reaction::Repair;
  out.of(Rule::MaxWords) = Reaction::Repair;
  out.max_words = max_words;
  out.of(Rule::Sentences) = Reaction::Fix;
  out.max_sentences = 1;
  out.of(Rule::Ending) = Reaction::Fix;
  return out;
}

Preset category_preset(const Json& source, const Json& category, const Json& length) {
  Preset out;
  out.category = text_at(category, "id");
  out.length = text_at(length, "id");
  out.id = out.category + "." + out.length;
  out.name = text_at(category, "name") + ", " + text_at(length, "name");
  out.system = text_at(source, "system");
  const auto most = static_cast<int>(integer_at(length, "max_words").value_or(50));
  out.prompt = joined(items_at(source, "frame"), "\n");
  put(out.prompt, "%aim%", text_at(length, "aim"));
  put(out.prompt, "%most%", std::to_string(most));
  put(out.prompt, "%connectors%", joined(items_at(category, "connectors"), ", "));
  put(out.prompt, "%order%", text_at(length, "order"));
  put(out.prompt, "%points%", numbered(items_at(category, "points")));
  put(out.prompt, "%subject%", text_at(category, "subject"));
  put(out.prompt, "%example%", text_at(category, out.length));
  out.checks = category_checks(most, items_at(source, "banned_starts"));
  if (Result<Parameters> parameters = parse_parameters(text_at(length, "parameters")))
    out.parameters = *std::move(parameters);  // a test holds that it parses
  return out;
}

const BuiltIn& built_in() {
  static const BuiltIn all = [] {
    BuiltIn out;
    const Result<Json> source = parse_json(built_in_presets_json());
    if (!source) return out;  // a test holds that it parses
    for (const Json& category : items_at(*source, "categories")) {
      out.categories.push_back({text_at(category, "id"), text_at(category, "name")});
      for (const Json& length : items_at(*source, "lengths"))
        out.presets.push_back(category_preset(*source, category, length));
    }
    for (const Json& entry : items_at(*source, "presets")) {
      Result<Preset> preset = preset_from(entry);
      if (!preset) continue;
      preset->id = text_at(entry, "id");
      out.presets.push_back(*std::move(preset));
    }
    for (Preset& preset : out.presets) preset.built_in = true;
    return out;
  }();
  return all;
}

}  // namespace

const std::vector<Category>& categories() { return built_in().categories; }
const std::vector<Preset>& built_in_presets() { return built_in().presets; }

const Preset* built_in_preset(std::string_view id) {
  const std::vector<Preset>& all = built_in_presets();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Preset& preset) { return preset.id == id; });
  return found == all.end() ? nullptr : &*found;
}

const Preset& preset_for(const Preset& chosen, std::string_view category_of_item) {
  if (chosen.category.empty() || category_of_item.empty()) return chosen;
  const Preset* own = built_in_preset(std::string(category_of_item) + "." + chosen.length);
  return own != nullptr ? *own : chosen;
}

bool uses_context(const Preset& preset) {
  for (const std::string* text : {&preset.system, &preset.prompt}) {
    const Result<Template> parsed = Template::parse(*text);
    if (parsed && parsed->uses(Variable::Context)) return true;
  }
  return preset.checks.of(Rule::Start) != Reaction::Off;
}

Result<Done> check_ready(const Preset& preset, std::string_view context) {
  for (const std::string* text : {&preset.system, &preset.prompt}) {
    if (const Result<Template> parsed = Template::parse(*text); !parsed) return parsed.error();
  }
  if (!uses_context(preset)) return Done{};
  const std::string_view words = trim(context);
  if (words.empty()) {
    return Error{ErrorCode::InvalidInput,
                 "The preset “" + preset.name + "” needs to know what the pictures are about.",
                 "Type the context: the words that every caption begins with."};
  }
  if (count_characters(words) > kContextCharacters) {
    return Error{ErrorCode::InvalidInput,
                 "The context has " + std::to_string(count_characters(words)) + " characters; at most " +
                     std::to_string(kContextCharacters) + " are allowed.",
                 "Shorten it."};
  }
  if (words.find_first_of("\r\n") != std::string_view::npos)
    return Error{ErrorCode::InvalidInput, "The context has more than one line.", "Write it on one line."};
  return Done{};
}

}  // namespace vignette::caption
