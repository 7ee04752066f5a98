#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>

#include "tests/shared/image/pictures.hpp"

namespace vignette::pictures {
namespace {

/// One row of input as libjpeg wants it for this kind. CMYK is written as Adobe does, inverted.
void fill_row(const Pixels& pixels, int y, JpegKind kind, Bytes& row) {
  for (int x = 0; x < pixels.width; ++x) {
    const Colour c = at(pixels, x, y);
    const auto put = [&](std::initializer_list<int> values) {
      std::size_t i = static_cast<std::size_t>(x) * values.size();
      for (const int v : values) row[i++] = static_cast<std::uint8_t>(v);
    };
    if (kind == JpegKind::Grey) {
      put({(c.red * 77 + c.green * 150 + c.blue * 29) / 256});
    } else if (kind == JpegKind::Colour) {
      put({c.red, c.green, c.blue});
    } else {
      put({c.red, c.green, c.blue, 255});  // inverted inks: no black
    }
  }
}

}  // namespace

Bytes jpeg(const Pixels& pixels, const JpegRecipe& recipe) {
  jpeg_compress_struct cinfo{};
  jpeg_error_mgr errors{};
  cinfo.err = jpeg_std_error(&errors);
  jpeg_create_compress(&cinfo);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&cinfo, &memory, &size);
  cinfo.image_width = static_cast<JDIMENSION>(pixels.width);
  cinfo.image_height = static_cast<JDIMENSION>(pixels.height);
  const bool four = recipe.kind == JpegKind::Cmyk || recipe.kind == JpegKind::Ycck;
  cinfo.input_components = recipe.kind == JpegKind::Grey ? 1 : four ? 4 : 3;
  cinfo.in_color_space = recipe.kind == JpegKind::Grey ? JCS_GRAYSCALE : four ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults(&cinfo);
  if (recipe.kind == JpegKind::Ycck) jpeg_set_colorspace(&cinfo, JCS_YCCK);
  jpeg_set_quality(&cinfo, recipe.quality, TRUE);
  if (recipe.kind == JpegKind::Colour) {
    cinfo.comp_info[0].h_samp_factor = recipe.h_samp;
    cinfo.comp_info[0].v_samp_factor = recipe.v_samp;
  }
  if (recipe.arithmetic) cinfo.arith_code = TRUE;
  if (recipe.progressive) jpeg_simple_progression(&cinfo);
  cinfo.restart_in_rows = recipe.restart_rows;
  jpeg_start_compress(&cinfo, TRUE);
  Bytes row(static_cast<std::size_t>(pixels.width) * 4);
  for (int y = 0; y < pixels.height; ++y) {
    fill_row(pixels, y, recipe.kind, row);
    JSAMPROW rows[] = {row.data()};
    jpeg_write_scanlines(&cinfo, rows, 1);
  }
  jpeg_finish_compress(&cinfo);
  Bytes out(memory, memory + size);
  jpeg_destroy_compress(&cinfo);
  std::free(memory);
  return out;
}

Bytes with_segment(const Bytes& jpeg, std::uint8_t marker, ByteView payload) {
  Bytes out(jpeg.begin(), jpeg.begin() + 2);
  const std::size_t length = payload.size() + 2;
  out.insert(out.end(),
             {0xFF, marker, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
  out.insert(out.end(), payload.begin(), payload.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

Bytes exif_block(int orientation, std::string_view date, bool little_endian) {
  Bytes out;
  const auto u16 = [&](unsigned v) {
    const auto high = static_cast<std::uint8_t>(v >> 8), low = static_cast<std::uint8_t>(v);
    out.push_back(little_endian ? low : high);
    out.push_back(little_endian ? high : low);
  };
  const auto u32 = [&](std::uint32_t v) {
    u16(little_endian ? v & 0xFFFF : v >> 16);
    u16(little_endian ? v >> 16 : v & 0xFFFF);
  };
  const auto entry = [&](unsigned tag, unsigned type, std::uint32_t count) {
    u16(tag), u16(type), u32(count);
  };
  out.insert(out.end(), 2, little_endian ? 'I' : 'M');
  u16(42), u32(8);
  u16(2);
  entry(0x0112, 3, 1), u16(static_cast<unsigned>(orientation)), u16(0);
  entry(0x8769, 4, 1), u32(38);
  u32(0);
  u16(date.empty() ? 0 : 1);  // at 38
  if (!date.empty()) entry(0x9003, 2, static_cast<std::uint32_t>(date.size() + 1)), u32(56);
  u32(0);
  out.insert(out.end(), date.begin(), date.end());  // at 56
  out.push_back(0);
  return out;
}

Bytes with_exif(const Bytes& jpeg, int orientation, std::string_view date, bool little_endian) {
  Bytes payload = {'E', 'x', 'i', 'f', 0, 0};
  const Bytes block = exif_block(orientation, date, little_endian);
  payload.insert(payload.end(), block.begin(), block.end());
  return with_segment(jpeg, 0xE1, payload);
}

}  // namespace vignette::pictures
