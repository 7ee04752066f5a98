#pragma once
#include <string>
#include <vector>

#include "shared/json/read.hpp"

namespace vignette::caption {

/// What was found in a picture without asking anybody: by small networks and by measuring. It crosses from
/// the worker to the app as JSON.
struct Seen {
  /// "tabby", how sure: 0…1, and which object it is a sort of: "cat", "" where none.
  struct Label {
    std::string name;
    double sure = 0;
    std::string kind;
  };
  /// "cat", how sure, and where, in parts of the picture.
  struct Object {
    std::string name;
    double sure = 0;
    double left = 0, top = 0, width = 0, height = 0;
  };
  /// "dark blue", and how much of the picture.
  struct Colour {
    std::string name;
    double share = 0;
  };
  int width = 0, height = 0;
  std::vector<Label> labels;    ///< the surest first
  std::vector<Object> objects;  ///< the surest first
  std::vector<Colour> colours;  ///< the largest first
  double light = 0;             ///< 0 black, 1 white
  double contrast = 0;
  std::string brighter;  ///< "left", "right", "top", "bottom" or ""
};

Json json_of(const Seen& seen);
/// What is missing stays empty; nothing is refused.
Seen seen_from(const Json& json);

/// What it was made from and how sure that is, for the person:
/// "tabby 62 %, Egyptian cat 21 %; cat 94 %, couch 71 %; brown, beige"
std::string evidence_of(const Seen& seen);

}  // namespace vignette::caption
