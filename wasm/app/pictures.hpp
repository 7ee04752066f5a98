#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "shared/dataset/item.hpp"

namespace vignette {

/// A rectangle of a texture, in texture coordinates, and the picture's own size in pixels.
struct TextureRect {
  std::uint64_t texture = 0;
  float u0 = 0, v0 = 0, u1 = 1, v1 = 1;
  int width = 0, height = 0;
};

/// A picture larger than one texture may be, cut into tiles placed in picture pixels.
struct PictureTile {
  TextureRect texture;
  int x = 0, y = 0;
};
struct FullPicture {
  int width = 0, height = 0;       ///< upright size of the whole picture
  std::vector<PictureTile> tiles;  ///< those that are there already; drawn over the thumbnail
  bool complete = false;
};

/// Pictures a view may draw this frame. A cache, not state: asking for what is not there yet marks it as
/// wanted, and a redraw follows when it has come. On the web it is GPU textures; in native tests a fake.
class Pictures {
 public:
  virtual ~Pictures() = default;
  virtual std::optional<TextureRect> thumbnail(const ItemId& item) = 0;
  /// Full resolution of the one picture that is shown large.
  virtual FullPicture full(const ItemId& item) = 0;
};

}  // namespace vignette
