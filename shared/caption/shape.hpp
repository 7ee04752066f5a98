#pragma once

namespace vignette::caption {

/// What kind of text an answer should become.
enum class Shape {
  Prose,       ///< sentences on one line
  Tags,        ///< words and short phrases, parted by ", "
  Description  ///< JSON about the objects in the picture; its summary is the caption
};

}  // namespace vignette::caption
