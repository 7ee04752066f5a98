#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/core/json.hpp"

namespace vignette::emulator {

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;  ///< right and bottom are one past
};

/// A patch of one colour that stands out from the ground.
struct Patch {
  std::string colour;
  Box box;
  std::string position;  ///< "top left", "centre", …
};

/// What this program sees of a picture: everything it says about one comes from here, so a caption proves
/// which bytes arrived.
struct Picture {
  std::string format, sha256;
  std::size_t bytes = 0;
  int width = 0, height = 0;  ///< upright
  bool has_exif = false, has_alpha = false;
  std::vector<std::string> segments;      ///< JPEG markers or PNG/WebP chunks: where metadata would sit
  std::vector<std::string> first_pixels;  ///< four from the top left, "rrggbbaa"
  std::vector<std::string> colours;       ///< the names of the two main ones, or of one
  int brightness = 0;                     ///< mean, 0…255
  std::optional<Box> mask;                ///< around alpha > 0, when some of the picture is transparent
  std::vector<Patch> patches;             ///< largest first
  std::string label;                      ///< the text that came just before it
};

/// Decodes. Nothing when the bytes are no picture.
std::optional<Picture> see(std::string_view bytes);

Json to_json(const Picture& picture);

/// "a 640x480 picture, mostly red and blue, bright, landscape"
std::string describe(const Picture& picture);

}  // namespace vignette::emulator
