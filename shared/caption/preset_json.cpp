#include "shared/caption/preset_json.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"
#include "shared/caption/checks_json.hpp"
#include "shared/caption/variables.hpp"

namespace vignette::caption {
namespace {

constexpr std::size_t kMostPresets = 500;

Error malformed(std::string message, std::string hint = "Correct the file, or export it again.") {
  return {ErrorCode::InvalidInput, std::move(message), std::move(hint)};
}

Result<std::string> text_or_lines(const Json& entry, const char* key) {
  const Json* value = member(entry, key);
  if (value == nullptr || value->is_null()) return std::string{};
  if (value->is_string()) return value->get<std::string>();
  const std::string must = std::string(key) + " must be a text or a list of lines.";
  if (!value->is_array()) return malformed(must);
  std::string out;
  for (const Json& line : *value) {
    if (!line.is_string()) return malformed(must);
    if (&line != &value->front()) out += "\n";
    out += line.get<std::string>();
  }
  return out;
}

const char* name_of_shape(Shape shape) {
  return shape == Shape::Tags ? "tags" : (shape == Shape::Description ? "description" : "prose");
}

Result<Shape> shape_from(const Json& entry) {
  const std::string name = text_at(entry, "shape", "prose");
  for (const Shape shape : {Shape::Prose, Shape::Tags, Shape::Description}) {
    if (name == name_of_shape(shape)) return shape;
  }
  return malformed("shape must be prose, tags or description.");
}

Result<Done> only_known(const Json& entry) {
  for (const auto& [key, value] : entry.items()) {
    static const std::vector<std::string> kKnown = {"id",     "name",   "shape",     "system",
                                                    "prompt", "checks", "parameters"};
    if (std::find(kKnown.begin(), kKnown.end(), key) == kKnown.end())
      return malformed("There is nothing called “" + key + "” in a preset.",
                       "Take it away, or correct its name.");
  }
  return Done{};
}

}  // namespace

Result<Preset> preset_from(const Json& entry) {
  if (!entry.is_object()) return malformed("A preset must be a JSON object.");
  if (Result<Done> known = only_known(entry); !known) return known.error();
  Preset out;
  const Result<std::string> name = need_text(entry, "name");
  if (!name) return name.error();
  out.name = std::string(trim(*name));
  if (out.name.empty()) return malformed("name must not be empty.");

  const Result<Shape> shape = shape_from(entry);
  if (!shape) return shape.error();
  out.shape = *shape;

  Result<std::string> system = text_or_lines(entry, "system");
  if (!system) return system.error();
  out.system = *std::move(system);
  Result<std::string> prompt = text_or_lines(entry, "prompt");
  if (!prompt) return prompt.error();
  out.prompt = *std::move(prompt);
  if (trim(out.prompt).empty()) return malformed("prompt must not be empty.");
  for (const auto& [key, text] : {std::pair("system", &out.system), std::pair("prompt", &out.prompt)}) {
    const Result<Template> parsed = Template::parse(*text);
    if (!parsed) return malformed(std::string(key) + ": " + parsed.error().message, parsed.error().hint);
  }

  out.checks = basic_checks();
  if (const Json* checks = member(entry, "checks")) {
    Result<Checks> read = checks_from(*checks);
    if (!read) return read.error();
    out.checks = *std::move(read);
  }
  const Result<std::optional<std::string>> line = may_text(entry, "parameters");
  if (!line) return line.error();
  Result<Parameters> parameters = parse_parameters(line->value_or(""));
  if (!parameters) return malformed("parameters: " + parameters.error().message, parameters.error().hint);
  out.parameters = *std::move(parameters);
  return out;
}

std::string write_presets(const std::vector<Preset>& presets) {
  Json list = Json::array();
  for (const Preset& preset : presets) {
    list.push_back(Json{{"name", preset.name},
                        {"shape", name_of_shape(preset.shape)},
                        {"system", preset.system},
                        {"prompt", preset.prompt},
                        {"checks", json_of(preset.checks)},
                        {"parameters", write_parameters(preset.parameters)}});
  }
  return Json{{"vignette_presets", 1}, {"presets", std::move(list)}}.dump(2, ' ', false,
                                                                          Json::error_handler_t::replace) +
         "\n";
}

Result<std::vector<Preset>> read_presets(std::string_view json) {
  const Result<Json> file = parse_json(json);
  if (!file) return file.error();
  const std::optional<std::int64_t> version = integer_at(*file, "vignette_presets");
  if (!version) {
    return malformed("This is no file of presets: it has no \"vignette_presets\".",
                     "Choose a file that was made with Export presets.");
  }
  if (*version != 1) {
    return Error{
        ErrorCode::Unsupported,
        "This file of presets has the version " + std::to_string(*version) + "; only 1 is known here.",
        "Use a newer Vignette."};
  }
  const Json& list = items_at(*file, "presets");
  if (list.empty()) return malformed("The file holds no presets.");
  if (list.size() > kMostPresets) {
    return Error{ErrorCode::TooLarge,
                 "The file holds more than " + std::to_string(kMostPresets) + " presets.", "Part it."};
  }
  std::vector<Preset> out;
  for (const Json& entry : list) {
    Result<Preset> preset = preset_from(entry);
    if (!preset) {
      const std::string name = text_at(entry, "name");
      const std::string which = name.empty() ? "Preset " + std::to_string(out.size() + 1) : "“" + name + "”";
      return malformed(which + ": " + preset.error().message, preset.error().hint);
    }
    out.push_back(*std::move(preset));
  }
  return out;
}

}  // namespace vignette::caption
