// A few C functions over the picture library, for pictures_node.mjs and browser measurements: put the file
// into bench_input(size), call one, read bench_output().
#include "shared/image/copy.hpp"
#include "shared/image/decode.hpp"
#include "shared/image/thumbnail.hpp"
#include "tests/shared/image/pictures.hpp"

using namespace vignette;

namespace {
Bytes input, output;
int width = 0, height = 0;

int show(Result<Pixels> pixels) {
  if (!pixels) return 0;
  width = pixels->width;
  height = pixels->height;
  output = std::move(pixels->rgba);
  return 1;
}
}  // namespace

extern "C" {
std::uint8_t* bench_input(std::size_t size);
int bench_photo(int width_px, int height_px, int quality, int kind);
int bench_thumbnail(int long_side);
int bench_decode(int at_least);
int bench_copy(int long_side, int quality);
std::uint8_t* bench_output();
std::size_t bench_output_size();
int bench_width();
int bench_height();

std::uint8_t* bench_input(std::size_t size) {
  input.resize(size);
  return input.data();
}
/// A photo-like JPEG as cameras write them (4:2:0); kind 1 is progressive, 2 is 4:2:2, 3 is 4:4:4.
int bench_photo(int width_px, int height_px, int quality, int kind) {
  output = pictures::jpeg(pictures::photo(width_px, height_px, 1, 2.5F), {.quality = quality,
                                                                          .h_samp = kind == 3 ? 1 : 2,
                                                                          .v_samp = kind >= 2 ? 1 : 2,
                                                                          .progressive = kind == 1});
  return 1;
}
int bench_thumbnail(int long_side) { return show(thumbnail(input, long_side)); }
int bench_decode(int at_least) { return show(decode(input, {.at_least_long_side = at_least})); }
int bench_copy(int long_side, int quality) {
  auto copy = model_copy(input, {.long_side = long_side, .quality = quality});
  if (!copy) return 0;
  output = std::move(copy->jpeg);
  width = copy->width;
  height = copy->height;
  return 1;
}
std::uint8_t* bench_output() { return output.data(); }
std::size_t bench_output_size() { return output.size(); }
int bench_width() { return width; }
int bench_height() { return height; }
}
