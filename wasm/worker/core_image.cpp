#include <emscripten/emscripten.h>
#include <nlohmann/json.hpp>

#include "shared/archive/crc32.hpp"
#include "shared/base/hash.hpp"
#include "shared/image/copy.hpp"
#include "shared/image/decode.hpp"
#include "shared/image/encode.hpp"
#include "shared/image/phash.hpp"
#include "shared/image/probe.hpp"
#include "shared/image/resize.hpp"
#include "shared/image/strip.hpp"
#include "shared/image/thumbnail.hpp"
#include "wasm/worker/reply.hpp"

// Pictures. A picture arrives either as the bytes of its file (width 0), or, when only the browser can
// decode it (AVIF, HEIC), as RGBA pixels of the given width and height.

namespace vignette::worker {
namespace {

using nlohmann::json;

constexpr int kThumbQuality = 82;

struct Source {
  ByteView bytes;
  int width, height;  ///< 0 when `bytes` is a file

  bool decoded() const { return width > 0; }
  Pixels pixels() const { return {width, height, Bytes(bytes.begin(), bytes.end())}; }
};

std::string hex_of(std::uint64_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[(value >> shift) & 15];
  return out;
}

/// What the grid shows, what the next start loads instead of it, and what finds near-duplicates.
int succeed_with_thumbnail(json value, Pixels thumb) {
  const bool opaque = is_opaque(thumb);
  Result<Bytes> file = opaque ? encode_jpeg(thumb, {.quality = kThumbQuality}) : encode_png(thumb);
  if (!file) return fail(file.error());
  value["phash"] = hex_of(perceptual_hash(thumb));
  value["thumb"] = {{"width", thumb.width}, {"height", thumb.height}};
  value["thumbType"] = opaque ? "image/jpeg" : "image/png";
  return succeed(value, std::move(thumb.rgba), std::move(*file));
}

int inspect(ByteView bytes, std::string_view name, int thumb_side) {
  if (bytes.empty()) {
    return fail({ErrorCode::InvalidInput, "The file is empty.", "Copy it again from where it came from."});
  }
  const Result<ImageInfo> info = probe(bytes, {}, name);
  if (!info) return fail(info.error());
  json value = {{"hash", content_hash(bytes)},
                {"crc32", crc32(bytes)},
                {"bytes", bytes.size()},
                {"format", extension_of(info->format)},
                {"mime", mime_of(info->format)},
                {"width", info->width},
                {"height", info->height},
                {"orientation", info->orientation},
                {"alpha", info->alpha},
                {"animated", info->animated},
                {"taken", info->taken ? json(*info->taken) : json()}};
  if (decoder_of(info->format) == DecodedBy::Browser) {
    value["browserDecodes"] = true;
    return succeed(value);
  }
  Result<Pixels> thumb = thumbnail(bytes, thumb_side, name);
  if (!thumb) return fail(thumb.error());
  return succeed_with_thumbnail(std::move(value), std::move(*thumb));
}

int pixels(const Source& source, int long_side, std::string_view name) {
  // Only thumbnail() knows the short way to a small picture; in full there is none.
  const bool reduced = long_side > 0;
  Result<Pixels> decoded = source.decoded()
                               ? (reduced ? thumbnail(source.pixels(), long_side) : source.pixels())
                           : reduced ? thumbnail(source.bytes, long_side, name)
                                     : decode(source.bytes, {.limits = {}, .name_hint = name});
  if (!decoded) return fail(decoded.error());
  const json value = {{"width", decoded->width}, {"height", decoded->height}};
  return succeed(value, std::move(decoded->rgba));
}

int copy(const Source& source, int long_side, int quality, std::string_view name) {
  Result<Encoded> made = source.decoded() ? model_copy(source.pixels(), long_side, quality)
                                          : model_copy(source.bytes, long_side, quality, {}, name);
  if (!made) return fail(made.error());
  const json value = {{"width", made->width}, {"height", made->height}};
  return succeed(value, std::move(made->jpeg));
}

int strip(ByteView bytes) {
  Result<Bytes> stripped = strip_metadata(bytes);
  if (!stripped) return fail(stripped.error());
  const bool changed = !std::equal(stripped->begin(), stripped->end(), bytes.begin(), bytes.end());
  const json value = {{"changed", changed}, {"crc32", crc32(*stripped)}, {"size", stripped->size()}};
  return succeed(value, changed ? std::move(*stripped) : Bytes{});
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int core_inspect(const std::uint8_t* file, std::size_t size, const char* name,
                                      std::size_t name_size, int thumb_side) {
  return inspect({file, size}, {name, name_size}, thumb_side);
}
/// The second half of core_inspect, for pictures the browser decoded.
EMSCRIPTEN_KEEPALIVE int core_inspect_pixels(const std::uint8_t* rgba, std::size_t size, int width,
                                             int height, int thumb_side) {
  return succeed_with_thumbnail(json{{"width", width}, {"height", height}},
                                thumbnail(Source{{rgba, size}, width, height}.pixels(), thumb_side));
}
EMSCRIPTEN_KEEPALIVE int core_pixels(const std::uint8_t* data, std::size_t size, int width, int height,
                                     const char* name, std::size_t name_size, int long_side) {
  return pixels({{data, size}, width, height}, long_side, {name, name_size});
}
EMSCRIPTEN_KEEPALIVE int core_copy(const std::uint8_t* data, std::size_t size, int width, int height,
                                   const char* name, std::size_t name_size, int long_side, int quality) {
  return copy({{data, size}, width, height}, long_side, quality, {name, name_size});
}
EMSCRIPTEN_KEEPALIVE int core_strip(const std::uint8_t* file, std::size_t size) {
  return strip({file, size});
}
/// Whether the browser must decode this file for core_pixels and core_copy.
EMSCRIPTEN_KEEPALIVE int core_needs_browser(const std::uint8_t* file, std::size_t size, const char* name,
                                            std::size_t name_size) {
  return decoder_of(sniff({file, size}, {name, name_size})) == DecodedBy::Browser;
}
}

}  // namespace vignette::worker
