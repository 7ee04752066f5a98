#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace vignette::emulator {

/// Ordered, so that answers read as the providers write them.
using Json = nlohmann::ordered_json;

inline Json parse_json(const std::string& text) { return Json::parse(text, nullptr, false); }
/// Never throws: bytes that are not UTF-8 become U+FFFD.
inline std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// The member `key` of an object, or null: asking a non-object is no mistake here, the bodies are foreign.
inline const Json& member(const Json& object, const std::string& key) {
  static const Json null;
  if (!object.is_object()) return null;
  const auto at = object.find(key);
  return at == object.end() ? null : *at;
}
inline bool has(const Json& object, const std::string& key) { return !member(object, key).is_null(); }
inline std::string text_in(const Json& object, const std::string& key, std::string otherwise = {}) {
  const Json& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::move(otherwise);
}
inline double number_in(const Json& object, const std::string& key, double otherwise = 0) {
  const Json& value = member(object, key);
  return value.is_number() ? value.get<double>() : otherwise;
}
inline int int_in(const Json& object, const std::string& key, int otherwise = 0) {
  return static_cast<int>(number_in(object, key, otherwise));
}
inline bool flag_in(const Json& object, const std::string& key, bool otherwise = false) {
  const Json& value = member(object, key);
  return value.is_boolean() ? value.get<bool>() : otherwise;
}

}  // namespace vignette::emulator
