#include "wasm/app/args.hpp"

namespace vignette {

Args::Args(std::string_view text) : json_(nlohmann::json::parse(text.empty() ? "{}" : text, nullptr, false)) {
  if (!json_.is_object()) {
    error_ =
        Error{ErrorCode::InvalidInput, "The arguments are not a JSON object.", "Pass them as {name: value}."};
    json_ = nlohmann::json::object();
  }
}

bool Args::has(const char* name) const { return json_.contains(name) && !json_[name].is_null(); }

void Args::refuse(const char* name, const std::string& expected) {
  if (error_) return;
  error_ = Error{ErrorCode::InvalidInput,
                 std::string("The argument \"") + name + "\" must be " + expected + ".", ""};
}

std::string Args::text(const char* name) {
  if (has(name) && json_[name].is_string()) return json_[name].get<std::string>();
  refuse(name, "a text");
  return "";
}

std::string Args::text(const char* name, const char* otherwise) { return has(name) ? text(name) : otherwise; }

int Args::number(const char* name, int otherwise) {
  if (!has(name)) return otherwise;
  const nlohmann::json& value = json_[name];
  const bool fits = value.is_number_integer() && value.get<std::int64_t>() >= INT32_MIN &&
                    value.get<std::int64_t>() <= INT32_MAX;
  if (fits) return value.get<int>();
  refuse(name, "a whole number");
  return otherwise;
}

bool Args::flag(const char* name, bool otherwise) {
  if (!has(name)) return otherwise;
  if (json_[name].is_boolean()) return json_[name].get<bool>();
  refuse(name, "true or false");
  return otherwise;
}

std::vector<std::string> Args::texts(const char* name) {
  std::vector<std::string> out;
  const bool is_list = has(name) && json_[name].is_array();
  if (is_list) {
    for (const nlohmann::json& one : json_[name]) {
      if (one.is_string()) out.push_back(one.get<std::string>());
    }
  }
  if (!is_list || out.size() != json_[name].size()) refuse(name, "a list of texts");
  return out;
}

Args Args::inside(const char* name) const {
  return Args(has(name) && json_[name].is_object() ? json_[name] : nlohmann::json::object());
}

}  // namespace vignette
