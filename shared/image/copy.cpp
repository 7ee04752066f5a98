#include "shared/image/copy.hpp"

#include <optional>

#include "shared/image/decoders.hpp"
#include "shared/image/encode.hpp"
#include "shared/image/encode_planes.hpp"
#include "shared/image/jpeg_planes.hpp"
#include "shared/image/orient.hpp"
#include "shared/image/resize.hpp"

namespace vignette {
namespace {

Result<Encoded> encoded(Pixels pixels, int quality, Colour background) {
  flatten(pixels, background);
  Result<Bytes> jpeg = encode_jpeg(pixels, {.quality = quality});
  if (!jpeg) return jpeg.error();
  return Encoded{std::move(*jpeg), pixels.width, pixels.height};
}

/// A photo goes from JPEG to JPEG without ever becoming RGB.
std::optional<Result<Encoded>> copy_of_photo(ByteView bytes, const ImageInfo& info, int long_side,
                                             int quality) {
  const Size size = fit_inside({info.stored_width, info.stored_height}, long_side);
  auto planes = decode_planes(bytes, info, {size.width * 5 / 4, size.height * 5 / 4},
                              {size.width / 2, size.height / 2});
  if (!planes) return std::nullopt;
  const auto finish = [&](Plane& plane, double part) {
    if (plane.samples.empty()) return;
    plane = orient_plane(resize_plane(plane, size.width * part, size.height * part), info.orientation);
  };
  finish(planes->y, 1);
  finish(planes->cb, 0.5);
  finish(planes->cr, 0.5);
  const int width = planes->y.width, height = planes->y.height;
  Result<Bytes> jpeg = encode_planes(std::move(*planes), quality);
  if (!jpeg) return jpeg.error();
  return Encoded{std::move(*jpeg), width, height};
}

}  // namespace

Result<Encoded> model_copy(const Pixels& pixels, int long_side, int quality, Colour background) {
  const Size size = fit_inside({pixels.width, pixels.height}, long_side);
  return encoded(resize(pixels, size.width, size.height), quality, background);
}

Result<Encoded> model_copy(ByteView bytes, int long_side, int quality, Colour background,
                           std::string_view name_hint) {
  if (sniff(bytes) == Format::Jpeg) {
    const Result<ImageInfo> info = probe(bytes);
    if (!info) return info.error();
    if (auto copy = copy_of_photo(bytes, *info, long_side, quality)) return std::move(*copy);
  }
  Result<Stored> stored = decode_stored(bytes, {.at_least_long_side = long_side, .name_hint = name_hint});
  if (!stored) return stored.error();
  const Size size = fit_inside({stored->info.stored_width, stored->info.stored_height}, long_side);
  return encoded(orient(resize(stored->pixels, size.width, size.height), stored->info.orientation), quality,
                 background);
}

}  // namespace vignette
