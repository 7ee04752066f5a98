#include <algorithm>
#include <cstring>

#include "shared/image/decoders.hpp"
#include "shared/image/jpeg_errors.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

// The whole file is in memory, so the source manager has nothing to fill. Past the end it gives the decoder
// an end-of-image marker: if it was only that which the file lacked, the picture is complete.
constexpr JOCTET kFakeEnd[2] = {0xFF, JPEG_EOI};

boolean fill(j_decompress_ptr cinfo) {
  reinterpret_cast<JpegErrors*>(cinfo->err)->input_ended = true;
  cinfo->src->next_input_byte = kFakeEnd;
  cinfo->src->bytes_in_buffer = 2;
  return TRUE;
}

void skip(j_decompress_ptr cinfo, long count) {
  if (count <= 0) return;
  const auto wanted = static_cast<std::size_t>(count);
  if (wanted > cinfo->src->bytes_in_buffer) {
    fill(cinfo);
    return;
  }
  cinfo->src->next_input_byte += wanted;
  cinfo->src->bytes_in_buffer -= wanted;
}

void nothing(j_decompress_ptr) {}

/// A progressive file may hold thousands of scans over the same picture, each a few bytes long and each
/// costing a pass over all coefficients. Real ones have about ten.
constexpr int kMostScans = 200;

void watch_scans(j_common_ptr cinfo) {
  if (reinterpret_cast<j_decompress_ptr>(cinfo)->input_scan_number <= kMostScans) return;
  auto& errors = *reinterpret_cast<JpegErrors*>(cinfo->err);
  std::strcpy(errors.message, "it has too many scans");
  std::longjmp(errors.leave, 1);
}

class JpegDecoder {
 public:
  explicit JpegDecoder(ByteView bytes) {
    report_to(errors_, reinterpret_cast<j_common_ptr>(&cinfo_));
    source_.init_source = nothing;
    source_.fill_input_buffer = fill;
    source_.skip_input_data = skip;
    source_.resync_to_restart = jpeg_resync_to_restart;
    source_.term_source = nothing;
    source_.next_input_byte = bytes.data();
    source_.bytes_in_buffer = bytes.size();
    progress_.progress_monitor = watch_scans;
  }
  JpegDecoder(const JpegDecoder&) = delete;
  JpegDecoder& operator=(const JpegDecoder&) = delete;
  ~JpegDecoder() { jpeg_destroy_decompress(&cinfo_); }

  Result<Pixels> run(const ImageInfo& info, int at_least);

 private:
  void read_header();
  void start(int at_least);
  void read_rows();
  template <void (JpegDecoder::*step)()>
  bool attempt() {
    return guarded(errors_, [](void* self) { (static_cast<JpegDecoder*>(self)->*step)(); }, this);
  }
  void start_step() { start(at_least_); }

  jpeg_decompress_struct cinfo_{};
  JpegErrors errors_{};
  jpeg_source_mgr source_{};
  jpeg_progress_mgr progress_{};
  int at_least_ = 0;
  Pixels pixels_;
};

Result<Pixels> JpegDecoder::run(const ImageInfo& info, int at_least) {
  at_least_ = at_least;
  const auto failure = [&] { return jpeg_failure(errors_, info.stored_width, info.stored_height); };
  if (!attempt<&JpegDecoder::read_header>()) return failure();
  // What was allowed by its size is what gets decoded.
  if (static_cast<int>(cinfo_.image_width) != info.stored_width ||
      static_cast<int>(cinfo_.image_height) != info.stored_height) {
    return damaged_header(Format::Jpeg);
  }
  if (!attempt<&JpegDecoder::start_step>()) return failure();
  Result<Pixels> blank =
      blank_pixels(static_cast<int>(cinfo_.output_width), static_cast<int>(cinfo_.output_height));
  if (!blank) return blank;
  pixels_ = std::move(*blank);
  if (!attempt<&JpegDecoder::read_rows>()) return failure();
  return std::move(pixels_);
}

void JpegDecoder::read_header() {
  jpeg_create_decompress(&cinfo_);
  cinfo_.src = &source_;
  cinfo_.progress = &progress_;
  jpeg_read_header(&cinfo_, TRUE);
}

/// The inverse DCT can produce 1/8, 1/4 or 1/2 of the size directly, for a fraction of the work. (It knows
/// other eighths too, but those have no SIMD kernels and cost as much as the next power of two.)
int smallest_scale(JDIMENSION width, JDIMENSION height, int at_least) {
  const int longest = static_cast<int>(std::max(width, height));
  for (const int eighths : {1, 2, 4}) {
    if (at_least > 0 && (std::int64_t{longest} * eighths + 7) / 8 >= at_least) return eighths;
  }
  return 8;
}

void JpegDecoder::start(int at_least) {
  cinfo_.scale_num = static_cast<unsigned>(smallest_scale(cinfo_.image_width, cinfo_.image_height, at_least));
  cinfo_.scale_denom = 8;
  cinfo_.dct_method = JDCT_ISLOW;
  const bool four = cinfo_.jpeg_color_space == JCS_CMYK || cinfo_.jpeg_color_space == JCS_YCCK;
  cinfo_.out_color_space = four ? JCS_CMYK : JCS_EXT_RGBA;
  jpeg_start_decompress(&cinfo_);
  // A progressive file is read to its end by now. If the end was missing, some coefficients may be as well.
  if (errors_.input_ended && cinfo_.coef_bits != nullptr) {
    for (int c = 0; c < cinfo_.num_components; ++c) {
      for (const int missing_bits : cinfo_.coef_bits[c]) {
        if (missing_bits == 0) continue;
        errors_.truncated = true;
        std::longjmp(errors_.leave, 1);
      }
    }
  }
}

/// c·k / 255, rounded, without dividing.
std::uint8_t multiply(int c, int k) {
  const int product = c * k + 128;
  return static_cast<std::uint8_t>((product + (product >> 8)) >> 8);
}

void JpegDecoder::read_rows() {
  const std::size_t stride = static_cast<std::size_t>(cinfo_.output_width) * 4;
  const bool cmyk = cinfo_.out_color_space == JCS_CMYK;
  // Adobe's programs store ink inverted: 255 is white paper.
  const int inverted = cinfo_.saw_Adobe_marker ? 0 : 255;
  while (cinfo_.output_scanline < cinfo_.output_height) {
    constexpr int kAtOnce = 8;
    JSAMPROW rows[kAtOnce];
    const JDIMENSION first = cinfo_.output_scanline;
    const JDIMENSION count = std::min<JDIMENSION>(kAtOnce, cinfo_.output_height - first);
    for (JDIMENSION i = 0; i < count; ++i) rows[i] = pixels_.rgba.data() + stride * (first + i);
    const JDIMENSION done = jpeg_read_scanlines(&cinfo_, rows, count);
    if (!cmyk) continue;
    for (JDIMENSION i = 0; i < done; ++i) {
      for (JSAMPROW p = rows[i]; p != rows[i] + stride; p += 4) {
        const int k = p[3] ^ inverted;
        for (int c = 0; c < 3; ++c) p[c] = multiply(p[c] ^ inverted, k);
        p[3] = 255;
      }
    }
  }
}

}  // namespace

Result<Pixels> decode_jpeg(ByteView bytes, const ImageInfo& info, int at_least_long_side) {
  JpegDecoder decoder(bytes);
  return decoder.run(info, at_least_long_side);
}

}  // namespace vignette
