#include "shared/image/jpeg_errors.hpp"

#include <jerror.h>

#include "shared/image/decoders.hpp"
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

[[noreturn]] void leave(JpegErrors& errors) { std::longjmp(errors.leave, 1); }

void on_error(j_common_ptr cinfo) {
  auto& errors = *reinterpret_cast<JpegErrors*>(cinfo->err);
  errors.code = cinfo->err->msg_code;
  cinfo->err->format_message(cinfo, errors.message);
  leave(errors);
}

/// Warnings (level −1) are about data that is odd but decodable, with one exception: the decoder ran into the
/// next marker while pixels are missing, and from here on would paint grey.
void on_message(j_common_ptr cinfo, int level) {
  if (level >= 0 || !cinfo->is_decompressor) return;
  auto& errors = *reinterpret_cast<JpegErrors*>(cinfo->err);
  const auto* decompress = reinterpret_cast<j_decompress_ptr>(cinfo);
  if (cinfo->err->msg_code != JWRN_HIT_MARKER) return;
  const bool in_last_row = decompress->input_iMCU_row + 1 >= decompress->total_iMCU_rows;
  if (errors.input_ended || (!in_last_row && decompress->unread_marker == JPEG_EOI)) {
    errors.truncated = true;
    leave(errors);
  }
}

}  // namespace

void report_to(JpegErrors& errors, j_common_ptr cinfo) {
  cinfo->err = jpeg_std_error(&errors.base);
  errors.base.error_exit = on_error;
  errors.base.emit_message = on_message;
}

[[gnu::noinline]] bool guarded(JpegErrors& errors, void (*body)(void*), void* context) {
  if (setjmp(errors.leave) != 0) return false;
  body(context);
  return true;
}

Error jpeg_failure(const JpegErrors& errors, int width, int height) {
  if (errors.truncated || errors.input_ended) return cut_short(Format::Jpeg);
  if (errors.code == JERR_OUT_OF_MEMORY) return out_of_memory(width, height);
  const bool kind = errors.code == JERR_SOF_UNSUPPORTED || errors.code == JERR_BAD_PRECISION ||
                    errors.code == JERR_ARITH_NOTIMPL || errors.code == JERR_CONVERSION_NOTIMPL ||
                    errors.code == JERR_FRACT_SAMPLE_NOTIMPL || errors.code == JERR_CCIR601_NOTIMPL;
  if (kind) {
    return {ErrorCode::Unsupported, std::string("This is a rare kind of JPEG (") + errors.message + ").",
            "Convert it to an ordinary JPEG or to PNG first."};
  }
  return damaged(Format::Jpeg, errors.message);
}

}  // namespace vignette
