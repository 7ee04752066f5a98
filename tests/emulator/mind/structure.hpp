#pragma once
#include "tests/emulator/mind/question.hpp"

namespace vignette::emulator {

/// {"scene_summary", "objects": [{label, color, position}]}
Json scene_of(const Question& question, const std::string& caption);
/// [{"box_2d": [top, left, bottom, right] in 0…1000, "label"}], of the first picture
Json boxes_of(const Question& question);
/// {"is_series", "series_caption", "images": [{image_id, caption}], "reason"}
Json series_of(const Question& question);

/// A value that satisfies `schema` (JSON Schema, or Gemini's dialect with upper-case types), filled with what
/// is known about the pictures where the property's name tells what belongs there.
Json fill(const Json& schema, const Question& question, const std::string& caption);

}  // namespace vignette::emulator
