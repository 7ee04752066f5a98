#include "wasm/platform/textures.hpp"

#include <cmath>
#include <emscripten.h>
#include <nlohmann/json.hpp>

#include "wasm/platform/host_calls.hpp"

namespace vignette {
namespace {

// A frame has 16 ms and drawing needs some of it.
constexpr double kThumbnailMs = 2;
constexpr double kTileMs = 6;
/// Above this the decoded picture (four bytes a pixel) is more than a browser tab should hold: ask for less.
constexpr double kMostPixels = 64e6;

int affordable_long_side(PictureSize size) {
  const double pixels = static_cast<double>(size.width) * size.height;
  if (pixels <= kMostPixels) return 0;
  return static_cast<int>(std::max(size.width, size.height) * std::sqrt(kMostPixels / pixels));
}

}  // namespace

Textures::Textures(std::size_t thumbnail_budget_bytes, SizeOf size_of)
    : size_of_(std::move(size_of)), atlas_(thumbnail_budget_bytes) {}

std::optional<TextureRect> Textures::thumbnail(const ItemId& item) {
  const auto found = atlas_.find(item);
  if (!found && !atlas_.is_waiting(item)) wanted_.push_back(item);
  return found;
}

FullPicture Textures::full(const ItemId& item) {
  full_asked_ = true;
  if (tiles_.item() != item) {
    const PictureSize size = size_of_(item);
    tiles_.show(item, size.width, size.height);
    want_pixels(item, affordable_long_side(size));
  }
  return tiles_.picture();
}

void Textures::want_pixels(const ItemId& item, int long_side) {
  if (!pixels_wanted_.empty()) host::drop_pixels();
  pixels_wanted_ = item;
  host::want_pixels(item, long_side);
}

void Textures::begin_frame() {
  atlas_.next_frame();
  wanted_.clear();
  full_asked_ = false;
  const double now = emscripten_get_now();
  if (atlas_.uploads_wait()) atlas_.upload_some(now + kThumbnailMs);
  if (tiles_.uploads_wait() && tiles_.upload_some(now + kThumbnailMs + kTileMs)) host::drop_pixels();
}

void Textures::end_frame() {
  if (!full_asked_ && !tiles_.item().empty()) {
    tiles_.clear();
    want_pixels("", 0);
  }
  if (wanted_ == told_) return;
  told_ = wanted_;
  host::want_thumbnails(
      nlohmann::json(wanted_).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

bool Textures::add_thumbnail(const ItemId& item, int width, int height, const std::uint8_t* rgba) {
  return atlas_.add(item, width, height, rgba);
}

bool Textures::pixels_arrived(const ItemId& item, int width, int height) {
  if (tiles_.item() != item || width < 1 || height < 1) return false;
  tiles_.pixels_arrived(width, height);
  return true;
}

void Textures::context_lost() {
  atlas_.forget_textures();
  tiles_.forget_textures();
  tiles_.clear();  // the next frame asks for the picture again
  told_.clear();
}

}  // namespace vignette
