#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/provider/chat.hpp"

namespace vignette::provider {

struct DrawRequest {
  std::string prompt;
  std::string negative;
  std::int64_t n = 1;
  std::optional<std::int64_t> width;  ///< both or none
  std::optional<std::int64_t> height;
  std::optional<std::int64_t> seed;
  std::optional<std::int64_t> steps;
  std::optional<double> guidance;
  std::string quality;
  std::string format;  ///< "png", "jpeg", "webp"
  std::string background;
};

/// A picture with form Url has still to be fetched: fetch_call() in adapter.hpp.
struct Drawn {
  Media picture;
  std::optional<std::int64_t> seed;
  std::string revised_prompt;
};

struct Drawing {
  std::vector<Drawn> pictures;
  Usage usage;
  std::string model;
  std::string request_id;
};

/// The ratio of `allowed` ("3:2", "16:9" …) nearest to width : height.
std::string nearest_aspect(std::int64_t width, std::int64_t height, const std::vector<std::string>& allowed);

}  // namespace vignette::provider
