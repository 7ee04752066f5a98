#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/provider/chat.hpp"
#include "shared/provider/model.hpp"

namespace vignette::caption {

/// What a person may set about a call; what is not set is not sent.
struct Parameters {
  provider::ChatParams chat;
  std::optional<bool> stream;
};

enum class ValueKind { Integer, Number, Flag, Text, Choice };

/// One parameter as a form shows it.
struct Field {
  const char* key;
  const char* label;
  const char* hint;
  ValueKind kind;
  double low;   ///< of Integer and Number
  double high;  ///< the same
  std::vector<const char*> choices;
};
const std::vector<Field>& fields();
/// Null: there is no parameter of that name.
const Field* field_named(std::string_view key);
/// Whether this model is sent the parameter at all.
bool taken_by(const provider::Model& model, const Field& field);

/// The value as text, or nothing where it is not set.
std::optional<std::string> value_text(const Parameters& parameters, const Field& field);
/// Sets one value from what was typed; blank takes it away. Nothing changes on an Error.
Result<Done> set_value(Parameters& parameters, const Field& field, std::string_view typed);

/// The one-line form, strictly:
///
///   max_tokens=512, temperature=0.2, stop="a, b"
///
/// An unknown or repeated name, a value of the wrong type or out of its range, or a missing part is an Error
/// that names it and says at which character it stands. A text may be in double quotes, with \" and
/// \\ inside.
Result<Parameters> parse_parameters(std::string_view line);
/// The same line back, in the order of the form.
std::string write_parameters(const Parameters& parameters);

}  // namespace vignette::caption
