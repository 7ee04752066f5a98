// Writes small pictures of every kind into a folder, for the picture fuzzers to start from:  picture_seeds
// <folder>
#include <cstdio>
#include <string>

#include "tests/shared/image/pictures.hpp"

using namespace vignette;

int main(int count, char** arguments) {
  if (count != 2) return 2;
  int number = 0;
  const auto write = [&](const Bytes& bytes) {
    const std::string path = std::string(arguments[1]) + "/picture-" + std::to_string(number++);
    if (std::FILE* file = std::fopen(path.c_str(), "wb")) {
      std::fwrite(bytes.data(), 1, bytes.size(), file);
      std::fclose(file);
    }
  };
  const Pixels picture = pictures::photo(40, 28);
  using pictures::JpegKind;
  for (const bool progressive : {false, true}) {
    write(pictures::jpeg(picture, {.progressive = progressive, .restart_rows = 1}));
    write(pictures::jpeg(picture, {.kind = JpegKind::Grey, .progressive = progressive}));
  }
  write(pictures::jpeg(picture, {.kind = JpegKind::Ycck}));
  write(pictures::jpeg(picture, {.h_samp = 1, .v_samp = 1}));
  write(pictures::with_exif(pictures::jpeg(picture), 6, "2024:05:06 07:08:09"));
  write(pictures::exif_block(5, "2024:05:06 07:08:09"));
  write(pictures::exif_block(5, "2024:05:06 07:08:09", true));
  write(pictures::png(picture));
  const auto sample = [](int x, int y, int) { return static_cast<std::uint32_t>(x + y) & 1; };
  write(pictures::png(
      20, 9, {.depth = 1, .colour_type = 3, .interlaced = true, .palette = Bytes(6), .transparency = {9}},
      sample));
  write(pictures::png(20, 9, {.depth = 16, .colour_type = 2, .exif = pictures::exif_block(3)}, sample));
  write(pictures::webp(picture, true));
  write(pictures::webp(picture, false));
  const Bytes exif = pictures::exif_block(8);
  write(pictures::extended_webp(pictures::webp(picture, true), 40, 28, exif, exif));
  write(pictures::animated_webp(64, 64, {{pictures::webp(picture, true), 4, 4, 40, 28}}));
  write(pictures::gif(20, 10, {1, 2}));
  write(pictures::bmp(picture));
  write(pictures::tga(picture, true));
  write(pictures::psd(picture));
  write(pictures::ppm(picture));
  write(pictures::hdr(picture));
  return 0;
}
