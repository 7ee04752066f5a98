#include <emscripten/emscripten.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "shared/caption/seen.hpp"
#include "shared/image/blackout.hpp"
#include "shared/image/thumbnail.hpp"
#include "shared/image/tones.hpp"
#include "shared/local/classify.hpp"
#include "shared/local/detect.hpp"
#include "shared/local/kinds.hpp"
#include "wasm/worker/reply.hpp"

// Looking at a picture here: measured colours, and what the networks say that this worker was given before.

namespace vignette::worker {
namespace {

using nlohmann::json;

constexpr int kLookedAtSide = 512;  // more than either network takes
constexpr int kTonesSide = 128;     // colours and light are the same in small
constexpr std::size_t kLabels = 5;
constexpr float kLeastScore = 0.3F;

struct Networks {
  std::optional<local::Network> labels;
  std::optional<local::Network> objects;
};
Networks networks;

std::vector<PictureBox> boxes_in(std::string_view text) {
  std::vector<PictureBox> boxes;
  const Result<Json> read = parse_json(text);
  for (const Json& box : read && read->is_array() ? *read : Json::array()) {
    if (!box.is_array() || box.size() != 4) continue;
    const auto side = [&](std::size_t i) { return box[i].is_number() ? box[i].get<double>() : 0; };
    boxes.push_back({side(0), side(1), side(2), side(3)});
  }
  return boxes;
}

int look(ByteView data, int width, int height, std::string_view name, std::string_view boxes,
         bool with_objects) {
  const bool decoded = width > 0;
  Result<Pixels> small =
      decoded ? thumbnail(Pixels{width, height, Bytes(data.begin(), data.end())}, kLookedAtSide)
              : thumbnail(data, kLookedAtSide, name);
  if (!small) return fail(small.error());
  black_out(*small, boxes_in(boxes), 1);
  caption::Seen seen;
  seen.width = small->width;
  seen.height = small->height;
  const Tones tones = tones_of(thumbnail(*small, kTonesSide));
  for (const Tones::Named& colour : tones.colours) seen.colours.push_back({colour.name, colour.share});
  seen.light = tones.light;
  seen.contrast = tones.contrast;
  seen.brighter = tones.brighter;
  if (networks.labels) {
    for (const local::Likely& likely : local::classify(*networks.labels, *small, kLabels))
      seen.labels.push_back({likely.label, static_cast<double>(likely.probability),
                             std::string(local::kind_of_label(likely.number))});
  }
  if (networks.objects && with_objects) {
    for (const local::Found& found : local::detect(*networks.objects, *small, kLeastScore)) {
      seen.objects.push_back({found.label, static_cast<double>(found.score), static_cast<double>(found.left),
                              static_cast<double>(found.top), static_cast<double>(found.width),
                              static_cast<double>(found.height)});
    }
  }
  return succeed(json(caption::json_of(seen)));
}

int load(ByteView file, bool objects) {
  Result<local::Network> network = local::Network::read(file);
  if (!network) return fail(network.error());
  (objects ? networks.objects : networks.labels) = std::move(*network);
  return succeed(json::object());
}

}  // namespace

extern "C" {

/// Gives this worker a network; it keeps it until it ends.
EMSCRIPTEN_KEEPALIVE int core_load_network(const std::uint8_t* file, std::size_t size, int objects) {
  return load({file, size}, objects != 0);
}
/// As the picture functions take it (core_image.cpp); `boxes` is JSON and blacked out.
EMSCRIPTEN_KEEPALIVE int core_look(const std::uint8_t* data, std::size_t size, int width, int height,
                                   const char* name, std::size_t name_size, const char* boxes,
                                   std::size_t boxes_size, int with_objects) {
  return look({data, size}, width, height, {name, name_size}, {boxes, boxes_size}, with_objects != 0);
}
}

}  // namespace vignette::worker
