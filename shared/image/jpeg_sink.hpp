#pragma once
// Where libjpeg writes: a vector that doubles.
#include <cstdio>  // jpeglib.h needs FILE
#include <jpeglib.h>

#include "shared/base/bytes.hpp"

namespace vignette {

struct JpegSink {
  jpeg_destination_mgr base{};  // first, for libjpeg hands back a pointer to it
  Bytes bytes;

  explicit JpegSink(std::size_t expected) : bytes(expected + 4096) {
    base.init_destination = [](j_compress_ptr cinfo) { of(cinfo).offer(0); };
    base.empty_output_buffer = [](j_compress_ptr cinfo) -> boolean {
      JpegSink& sink = of(cinfo);
      const std::size_t used = sink.bytes.size();
      sink.bytes.resize(used * 2);
      sink.offer(used);
      return TRUE;
    };
    base.term_destination = [](j_compress_ptr) {};
  }

  Bytes take() {
    bytes.resize(bytes.size() - base.free_in_buffer);
    return std::move(bytes);
  }

 private:
  static JpegSink& of(j_compress_ptr cinfo) { return *reinterpret_cast<JpegSink*>(cinfo->dest); }
  void offer(std::size_t from) {
    base.next_output_byte = bytes.data() + from;
    base.free_in_buffer = bytes.size() - from;
  }
};

}  // namespace vignette
