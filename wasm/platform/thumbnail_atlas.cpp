#include "wasm/platform/thumbnail_atlas.hpp"

#include <GLES3/gl3.h>
#include <algorithm>
#include <emscripten.h>

// A page has three mipmap levels, filled here from the pixels: slots are powers of two and aligned, so a
// slot's smaller copies fall into slots of their own on the smaller levels and no neighbour bleeds in.
// Smaller tiles than a quarter of a slot are not drawn, so more levels would never be looked at.

namespace vignette {
namespace {

constexpr int kPage = 2048;
constexpr int kSlot = 256;
constexpr int kPerRow = kPage / kSlot;
constexpr int kLevels = 3;
constexpr std::size_t kPageBytes = std::size_t{kPage} * kPage * 4 * 21 / 16;

struct Pixels {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;
};

/// Half as large; each pixel the mean of four, edges repeated.
Pixels halved(const Pixels& from) {
  Pixels to{(from.width + 1) / 2, (from.height + 1) / 2, {}};
  to.rgba.resize(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height) * 4);
  const auto at = [&](int x, int y, std::size_t channel) -> unsigned {
    const int cx = std::min(x, from.width - 1);
    const int cy = std::min(y, from.height - 1);
    return from.rgba[static_cast<std::size_t>(cy * from.width + cx) * 4 + channel];
  };
  std::size_t out = 0;
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      for (std::size_t c = 0; c < 4; ++c) {
        const unsigned sum = at(2 * x, 2 * y, c) + at(2 * x + 1, 2 * y, c) + at(2 * x, 2 * y + 1, c) +
                             at(2 * x + 1, 2 * y + 1, c);
        to.rgba[out++] = static_cast<std::uint8_t>((sum + 2) / 4);
      }
    }
  }
  return to;
}

}  // namespace

ThumbnailAtlas::ThumbnailAtlas(std::size_t budget_bytes)
    : most_pages_(std::max<std::size_t>(1, budget_bytes / kPageBytes)) {}

std::optional<TextureRect> ThumbnailAtlas::find(const ItemId& item) {
  const auto found = slots_.find(item);
  if (found == slots_.end()) return std::nullopt;
  Slot& slot = found->second;
  slot.used = frame_;
  // Half a pixel in from the edges, so that smoothing never looks into the neighbour.
  const auto along = [](float px) { return px / static_cast<float>(kPage); };
  const auto x = static_cast<float>(slot.index % kPerRow * kSlot);
  const auto y = static_cast<float>(slot.index / kPerRow * kSlot);
  const auto w = static_cast<float>(slot.width);
  const auto h = static_cast<float>(slot.height);
  return TextureRect{pages_[slot.page],   along(x + 0.5F), along(y + 0.5F), along(x + w - 0.5F),
                     along(y + h - 0.5F), slot.width,      slot.height};
}

bool ThumbnailAtlas::is_waiting(const ItemId& item) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const Waiting& w) { return w.item == item; });
}

bool ThumbnailAtlas::add(const ItemId& item, int width, int height, const std::uint8_t* rgba) {
  if (width < 1 || height < 1 || width > kSlot || height > kSlot) return false;
  const std::size_t bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  waiting_.push_back({item, width, height, {rgba, rgba + bytes}});
  return true;
}

void ThumbnailAtlas::upload_some(double until_ms) {
  while (!waiting_.empty()) {
    upload(waiting_.front());
    waiting_.pop_front();
    if (emscripten_get_now() >= until_ms) return;
  }
}

void ThumbnailAtlas::upload(const Waiting& picture) {
  auto found = slots_.find(picture.item);
  if (found == slots_.end()) {
    const FreeSlot place = take_slot();
    found = slots_.emplace(picture.item, Slot{place.page, place.index, 0, 0, frame_}).first;
  }
  Slot& slot = found->second;
  slot.width = picture.width;
  slot.height = picture.height;
  glBindTexture(GL_TEXTURE_2D, pages_[slot.page]);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  Pixels level{picture.width, picture.height, picture.rgba};
  int x = slot.index % kPerRow * kSlot;
  int y = slot.index / kPerRow * kSlot;
  for (int i = 0; i < kLevels; ++i) {
    glTexSubImage2D(GL_TEXTURE_2D, i, x, y, level.width, level.height, GL_RGBA, GL_UNSIGNED_BYTE,
                    level.rgba.data());
    if (i + 1 == kLevels) break;
    level = halved(level);
    x /= 2;
    y /= 2;
  }
}

ThumbnailAtlas::FreeSlot ThumbnailAtlas::take_slot() {
  if (free_.empty() && pages_.size() >= most_pages_) {
    const auto oldest = std::min_element(slots_.begin(), slots_.end(), [](const auto& a, const auto& b) {
      return a.second.used < b.second.used;
    });
    // What the last frame showed is not thrown out for something else on screen; then the budget has to give.
    if (oldest != slots_.end() && oldest->second.used + 1 < frame_) {
      free_.push_back({oldest->second.page, oldest->second.index});
      slots_.erase(oldest);
    }
  }
  if (free_.empty()) add_page();
  const FreeSlot place = free_.back();
  free_.pop_back();
  return place;
}

void ThumbnailAtlas::add_page() {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexStorage2D(GL_TEXTURE_2D, kLevels, GL_RGBA8, kPage, kPage);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR_MIPMAP_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  pages_.push_back(texture);
  for (int index = kPerRow * kPerRow - 1; index >= 0; --index) free_.push_back({pages_.size() - 1, index});
}

void ThumbnailAtlas::forget_textures() {
  pages_.clear();
  free_.clear();
  slots_.clear();
}

}  // namespace vignette
