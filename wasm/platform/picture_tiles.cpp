#include "wasm/platform/picture_tiles.hpp"

#include <GLES3/gl3.h>
#include <algorithm>
#include <cmath>
#include <emscripten.h>

#include "wasm/platform/host_calls.hpp"

// Each texture repeats one pixel of its neighbours around its own part, so that smoothing meets the right
// pixel across a seam:
//
//   |·|        own part         |·|     kTile = kOwn + 2 pixels

namespace vignette {
namespace {

constexpr int kTile = 512;
constexpr int kOwn = kTile - 2;
// The clock alone does not hold an upload back: it returns at once until the way to the graphics process is
// full, and then blocks until that has drawn. Twelve megapixels take 24 frames this way.
constexpr int kTilesAFrame = 2;

int tiles_along(int length) { return (length + kOwn - 1) / kOwn; }

}  // namespace

void PictureTiles::show(const ItemId& item, int full_width, int full_height) {
  clear();
  item_ = item;
  full_width_ = full_width;
  full_height_ = full_height;
}

void PictureTiles::pixels_arrived(int width, int height) {
  const ItemId item = item_;
  show(item, full_width_ > 0 ? full_width_ : width, full_height_ > 0 ? full_height_ : height);
  width_ = width;
  height_ = height;
  columns_ = tiles_along(width);
  rows_ = tiles_along(height);
}

bool PictureTiles::upload_some(double until_ms) {
  for (int sent = 0; sent < kTilesAFrame && uploads_wait(); ++sent) {
    upload(next_ % columns_, next_ / columns_);
    ++next_;
    if (emscripten_get_now() >= until_ms) break;
  }
  return !uploads_wait();
}

void PictureTiles::upload(int column, int row) {
  const int x = column * kOwn;
  const int y = row * kOwn;
  const int own_width = std::min(kOwn, width_ - x);
  const int own_height = std::min(kOwn, height_ - y);
  const int left = std::max(0, x - 1);
  const int top = std::max(0, y - 1);
  const int width = std::min(width_, x + own_width + 1) - left;
  const int height = std::min(height_, y + own_height + 1) - top;

  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  const int levels = static_cast<int>(std::floor(std::log2(std::max(width, height)))) + 1;
  glTexStorage2D(GL_TEXTURE_2D, levels, GL_RGBA8, width, height);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  host::upload_tile(left, top, width, height);
  glGenerateMipmap(GL_TEXTURE_2D);

  const auto share = [](int part, int whole) { return static_cast<float>(part) / static_cast<float>(whole); };
  const auto in_full = [](int pixel, int pixels, int full) {
    return static_cast<int>(std::lround(static_cast<double>(pixel) * full / pixels));
  };
  PictureTile tile;
  tile.x = in_full(x, width_, full_width_);
  tile.y = in_full(y, height_, full_height_);
  tile.texture.texture = texture;
  tile.texture.u0 = share(x - left, width);
  tile.texture.v0 = share(y - top, height);
  tile.texture.u1 = share(x - left + own_width, width);
  tile.texture.v1 = share(y - top + own_height, height);
  tile.texture.width = in_full(x + own_width, width_, full_width_) - tile.x;
  tile.texture.height = in_full(y + own_height, height_, full_height_) - tile.y;
  tiles_.push_back(tile);
}

FullPicture PictureTiles::picture() const {
  return {full_width_, full_height_, tiles_, width_ > 0 && !uploads_wait()};
}

void PictureTiles::clear() {
  for (const PictureTile& tile : tiles_) {
    const auto texture = static_cast<GLuint>(tile.texture.texture);
    glDeleteTextures(1, &texture);
  }
  forget_textures();
  item_.clear();
}

void PictureTiles::forget_textures() {
  tiles_.clear();
  width_ = height_ = columns_ = rows_ = next_ = 0;
}

}  // namespace vignette
