#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/caption/checks.hpp"
#include "shared/caption/parameters.hpp"

namespace vignette::caption {

/// How a caption is asked for and what it must be like.
struct Preset {
  std::string id;
  std::string name;
  bool built_in = false;
  std::string category;  ///< of the built-in ones for a category: which
  std::string length;    ///< of the same: "long" or "short"
  Shape shape = Shape::Prose;
  std::string system;  ///< both with variables
  std::string prompt;
  Checks checks;
  Parameters parameters;
};

/// "interior", shown as "Interior/Architecture".
struct Category {
  std::string id;
  std::string name;
};
const std::vector<Category>& categories();

/// The eight categories long and short, and the ones for tags, structured descriptions and video.
const std::vector<Preset>& built_in_presets();
const Preset* built_in_preset(std::string_view id);  ///< "interior.long", "tags" …

/// The preset for one picture of a job: where a category's preset was chosen and the picture has a category
/// of its own, that category's preset of the same length.
const Preset& preset_for(const Preset& chosen, std::string_view category_of_item);

inline constexpr std::size_t kContextCharacters = 50;
bool uses_context(const Preset& preset);
/// What must be right before a job starts: the variables are known, and the context is there where the preset
/// needs one and is at most 50 characters long.
Result<Done> check_ready(const Preset& preset, std::string_view context);

/// presets.json as it was when this was built.
std::string_view built_in_presets_json();

}  // namespace vignette::caption
