#include "tests/emulator/mind/structure.hpp"

#include <algorithm>
#include <cstdlib>

#include "shared/base/utf8.hpp"

namespace vignette::emulator {
namespace {

// "image 2: b.jpg" → "b.jpg"; anything else as it is, without a colon at its end.
std::string id_of(const Picture& picture, std::size_t index) {
  std::string label(trim(picture.label));
  const std::size_t colon = label.find(": ");
  if (to_lower_ascii(label).rfind("image ", 0) == 0 && colon != std::string::npos)
    label = label.substr(colon + 2);
  while (!label.empty() && label.back() == ':') label.pop_back();
  return label.empty() ? "image " + std::to_string(index + 1) : label;
}

bool alike(const Picture& a, const Picture& b) {
  return a.width == b.width && a.height == b.height && !a.colours.empty() && !b.colours.empty() &&
         a.colours[0] == b.colours[0] && std::abs(a.brightness - b.brightness) < 40;
}

bool is_series(const std::vector<Picture>& pictures) {
  return pictures.size() > 1 && std::all_of(pictures.begin() + 1, pictures.end(),
                                            [&](const Picture& p) { return alike(pictures[0], p); });
}

std::string series_caption(const Question& question) {
  const auto& first = question.pictures.at(0);
  return "a series of " + std::to_string(question.pictures.size()) + " pictures" +
         (first.colours.empty() ? "" : ", mostly " + first.colours[0]);
}

struct Filling {
  const Question& question;
  const std::string& caption;
  std::size_t index = 0;  // which picture or patch the innermost array is at
  bool in_objects = false;
};

Json string_for(const std::string& name, const Filling& f) {
  const auto& pictures = f.question.pictures;
  const bool known = f.index < pictures.size();
  if (f.in_objects && !pictures.empty() && f.index < pictures[0].patches.size()) {
    const Patch& patch = pictures[0].patches[f.index];
    if (name == "color" || name == "colour") return patch.colour;
    if (name == "position") return patch.position;
    return patch.colour + " patch";
  }
  if (name == "image_id" || name == "id" || name == "name")
    return known ? id_of(pictures[f.index], f.index) : "image 1";
  if (name == "series_caption" && !pictures.empty()) return series_caption(f.question);
  if (name == "reason")
    return is_series(pictures) ? "same size and main colour" : "different size or main colour";
  if (known && f.index > 0) return describe(pictures[f.index]);
  return f.caption;
}

std::size_t elements_for(const Json& schema, const std::string& name, const Filling& f) {
  std::size_t n = 1;
  if (name == "images" || has(member(member(schema, "items"), "properties"), "image_id"))
    n = std::max<std::size_t>(1, f.question.pictures.size());
  if (name == "objects") n = f.question.pictures.empty() ? 0 : f.question.pictures[0].patches.size();
  // Gemini writes these two as strings.
  const auto limit = [&](const char* key, std::size_t otherwise) {
    const Json& value = member(schema, key);
    if (value.is_string())
      return static_cast<std::size_t>(std::strtoul(value.get<std::string>().c_str(), nullptr, 10));
    return value.is_number() ? value.get<std::size_t>() : otherwise;
  };
  return std::clamp(n, limit("minItems", 0), std::max(limit("minItems", 0), limit("maxItems", 1000)));
}

Json fill_at(const Json& schema, const std::string& name, const Filling& f) {
  if (const Json& options = member(schema, "enum"); options.is_array() && !options.empty()) return options[0];
  if (has(schema, "const")) return schema["const"];
  for (const char* choice : {"anyOf", "oneOf"})
    if (const Json& options = member(schema, choice); options.is_array() && !options.empty())
      return fill_at(options[0], name, f);
  const Json& type_field = member(schema, "type");
  std::string type = type_field.is_array() && !type_field.empty() ? type_field[0].get<std::string>()
                                                                  : text_in(schema, "type", "object");
  type = to_lower_ascii(type);
  if (type == "boolean") return name == "is_series" ? is_series(f.question.pictures) : true;
  if (type == "integer" || type == "number")
    return member(schema, "minimum").is_number() ? schema["minimum"] : Json(0);
  if (type == "string") return string_for(name, f);
  if (type == "null") return nullptr;
  if (type == "array") {
    Json list = Json::array();
    for (std::size_t i = 0, n = elements_for(schema, name, f); i < n; ++i)
      list.push_back(fill_at(member(schema, "items"), name,
                             {f.question, f.caption, i, f.in_objects || name == "objects"}));
    return list;
  }
  Json object = Json::object();
  for (const auto& [key, value] : member(schema, "properties").items()) object[key] = fill_at(value, key, f);
  return object;
}

}  // namespace

Json scene_of(const Question& question, const std::string& caption) {
  Json objects = Json::array();
  if (!question.pictures.empty())
    for (const Patch& patch : question.pictures[0].patches)
      objects.push_back(
          {{"label", patch.colour + " patch"}, {"color", patch.colour}, {"position", patch.position}});
  return {{"scene_summary", caption}, {"objects", objects}};
}

Json boxes_of(const Question& question) {
  Json boxes = Json::array();
  if (question.pictures.empty()) return boxes;
  const Picture& p = question.pictures[0];
  for (const Patch& patch : p.patches)
    boxes.push_back({{"box_2d",
                      {patch.box.top * 1000 / p.height, patch.box.left * 1000 / p.width,
                       patch.box.bottom * 1000 / p.height, patch.box.right * 1000 / p.width}},
                     {"label", patch.colour + " patch"}});
  return boxes;
}

Json series_of(const Question& question) {
  Json images = Json::array();
  for (std::size_t i = 0; i < question.pictures.size(); ++i)
    images.push_back(
        {{"image_id", id_of(question.pictures[i], i)}, {"caption", describe(question.pictures[i])}});
  const bool series = is_series(question.pictures);
  return {{"is_series", series},
          {"series_caption", series ? Json(series_caption(question)) : Json("")},
          {"images", images},
          {"reason", series ? "same size and main colour" : "different size or main colour"}};
}

Json fill(const Json& schema, const Question& question, const std::string& caption) {
  return fill_at(schema, "", {question, caption});
}

}  // namespace vignette::emulator
