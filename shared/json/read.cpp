#include "shared/json/read.hpp"

#include <cmath>

#include "shared/json/limits.hpp"

namespace vignette {
namespace {

Error wrong_type(std::string_view key, const char* wanted) {
  return {ErrorCode::InvalidInput, "“" + std::string(key) + "” must be " + wanted + ".",
          "Correct that field."};
}

/// Null counts as absent: clients write both.
const Json* present(const Json& object, std::string_view key) {
  const Json* found = member(object, key);
  return found != nullptr && !found->is_null() ? found : nullptr;
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (const auto* positive = value.get_ptr<const Json::number_unsigned_t*>()) {
    if (*positive > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(*positive);
  }
  if (const auto* integer = value.get_ptr<const Json::number_integer_t*>()) return *integer;
  if (const auto* number = value.get_ptr<const Json::number_float_t*>()) {
    // JavaScript writes whole numbers as 5.0 at times; 2^53 is where doubles stop counting.
    if (std::trunc(*number) == *number && std::abs(*number) <= 9007199254740992.0) {
      return static_cast<std::int64_t>(*number);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  Result<Done> sound = check_json(text, limits);
  if (!sound) return sound.error();
  Json tree = Json::parse(text, nullptr, false);
  if (tree.is_discarded())
    return Error{ErrorCode::InvalidInput, "This is not JSON.", "Check its brackets and quotes."};
  return tree;
}

std::string write_json(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json* member(const Json& value, std::string_view key) {
  if (!value.is_object()) return nullptr;
  const auto found = value.find(key);
  return found == value.end() ? nullptr : &*found;
}

const Json* member_at(const Json& value, std::initializer_list<std::string_view> path) {
  const Json* here = &value;
  for (const std::string_view step : path) {
    if (here->is_array()) {
      std::size_t index = 0;
      for (const char digit : step) {
        if (digit < '0' || digit > '9' || index > 1'000'000) return nullptr;
        index = index * 10 + static_cast<std::size_t>(digit - '0');
      }
      if (step.empty() || index >= here->size()) return nullptr;
      here = &(*here)[index];
    } else {
      here = member(*here, step);
      if (here == nullptr) return nullptr;
    }
  }
  return here;
}

const Json& items_at(const Json& value, std::string_view key) {
  static const Json none = Json::array();
  const Json* found = member(value, key);
  return found != nullptr && found->is_array() ? *found : none;
}

std::string text_at(const Json& value, std::string_view key, std::string_view otherwise) {
  const Json* found = member(value, key);
  const auto* text = found != nullptr ? found->get_ptr<const std::string*>() : nullptr;
  return text != nullptr ? *text : std::string(otherwise);
}

std::optional<double> number_at(const Json& value, std::string_view key) {
  const Json* found = member(value, key);
  if (found == nullptr || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<std::int64_t> integer_at(const Json& value, std::string_view key) {
  const Json* found = member(value, key);
  return found != nullptr ? integer_of(*found) : std::nullopt;
}

bool flag_at(const Json& value, std::string_view key, bool otherwise) {
  const Json* found = member(value, key);
  const auto* flag = found != nullptr ? found->get_ptr<const bool*>() : nullptr;
  return flag != nullptr ? *flag : otherwise;
}

Result<std::string> need_text(const Json& object, std::string_view key) {
  Result<std::optional<std::string>> text = may_text(object, key);
  if (!text) return text.error();
  if (!text->has_value()) {
    return Error{ErrorCode::InvalidInput, "“" + std::string(key) + "” is missing.", "Add that field."};
  }
  return **std::move(text);
}

Result<std::optional<std::string>> may_text(const Json& object, std::string_view key) {
  const Json* found = present(object, key);
  if (found == nullptr) return std::optional<std::string>{};
  if (const auto* text = found->get_ptr<const std::string*>()) return std::optional<std::string>{*text};
  return wrong_type(key, "text");
}

Result<std::optional<bool>> may_flag(const Json& object, std::string_view key) {
  const Json* found = present(object, key);
  if (found == nullptr) return std::optional<bool>{};
  if (const auto* flag = found->get_ptr<const bool*>()) return std::optional<bool>{*flag};
  return wrong_type(key, "true or false");
}

Result<std::optional<double>> may_number(const Json& object, std::string_view key, double low, double high) {
  const Json* found = present(object, key);
  if (found == nullptr) return std::optional<double>{};
  if (!found->is_number()) return wrong_type(key, "a number");
  const double number = found->get<double>();
  if (!(number >= low && number <= high)) return wrong_type(key, "a number within its limits");
  return std::optional<double>{number};
}

Result<std::optional<std::int64_t>> may_integer(const Json& object, std::string_view key, std::int64_t low,
                                                std::int64_t high) {
  const Json* found = present(object, key);
  if (found == nullptr) return std::optional<std::int64_t>{};
  const std::optional<std::int64_t> number = integer_of(*found);
  if (!number) return wrong_type(key, "a whole number");
  if (*number < low || *number > high) {
    const std::string range = "between " + std::to_string(low) + " and " + std::to_string(high);
    return wrong_type(key, ("a whole number " + range).c_str());
  }
  return number;
}

}  // namespace vignette
