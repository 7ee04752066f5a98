#pragma once
#include <vector>

#include "wasm/app/pictures.hpp"

namespace vignette {

/// The one picture that is shown large, as textures of at most 512² pixels: a graphics card need not take
/// larger ones, and each can be uploaded within one frame's time. The pixels stay in JavaScript; they go from
/// there to the graphics card without passing through wasm memory.
class PictureTiles {
 public:
  /// Starts over with another picture, `full` is its true size. The tiles are placed in its pixels.
  void show(const ItemId& item, int full_width, int full_height);
  const ItemId& item() const { return item_; }
  bool has_pixels() const { return width_ > 0; }
  /// The pixels are there (in JavaScript), perhaps fewer than the true size has.
  void pixels_arrived(int width, int height);
  /// Uploads tiles until `until_ms`, at least one; true when that was the last.
  bool upload_some(double until_ms);
  bool uploads_wait() const { return width_ > 0 && next_ < rows_ * columns_; }
  FullPicture picture() const;
  void clear();
  /// The context is gone with every texture in it; the picture has to be asked for again.
  void forget_textures();

 private:
  void upload(int column, int row);

  ItemId item_;
  int full_width_ = 0, full_height_ = 0;
  int width_ = 0, height_ = 0;  ///< of the pixels that arrived
  int columns_ = 0, rows_ = 0;
  int next_ = 0;  ///< tile to upload next, row by row
  std::vector<PictureTile> tiles_;
};

}  // namespace vignette
