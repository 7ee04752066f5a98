#include "shared/image/copy.hpp"

#include <algorithm>
#include <optional>

#include "shared/image/decoders.hpp"
#include "shared/image/encode.hpp"
#include "shared/image/encode_planes.hpp"
#include "shared/image/jpeg_planes.hpp"
#include "shared/image/orient.hpp"
#include "shared/image/resize.hpp"

namespace vignette {
namespace {

constexpr int kLeastQuality = 55;  // below, a smaller picture shows more than a worse one
constexpr int kLeastSide = 64;

Result<Encoded> encoded(Pixels pixels, const CopyOptions& options) {
  flatten(pixels, options.background);
  Result<Bytes> jpeg = encode_jpeg(pixels, {.quality = options.quality});
  if (!jpeg) return jpeg.error();
  return Encoded{std::move(*jpeg), pixels.width, pixels.height};
}

/// A photo goes from JPEG to JPEG without ever becoming RGB.
std::optional<Result<Encoded>> copy_of_photo(ByteView bytes, const ImageInfo& info,
                                             const CopyOptions& options) {
  const Size size = fit_inside({info.stored_width, info.stored_height}, options.long_side);
  auto planes = decode_planes(bytes, info, {size.width * 5 / 4, size.height * 5 / 4},
                              {size.width / 2, size.height / 2});
  if (!planes) return std::nullopt;
  black_out(*planes, options.black, info.orientation);
  const auto finish = [&](Plane& plane, double part) {
    if (plane.samples.empty()) return;
    plane = orient_plane(resize_plane(plane, size.width * part, size.height * part), info.orientation);
  };
  finish(planes->y, 1);
  finish(planes->cb, 0.5);
  finish(planes->cr, 0.5);
  const int width = planes->y.width, height = planes->y.height;
  Result<Bytes> jpeg = encode_planes(std::move(*planes), options.quality);
  if (!jpeg) return jpeg.error();
  return Encoded{std::move(*jpeg), width, height};
}

Result<Encoded> copy_once(const Pixels& pixels, const CopyOptions& options) {
  const Size size = fit_inside({pixels.width, pixels.height}, options.long_side);
  if (options.black.empty()) return encoded(resize(pixels, size.width, size.height), options);
  Pixels covered = pixels;
  black_out(covered, options.black, 1);
  return encoded(resize(covered, size.width, size.height), options);
}

Result<Encoded> copy_once(ByteView bytes, const CopyOptions& options) {
  if (sniff(bytes) == Format::Jpeg) {
    const Result<ImageInfo> info = probe(bytes);
    if (!info) return info.error();
    if (auto copy = copy_of_photo(bytes, *info, options)) return std::move(*copy);
  }
  Result<Stored> stored = decode_stored(
      bytes, {.at_least_long_side = options.long_side, .limits = {}, .name_hint = options.name_hint});
  if (!stored) return stored.error();
  const Size size = fit_inside({stored->info.stored_width, stored->info.stored_height}, options.long_side);
  black_out(stored->pixels, options.black, stored->info.orientation);
  return encoded(orient(resize(stored->pixels, size.width, size.height), stored->info.orientation), options);
}

/// Few models have a limit, and few copies exceed it: starting over costs less than keeping what would save
/// it.
template <class Source>
Result<Encoded> copy_within(const Source& source, CopyOptions options) {
  for (;;) {
    Result<Encoded> made = copy_once(source, options);
    if (!made || options.max_bytes == 0 || made->jpeg.size() <= options.max_bytes) return made;
    if (options.quality > kLeastQuality) {
      options.quality = std::max(kLeastQuality, options.quality - 15);
      continue;
    }
    options.long_side = std::max(made->width, made->height) * 4 / 5;
    if (options.long_side < kLeastSide) {
      return Error{ErrorCode::TooLarge,
                   "No copy of this picture fits into " + std::to_string(options.max_bytes) + " bytes.",
                   "Choose a model that takes larger pictures."};
    }
  }
}

}  // namespace

Result<Encoded> model_copy(const Pixels& pixels, const CopyOptions& options) {
  return copy_within(pixels, options);
}

Result<Encoded> model_copy(ByteView bytes, const CopyOptions& options) { return copy_within(bytes, options); }

}  // namespace vignette
