#include <algorithm>
#include <emscripten/emscripten.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "shared/archive/crc32.hpp"
#include "shared/base/base64.hpp"
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

/// What is to be covered must be understood to the letter: a box that makes no sense stops the copy.
std::optional<std::vector<PictureBox>> boxes_from(const json& in) {
  std::vector<PictureBox> boxes;
  for (const json& one : in) {
    const auto is_number = [](const json& value) { return value.is_number(); };
    if (!one.is_array() || one.size() != 4 || !std::all_of(one.begin(), one.end(), is_number))
      return std::nullopt;
    boxes.push_back({one[0], one[1], one[2], one[3]});
  }
  return boxes;
}

/// `options`: {longSide, quality, maxBytes, boxes, base64}
int copy(const Source& source, std::string_view name, std::string_view options) {
  const json in = json::parse(options, nullptr, false);
  const auto boxes = boxes_from(in.value("boxes", json::array()));
  if (!boxes)
    return fail({ErrorCode::InvalidInput, "A box that hides a part of the picture is not four numbers.", ""});
  const CopyOptions wanted{.long_side = in.value("longSide", 1024),
                           .quality = in.value("quality", 85),
                           .black = *boxes,
                           .max_bytes = in.value("maxBytes", std::size_t{0}),
                           .background = {},
                           .name_hint = name};
  Result<Encoded> made =
      source.decoded() ? model_copy(source.pixels(), wanted) : model_copy(source.bytes, wanted);
  if (!made) return fail(made.error());
  const json value = {{"width", made->width},
                      {"height", made->height},
                      {"size", made->jpeg.size()},
                      {"hash", content_hash(made->jpeg)}};
  if (!in.value("base64", false)) return succeed(value, std::move(made->jpeg));
  const std::string text = encode_base64(made->jpeg);
  return succeed(value, Bytes(text.begin(), text.end()));
}

int base64(ByteView bytes) {
  const std::string text = encode_base64(bytes);
  return succeed(json::object(), Bytes(text.begin(), text.end()));
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
                                   const char* name, std::size_t name_size, const char* options,
                                   std::size_t options_size) {
  return copy({{data, size}, width, height}, {name, name_size}, {options, options_size});
}
EMSCRIPTEN_KEEPALIVE int core_base64(const std::uint8_t* bytes, std::size_t size) {
  return base64({bytes, size});
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
