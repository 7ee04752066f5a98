#include <algorithm>

#include "shared/image/decoders.hpp"
#include "shared/image/encode.hpp"
#include "shared/image/jpeg_errors.hpp"
#include "shared/image/jpeg_sink.hpp"

namespace vignette {
namespace {

struct Job {
  const Pixels& pixels;
  const JpegOptions& options;
  JpegSink& sink;
  jpeg_compress_struct cinfo{};
  JpegErrors errors{};
};

void compress(void* context) {
  auto& job = *static_cast<Job*>(context);
  jpeg_compress_struct& cinfo = job.cinfo;
  jpeg_create_compress(&cinfo);
  cinfo.dest = &job.sink.base;
  cinfo.image_width = static_cast<JDIMENSION>(job.pixels.width);
  cinfo.image_height = static_cast<JDIMENSION>(job.pixels.height);
  cinfo.input_components = 4;
  cinfo.in_color_space = JCS_EXT_RGBX;
  jpeg_set_defaults(&cinfo);
  jpeg_set_quality(&cinfo, std::clamp(job.options.quality, 1, 100), TRUE);
  if (job.options.full_colour) cinfo.comp_info[0].h_samp_factor = cinfo.comp_info[0].v_samp_factor = 1;
  if (job.options.smallest) {
    cinfo.optimize_coding = TRUE;
    jpeg_simple_progression(&cinfo);
  }
  jpeg_start_compress(&cinfo, TRUE);
  const std::size_t stride = static_cast<std::size_t>(cinfo.image_width) * 4;
  while (cinfo.next_scanline < cinfo.image_height) {
    // libjpeg takes non-const rows and does not write to them.
    JSAMPROW row = const_cast<JSAMPROW>(job.pixels.rgba.data() + stride * cinfo.next_scanline);
    jpeg_write_scanlines(&cinfo, &row, 1);
  }
  jpeg_finish_compress(&cinfo);
}

}  // namespace

Result<Bytes> encode_jpeg(const Pixels& pixels, const JpegOptions& options) {
  if (pixels.width < 1 || pixels.height < 1 || pixels.width > JPEG_MAX_DIMENSION ||
      pixels.height > JPEG_MAX_DIMENSION) {
    return Error{ErrorCode::TooLarge, "A JPEG's sides have 1 to 65500 pixels.",
                 "Resize the picture, or use PNG."};
  }
  JpegSink sink(pixels.rgba.size() / 16);
  Job job{pixels, options, sink};
  report_to(job.errors, reinterpret_cast<j_common_ptr>(&job.cinfo));
  const bool done = guarded(job.errors, compress, &job);
  jpeg_destroy_compress(&job.cinfo);
  if (!done) return jpeg_failure(job.errors, pixels.width, pixels.height);
  return sink.take();
}

}  // namespace vignette
