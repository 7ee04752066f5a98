#include "tests/emulator/senses/picture.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <numeric>

#include "shared/base/hash.hpp"
#include "shared/image/decode.hpp"
#include "shared/image/exif.hpp"
#include "shared/image/format.hpp"
#include "tests/emulator/core/digest.hpp"
#include "tests/emulator/senses/colours.hpp"
#include "tests/emulator/senses/patches.hpp"
#include "tests/emulator/senses/segments.hpp"

namespace vignette::emulator {
namespace {

std::string hex_pixel(const std::uint8_t* rgba) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (int i = 0; i < 4; ++i) {
    text += digits[rgba[i] >> 4];
    text += digits[rgba[i] & 15];
  }
  return text;
}

// Main colours and brightness of what can be seen: pixels with alpha 0 do not count, unless all are.
void judge_colours(const Pixels& pixels, Picture& out) {
  std::array<std::int64_t, 16> count{};
  std::int64_t light = 0, seen = 0;
  Box mask{pixels.width, pixels.height, 0, 0};
  const std::size_t n = pixels.rgba.size() / 4;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint8_t* p = &pixels.rgba[i * 4];
    if (p[3] == 0) continue;
    ++seen;
    ++count[nearest_colour(p[0], p[1], p[2])];
    light += (299 * p[0] + 587 * p[1] + 114 * p[2]) / 1000;
    const int x = static_cast<int>(i % static_cast<std::size_t>(pixels.width));
    const int y = static_cast<int>(i / static_cast<std::size_t>(pixels.width));
    mask.left = std::min(mask.left, x);
    mask.right = std::max(mask.right, x + 1);
    mask.top = std::min(mask.top, y);
    mask.bottom = y + 1;
  }
  out.has_alpha = !is_opaque(pixels);
  if (seen == 0) return;
  out.brightness = static_cast<int>(light / seen);
  if (out.has_alpha) out.mask = mask;
  std::array<std::size_t, 16> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return count[a] != count[b] ? count[a] > count[b] : a < b; });
  out.colours.push_back(palette()[order[0]].name);
  if (count[order[1]] * 10 >= seen) out.colours.push_back(palette()[order[1]].name);
}

std::optional<Picture> look_closely(std::string_view text) {
  const ByteView bytes = as_bytes(text);
  const auto pixels = decode(bytes);
  if (!pixels) return std::nullopt;
  Picture out;
  const Format format = sniff(bytes);
  out.format = extension_of(format);
  out.sha256 = sha256(text);
  out.bytes = text.size();
  out.width = pixels->width;
  out.height = pixels->height;
  out.has_exif = !find_exif(bytes, format).empty();
  out.segments = segments_of(bytes, format);
  for (std::size_t i = 0; i < 4 && i * 4 < pixels->rgba.size(); ++i)
    out.first_pixels.push_back(hex_pixel(&pixels->rgba[i * 4]));
  judge_colours(*pixels, out);
  out.patches = find_patches(*pixels);
  return out;
}

}  // namespace

std::optional<Picture> see(std::string_view bytes) {
  // The same picture tends to come many times; decoding it once is enough.
  static std::mutex mutex;
  static std::map<std::string, Picture> known;
  const std::string id = content_hash(as_bytes(bytes));
  {
    const std::lock_guard lock(mutex);
    if (const auto at = known.find(id); at != known.end()) return at->second;
  }
  auto picture = look_closely(bytes);
  if (picture) {
    const std::lock_guard lock(mutex);
    if (known.size() >= 1000) known.clear();
    known.emplace(id, *picture);
  }
  return picture;
}

Json to_json(const Picture& p) {
  Json json{{"format", p.format},       {"width", p.width},          {"height", p.height},
            {"bytes", p.bytes},         {"sha256", p.sha256},        {"has_exif", p.has_exif},
            {"has_alpha", p.has_alpha}, {"segments", p.segments},    {"first_pixels", p.first_pixels},
            {"colours", p.colours},     {"brightness", p.brightness}};
  if (p.mask) json["mask"] = {p.mask->left, p.mask->top, p.mask->right, p.mask->bottom};
  return json;
}

std::string describe(const Picture& p) {
  std::string text = "a " + std::to_string(p.width) + "x" + std::to_string(p.height) + " picture";
  for (std::size_t i = 0; i < p.colours.size(); ++i) text += (i == 0 ? ", mostly " : " and ") + p.colours[i];
  text += p.brightness < 85 ? ", dark" : p.brightness > 170 ? ", bright" : ", of middle brightness";
  text += p.width > p.height ? ", landscape" : p.width < p.height ? ", portrait" : ", square";
  if (p.mask)
    text += ", with a mask over x " + std::to_string(p.mask->left) + " to " + std::to_string(p.mask->right) +
            ", y " + std::to_string(p.mask->top) + " to " + std::to_string(p.mask->bottom);
  return text;
}

}  // namespace vignette::emulator
