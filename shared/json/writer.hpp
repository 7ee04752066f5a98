#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vignette {

/// Writes JSON from front to back, in the order of the calls. A request for a model is written with this
/// rather than from a tree, so that a picture of some megabytes can be left out and put in by whoever sends
/// it: `take()` hands over what is written so far, even in the middle of a string.
///
///   JsonWriter json;
///   json.open_object().field("model", id).key("stop").open_array().text("\n").close_array().close_object();
class JsonWriter {
 public:
  JsonWriter& open_object() { return open('{'); }
  JsonWriter& close_object() { return close('}'); }
  JsonWriter& open_array() { return open('['); }
  JsonWriter& close_array() { return close(']'); }

  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(double value);  ///< JSON knows no NaN and no infinity: they become null
  JsonWriter& integer(std::int64_t value);
  JsonWriter& flag(bool value);
  JsonWriter& null();
  /// `json` must be JSON already.
  JsonWriter& raw(std::string_view json);
  /// The members of `object` (JSON text of an object, or empty) become members here.
  JsonWriter& members_of(std::string_view object);

  JsonWriter& field(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& field(std::string_view name, const char* value) { return key(name).text(value); }
  JsonWriter& field(std::string_view name, double value) { return key(name).number(value); }
  JsonWriter& field(std::string_view name, std::int64_t value) { return key(name).integer(value); }
  JsonWriter& field(std::string_view name, int value) { return key(name).integer(value); }
  JsonWriter& field(std::string_view name, bool value) { return key(name).flag(value); }
  /// Nothing at all is written for a value that is not there.
  template <class T>
  JsonWriter& field(std::string_view name, const std::optional<T>& value) {
    return value ? field(name, *value) : *this;
  }

  // A string in parts: begin, add, add, end.
  JsonWriter& begin_text();
  JsonWriter& add_text(std::string_view more);
  /// `more` must need no escaping (base64).
  JsonWriter& add_plain(std::string_view more);
  JsonWriter& end_text();

  std::string take();

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string out_;
  std::vector<bool> has_members_;  // one for each open bracket
  bool after_key_ = false;
};

}  // namespace vignette
