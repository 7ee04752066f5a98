#include "shared/base/result.hpp"

namespace vignette {

const char* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::InvalidInput: return "invalid_input";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::Truncated: return "truncated";
    case ErrorCode::TooLarge: return "too_large";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::Refused: return "refused";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Internal: return "internal";
  }
  return "internal";
}

}  // namespace vignette
