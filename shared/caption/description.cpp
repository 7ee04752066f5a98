#include "shared/caption/description.hpp"

#include "shared/base/utf8.hpp"
#include "shared/json/salvage.hpp"

namespace vignette::caption {
namespace {

constexpr int kDeepest = 8;

/// A value of any shape as a person would write it: lists with commas, members with their names.
std::string words_of(const Json& value, int depth = 0) {
  if (value.is_string()) return std::string(trim(value.get<std::string>()));
  if (value.is_null() || depth > kDeepest) return {};
  if (!value.is_structured()) return write_json(value);
  std::string out;
  for (const auto& [key, each] : value.items()) {
    const std::string words = words_of(each, depth + 1);
    if (words.empty()) continue;
    out += (out.empty() ? "" : ", ") + (value.is_object() ? key + " " + words : words);
  }
  return out;
}

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (key == name) return true;
  }
  return false;
}

bool is_label(std::string_view key) { return is_one_of(key, {"label", "name", "object"}); }
bool is_summary(std::string_view key) {
  return is_one_of(key, {"scene_summary", "summary", "scene", "description"});
}

DescribedObject object_from(const Json& entry, std::string label = {}) {
  DescribedObject out{std::move(label), {}};
  if (!entry.is_object()) {
    const std::string words = words_of(entry);
    if (out.label.empty()) {
      out.label = words;
    } else if (!words.empty()) {
      out.facts.emplace_back("details", words);
    }
    return out;
  }
  for (const auto& [key, value] : entry.items()) {
    std::string words = words_of(value);
    if (words.empty()) continue;
    if (out.label.empty() && is_label(key)) {
      out.label = std::move(words);
    } else {
      out.facts.emplace_back(key, std::move(words));
    }
  }
  return out;
}

/// A list of objects, or {"vase": {"color": "red"}}, which small models prefer.
void take_objects(const Json& list, Description& out) {
  if (!list.is_structured()) return;
  for (const auto& [key, entry] : list.items()) {
    DescribedObject object = object_from(entry, list.is_object() ? key : "");
    if (!object.label.empty() || !object.facts.empty()) out.objects.push_back(std::move(object));
  }
}

}  // namespace

Description read_description(std::string_view answer) {
  Description out;
  out.raw = to_utf8(answer);
  Result<Json> tree = salvage_json(out.raw);
  if (!tree) return out;
  out.whole = *std::move(tree);
  out.readable = true;
  if (out.whole.is_array()) {
    take_objects(out.whole, out);
    return out;
  }
  for (const auto& [key, value] : out.whole.items()) {
    if (key == "objects") {
      take_objects(value, out);
    } else if (out.summary.empty() && is_summary(key) && value.is_string()) {
      out.summary = words_of(value);
    } else if (std::string words = words_of(value); !words.empty()) {
      out.further.emplace_back(key, std::move(words));
    }
  }
  return out;
}

std::vector<std::string> card_lines(const Description& description) {
  std::vector<std::string> lines;
  if (!description.readable) {
    const std::string_view raw = trim(description.raw);
    if (!raw.empty()) lines.emplace_back(raw);
    return lines;
  }
  if (!description.summary.empty()) lines.push_back(description.summary);
  for (const DescribedObject& object : description.objects) {
    std::string line = "• " + (object.label.empty() ? "something" : object.label);
    const char* between = " — ";
    for (const auto& [key, words] : object.facts) {
      line += between + key + ": " + words;
      between = "; ";
    }
    lines.push_back(std::move(line));
  }
  for (const auto& [key, words] : description.further) lines.push_back(key + ": " + words);
  return lines;
}

std::string editable_text(const Description& description) {
  if (!description.readable) return description.raw;
  return description.whole.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string_view description_schema() {
  return R"({"type":"object","properties":{"scene_summary":{"type":"string"},"objects":{"type":"array","items":)"
         R"({"type":"object","properties":{"label":{"type":"string"},"color":{"type":"string"},)"
         R"("texture":{"type":"string"},"position":{"type":"string"},"size":{"type":"string"},)"
         R"("count":{"type":"integer"},"details":{"type":"string"},"relations":{"type":"string"}},)"
         R"("required":["label"]}},"visible_text":{"type":"array","items":{"type":"string"}},)"
         R"("uncertainties":{"type":"array","items":{"type":"string"}}},"required":["scene_summary","objects"]})";
}

}  // namespace vignette::caption
