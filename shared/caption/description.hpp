#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/json/read.hpp"

namespace vignette::caption {

/// One thing in the picture: "vase", and what is said about it in the order it was said.
struct DescribedObject {
  std::string label;
  std::vector<std::pair<std::string, std::string>> facts;  ///< ("color", "red, dark"), …
};

/// A model's structured description of a picture. All of it is optional, because models leave out what they
/// like; what we do not know is kept in `whole`.
struct Description {
  bool readable = false;  ///< false: no JSON was found, and only `raw` says anything
  std::string summary;
  std::vector<DescribedObject> objects;
  std::vector<std::pair<std::string, std::string>> further;  ///< other members, as text
  Json whole;
  std::string raw;  ///< the answer as it came
};

/// Never fails: fences, words around it and commas too many are seen through, anything else stays raw.
Description read_description(std::string_view answer);

/// What a person reads, one line each:
///   A desk by a window.
///   • vase — color: red; position: left, 20 % from the top
///   visible_text: OPEN
std::vector<std::string> card_lines(const Description& description);

/// The JSON as a person edits it, indented; the raw answer where there is none.
std::string editable_text(const Description& description);

/// What the model is asked for, as a JSON Schema.
std::string_view description_schema();

}  // namespace vignette::caption
