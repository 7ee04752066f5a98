#pragma once
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace vignette {

/// JSON with its members in the order they were written: a model answers the fields of a schema in
/// the schema's order, so the order carries meaning.
using Json = nlohmann::ordered_json;

/// What a hostile text may cost. An ordered object finds a member by looking at all of them, hence the
/// limits on members; the depth protects every recursive walk over the tree.
struct JsonLimits {
  std::size_t depth = 64;
  std::size_t members_of_one = 1'000;
  std::size_t members_of_all = 200'000;
};

/// Any bytes → a tree, or the reason. Never throws; a tree holds valid UTF-8 only.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});
/// One line, non-ASCII kept.
std::string write_json(const Json& value);

// Looking, for answers whose shape nobody guarantees: what is missing or of another type reads as
// nothing, and every function takes any value at all.
//
//   std::string id = text_at(reply, "id");
//   for (const Json& part : items_at(reply, "parts")) …

/// The member, or null where `value` is no object or has none of that name.
const Json* member(const Json& value, std::string_view key);
/// Follows names and (as digits) indexes: member_at(reply, {"choices", "0", "message"}).
const Json* member_at(const Json& value, std::initializer_list<std::string_view> path);
/// The array of that name, or an empty one.
const Json& items_at(const Json& value, std::string_view key);
std::string text_at(const Json& value, std::string_view key, std::string_view otherwise = {});
std::optional<double> number_at(const Json& value, std::string_view key);
std::optional<std::int64_t> integer_at(const Json& value, std::string_view key);
bool flag_at(const Json& value, std::string_view key, bool otherwise = false);

// Demanding, for requests and files we define ourselves: the wrong type is an Error that names the field.

Result<std::string> need_text(const Json& object, std::string_view key);
/// Absent and null read as nothing; any other type is an error.
Result<std::optional<std::string>> may_text(const Json& object, std::string_view key);
Result<std::optional<bool>> may_flag(const Json& object, std::string_view key);
Result<std::optional<double>> may_number(const Json& object, std::string_view key, double low, double high);
Result<std::optional<std::int64_t>> may_integer(const Json& object, std::string_view key, std::int64_t low,
                                                std::int64_t high);

}  // namespace vignette
