#include "shared/image/phash.hpp"

#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "shared/image/resize.hpp"
#include "shared/image/thumbnail.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

TEST_CASE("resizing and recompressing hardly changes the hash") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const Pixels original = pictures::photo(400, 300, seed);
    const std::uint64_t hash = perceptual_hash(original);
    const Pixels small = resize(original, 200, 150);
    CHECK(hash_distance(hash, perceptual_hash(*decode(pictures::jpeg(small, {.quality = 60})))) <= 4);
    CHECK(hash_distance(hash, perceptual_hash(*thumbnail(pictures::jpeg(original), 128))) <= 4);
  }
}

TEST_CASE("brightening a little hardly changes the hash") {
  const Pixels original = pictures::photo(300, 200, 3);
  Pixels bright = original;
  for (std::uint8_t& v : bright.rgba) v = static_cast<std::uint8_t>(v < 243 ? v + 12 : 255);
  CHECK(hash_distance(perceptual_hash(original), perceptual_hash(bright)) <= 4);
}

TEST_CASE("different pictures have different hashes") {
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t seed = 1; seed <= 12; ++seed)
    hashes.push_back(perceptual_hash(pictures::photo(200, 150, seed)));
  for (std::size_t a = 0; a < hashes.size(); ++a) {
    for (std::size_t b = a + 1; b < hashes.size(); ++b) CHECK(hash_distance(hashes[a], hashes[b]) > 16);
  }
}

TEST_CASE("pictures smaller than the hash's grid have one too") {
  CHECK(perceptual_hash(pictures::quarters(3, 2)) != 0);
  CHECK(perceptual_hash(Pixels{}) == 0);
  CHECK(hash_distance(0, ~std::uint64_t{0}) == 64);
}
