#include "shared/caption/parameter_values.hpp"

#include <charconv>
#include <cmath>

#include "shared/base/utf8.hpp"

namespace vignette::caption {
namespace {

using provider::Effort;

constexpr struct {
  Effort effort;
  const char* name;
} kEfforts[] = {{Effort::ByModel, "model"},
                {Effort::Off, "off"},
                {Effort::Low, "low"},
                {Effort::Medium, "medium"},
                {Effort::High, "high"}};

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Digits with at most one point. By hand, because from_chars for doubles is missing in some of our
/// libraries and strtod listens to the locale. Up to 15 digits this is the nearest double.
std::optional<double> decimal_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  double digits = 0;
  double scale = 1;
  int count = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++count > 15) return std::nullopt;
    digits = digits * 10 + (c - '0');
    if (point) scale *= 10;
  }
  if (count == 0) return std::nullopt;
  return (negative ? -1 : 1) * digits / scale;
}

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, static_cast<std::size_t>(end.ptr - buffer)};
}

std::optional<std::int64_t>* integer_of(Parameters& parameters, std::string_view key) {
  if (key == "max_tokens") return &parameters.chat.max_tokens;
  if (key == "top_k") return &parameters.chat.top_k;
  return key == "seed" ? &parameters.chat.seed : nullptr;
}

std::optional<double>* number_of(Parameters& parameters, std::string_view key) {
  if (key == "temperature") return &parameters.chat.temperature;
  if (key == "top_p") return &parameters.chat.top_p;
  if (key == "presence_penalty") return &parameters.chat.presence_penalty;
  return key == "frequency_penalty" ? &parameters.chat.frequency_penalty : nullptr;
}

Error wrong(const Field& field, const std::string& must_be) {
  return {ErrorCode::InvalidInput, "“" + std::string(field.key) + "” must be " + must_be + ".", field.hint};
}

std::string range_of(const Field& field) {
  return "from " + number_text(field.low) + " to " + number_text(field.high);
}

std::string choices_of(const Field& field) {
  std::string out;
  for (const char* choice : field.choices) out += (out.empty() ? "" : ", ") + std::string(choice);
  return "one of " + out;
}

}  // namespace

const std::vector<Field>& fields() {
  static const std::vector<Field> all = {
      {"max_tokens",
       "Longest answer",
       "In tokens; an English word is about 1.3.",
       ValueKind::Integer,
       1,
       131'072,
       {}},
      {"temperature",
       "Temperature",
       "0 answers the same each time; higher is freer.",
       ValueKind::Number,
       0,
       2,
       {}},
      {"top_p", "Top p", "How much of the likely words is considered.", ValueKind::Number, 0, 1, {}},
      {"top_k", "Top k", "How many of the likely words are considered.", ValueKind::Integer, 1, 1'000, {}},
      {"seed",
       "Seed",
       "The same number gives the same answer, where the model can.",
       ValueKind::Integer,
       0,
       2'147'483'647,
       {}},
      {"presence_penalty",
       "Presence penalty",
       "Above 0 avoids words already used.",
       ValueKind::Number,
       -2,
       2,
       {}},
      {"frequency_penalty",
       "Frequency penalty",
       "Above 0 avoids words used often.",
       ValueKind::Number,
       -2,
       2,
       {}},
      {"stop", "Stop at", "The answer ends before this text.", ValueKind::Text, 0, 0, {}},
      {"effort",
       "Thinking",
       "How hard the model may think before it answers.",
       ValueKind::Choice,
       0,
       0,
       {"model", "off", "low", "medium", "high"}},
      {"stream", "Show while writing", "true or false.", ValueKind::Flag, 0, 0, {}},
  };
  return all;
}

const Field* field_named(std::string_view key) {
  for (const Field& field : fields()) {
    if (key == field.key) return &field;
  }
  return nullptr;
}

bool taken_by(const provider::Model& model, const Field& field) {
  const std::string_view key = field.key;
  if (key == "stream") return true;
  if (key == "effort") return model.thinking.style != provider::ThinkingStyle::None;
  return model.takes(key);
}

std::optional<std::string> value_text(const Parameters& parameters, const Field& field) {
  Parameters copy = parameters;
  if (const auto* integer = integer_of(copy, field.key))
    return *integer ? std::optional(std::to_string(**integer)) : std::nullopt;
  if (const auto* number = number_of(copy, field.key))
    return *number ? std::optional(number_text(**number)) : std::nullopt;
  switch (field.kind) {
    case ValueKind::Flag:
      if (!parameters.stream) return std::nullopt;
      return *parameters.stream ? "true" : "false";
    case ValueKind::Choice:
      for (const auto& known : kEfforts) {
        if (parameters.chat.effort == known.effort && known.effort != Effort::ByModel) return known.name;
      }
      return std::nullopt;
    default:
      if (parameters.chat.stop.empty()) return std::nullopt;
      return parameters.chat.stop.front();
  }
}

Result<Done> write_value(Parameters& parameters, const Field& field, std::string_view value) {
  if (auto* integer = integer_of(parameters, field.key)) {
    const std::optional<std::int64_t> read = whole_number(value);
    if (!read || static_cast<double>(*read) < field.low || static_cast<double>(*read) > field.high)
      return wrong(field, "a whole number " + range_of(field));
    *integer = *read;
    return Done{};
  }
  if (auto* number = number_of(parameters, field.key)) {
    const std::optional<double> read = decimal_number(value);
    if (!read || *read < field.low || *read > field.high) return wrong(field, "a number " + range_of(field));
    *number = *read;
    return Done{};
  }
  switch (field.kind) {
    case ValueKind::Flag:
      if (value != "true" && value != "false") return wrong(field, "true or false");
      parameters.stream = value == "true";
      return Done{};
    case ValueKind::Choice:
      for (const auto& known : kEfforts) {
        if (value != known.name) continue;
        parameters.chat.effort = known.effort;
        return Done{};
      }
      return wrong(field, choices_of(field));
    default:
      if (value.empty()) return wrong(field, "a text that is not empty");
      parameters.chat.stop = {to_utf8(value)};
      return Done{};
  }
}

Result<Done> set_value(Parameters& parameters, const Field& field, std::string_view typed) {
  const std::string_view value = trim(typed);
  if (!value.empty()) return write_value(parameters, field, value);
  if (auto* integer = integer_of(parameters, field.key)) integer->reset();
  if (auto* number = number_of(parameters, field.key)) number->reset();
  if (field.kind == ValueKind::Flag) parameters.stream.reset();
  if (field.kind == ValueKind::Choice) parameters.chat.effort = Effort::ByModel;
  if (field.kind == ValueKind::Text) parameters.chat.stop.clear();
  return Done{};
}

}  // namespace vignette::caption
