#include "shared/image/encode_planes.hpp"

#include <algorithm>
#include <cstring>

#include "shared/image/jpeg_errors.hpp"
#include "shared/image/jpeg_sink.hpp"

namespace vignette {
namespace {

struct Job {
  Planes& planes;
  int quality;
  JpegSink& sink;
  jpeg_compress_struct cinfo{};
  JpegErrors errors{};
};

/// The encoder takes whole blocks: it reads up to 16 samples past the right edge and repeats of the last row.
void extend_right(Plane& plane) {
  for (int y = 0; y < plane.height; ++y) {
    std::uint8_t* row = plane.row(y);
    std::memset(row + plane.width, row[plane.width - 1],
                plane.stride - static_cast<std::size_t>(plane.width));
  }
}

void compress(void* context) {
  auto& job = *static_cast<Job*>(context);
  jpeg_compress_struct& cinfo = job.cinfo;
  const bool grey = job.planes.grey();
  Plane* planes[] = {&job.planes.y, &job.planes.cb, &job.planes.cr};
  jpeg_create_compress(&cinfo);
  cinfo.dest = &job.sink.base;
  cinfo.image_width = static_cast<JDIMENSION>(job.planes.y.width);
  cinfo.image_height = static_cast<JDIMENSION>(job.planes.y.height);
  cinfo.input_components = grey ? 1 : 3;
  cinfo.in_color_space = grey ? JCS_GRAYSCALE : JCS_YCbCr;
  jpeg_set_defaults(&cinfo);
  jpeg_set_quality(&cinfo, std::clamp(job.quality, 1, 100), TRUE);
  cinfo.raw_data_in = TRUE;
  jpeg_start_compress(&cinfo, TRUE);
  while (cinfo.next_scanline < cinfo.image_height) {
    JSAMPROW rows[3][16];
    JSAMPARRAY arrays[3] = {rows[0], rows[1], rows[2]};
    int lines = 0;
    for (int c = 0; c < cinfo.num_components; ++c) {
      const int v = cinfo.comp_info[c].v_samp_factor, count = v * DCTSIZE;
      const int first = static_cast<int>(cinfo.next_scanline) * v / cinfo.max_v_samp_factor;
      for (int i = 0; i < count; ++i) rows[c][i] = planes[c]->row(std::min(first + i, planes[c]->height - 1));
      lines = std::max(lines, count);
    }
    jpeg_write_raw_data(&cinfo, arrays, static_cast<JDIMENSION>(lines));
  }
  jpeg_finish_compress(&cinfo);
}

}  // namespace

Result<Bytes> encode_planes(Planes planes, int quality) {
  extend_right(planes.y);
  if (!planes.grey()) {
    extend_right(planes.cb);
    extend_right(planes.cr);
  }
  JpegSink sink(static_cast<std::size_t>(planes.y.width) * static_cast<std::size_t>(planes.y.height) / 4);
  Job job{planes, quality, sink};
  report_to(job.errors, reinterpret_cast<j_common_ptr>(&job.cinfo));
  const bool done = guarded(job.errors, compress, &job);
  jpeg_destroy_compress(&job.cinfo);
  if (!done) return jpeg_failure(job.errors, planes.y.width, planes.y.height);
  return sink.take();
}

}  // namespace vignette
