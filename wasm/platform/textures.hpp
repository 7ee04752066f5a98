#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "wasm/platform/picture_tiles.hpp"
#include "wasm/platform/thumbnail_atlas.hpp"

namespace vignette {

struct PictureSize {
  int width = 0, height = 0;
};

/// The pictures a frame may draw, as textures. What is asked for and not there goes on the list of wanted
/// ones, which JavaScript gets once a frame when it changed.
class Textures : public Pictures {
 public:
  using SizeOf = std::function<PictureSize(const ItemId&)>;
  Textures(std::size_t thumbnail_budget_bytes, SizeOf size_of);

  std::optional<TextureRect> thumbnail(const ItemId& item) override;
  FullPicture full(const ItemId& item) override;

  void begin_frame();  ///< uploads what arrived, within the frame's time
  void end_frame();    ///< frees the large picture nobody looked at, says what is wanted
  bool uploads_wait() const { return atlas_.uploads_wait() || tiles_.uploads_wait(); }

  bool add_thumbnail(const ItemId& item, int width, int height, const std::uint8_t* rgba);
  /// False when another picture is shown by now; the pixels can go.
  bool pixels_arrived(const ItemId& item, int width, int height);
  void context_lost();

 private:
  void want_pixels(const ItemId& item, int long_side);

  SizeOf size_of_;
  ThumbnailAtlas atlas_;
  PictureTiles tiles_;
  bool full_asked_ = false;     ///< in this frame
  std::vector<ItemId> wanted_;  ///< thumbnails asked for in this frame, in the order of asking
  std::vector<ItemId> told_;    ///< the list JavaScript knows
  ItemId pixels_wanted_;        ///< what JavaScript was last asked for
};

}  // namespace vignette
