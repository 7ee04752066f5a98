#include "shared/image/thumbnail.hpp"

#include <optional>

#include "shared/image/decoders.hpp"
#include "shared/image/jpeg_planes.hpp"
#include "shared/image/orient.hpp"
#include "shared/image/resize.hpp"

namespace vignette {

Pixels thumbnail(const Pixels& pixels, int long_side) {
  const Size size = fit_inside({pixels.width, pixels.height}, long_side);
  return resize(pixels, size.width, size.height);
}

namespace {

/// The way of nearly all photos: straight from the file to small planes.
std::optional<Pixels> thumbnail_of_photo(ByteView bytes, const ImageInfo& info, int long_side) {
  const Size size = fit_inside({info.stored_width, info.stored_height}, long_side);
  // Brightness needs half as much again for the filter to work with; the eye forgives colour more.
  auto planes = decode_planes(bytes, info, {size.width * 3 / 2, size.height * 3 / 2}, size);
  if (!planes) return std::nullopt;
  for (Plane* plane : {&planes->y, &planes->cb, &planes->cr}) {
    if (!plane->samples.empty()) *plane = resize_plane(*plane, size.width, size.height);
  }
  return orient(rgba_from(*planes), info.orientation);
}

}  // namespace

Result<Pixels> thumbnail(ByteView bytes, int long_side, std::string_view name_hint) {
  if (sniff(bytes) == Format::Jpeg) {
    const Result<ImageInfo> info = probe(bytes);
    if (!info) return info.error();
    if (auto pixels = thumbnail_of_photo(bytes, *info, long_side)) return std::move(*pixels);
  }
  Result<Stored> stored =
      decode_stored(bytes, {.at_least_long_side = long_side + long_side / 2, .name_hint = name_hint});
  if (!stored) return stored.error();
  // The size comes from the file's, not from the decoder's, which rounds up.
  const Size size = fit_inside({stored->info.stored_width, stored->info.stored_height}, long_side);
  return orient(resize(stored->pixels, size.width, size.height), stored->info.orientation);
}

}  // namespace vignette
