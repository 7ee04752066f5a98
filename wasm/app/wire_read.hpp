#pragma once
#include <string>

#include "shared/base/result.hpp"
#include "shared/json/read.hpp"

// Events come from our own JavaScript, so what is missing reads as its default and nothing needs to be
// explained.

namespace vignette::wire_read {

inline std::string text(const Json& j, const char* key) { return text_at(j, key); }
inline bool flag(const Json& j, const char* key) { return flag_at(j, key); }
inline const Json& list(const Json& j, const char* key) { return items_at(j, key); }

template <class Number>
Number number(const Json& j, const char* key, Number otherwise = 0) {
  const Json* found = member(j, key);
  return found && found->is_number() ? found->get<Number>() : otherwise;
}

inline Error error_from(const Json& j) {
  Error error{ErrorCode::Internal, text(j, "message"), text(j, "hint")};
  for (const ErrorCode code :
       {ErrorCode::InvalidInput, ErrorCode::Unsupported, ErrorCode::Truncated, ErrorCode::TooLarge,
        ErrorCode::NotFound, ErrorCode::Refused, ErrorCode::Cancelled}) {
    if (text(j, "code") == name_of(code)) error.code = code;
  }
  return error;
}
inline Error error_in(const Json& j) {
  const Json* found = member(j, "error");
  return found ? error_from(*found) : Error{};
}

}  // namespace vignette::wire_read
