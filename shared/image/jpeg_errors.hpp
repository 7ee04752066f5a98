#pragma once
// libjpeg reports an error by calling error_exit, which must not return. We leave through longjmp, the way
// its manual shows, and keep everything between setjmp and longjmp free of destructors.
#include <csetjmp>
#include <cstdio>  // jpeglib.h needs FILE
#include <jpeglib.h>

#include "shared/base/result.hpp"

namespace vignette {

struct JpegErrors {
  jpeg_error_mgr base;  // first, for libjpeg hands back a pointer to it
  std::jmp_buf leave;
  bool input_ended = false;  ///< the file has no more bytes and the decoder wanted some
  bool truncated = false;    ///< picture data is missing: why we left
  int code = 0;              ///< libjpeg's message number
  char message[JMSG_LENGTH_MAX] = {};
};

/// Makes `cinfo` report to `errors`.
void report_to(JpegErrors& errors, j_common_ptr cinfo);

/// Runs body(context); false when libjpeg gave up inside. Not inlined, so that only this small function pays
/// for setjmp (in wasm every call made from a function with setjmp goes through JavaScript).
bool guarded(JpegErrors& errors, void (*body)(void*), void* context);

/// The error for what `errors` holds after guarded() returned false.
Error jpeg_failure(const JpegErrors& errors, int width, int height);

}  // namespace vignette
