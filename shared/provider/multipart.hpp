#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/provider/http_call.hpp"

namespace vignette::provider {

// multipart/form-data, both ways:
//
//   --B CRLF Content-Disposition: form-data; name="model" CRLF CRLF value CRLF
//   --B CRLF Content-Disposition: form-data; name="file"; filename="a.wav" CRLF Content-Type: audio/wav CRLF
//   CRLF … CRLF
//   --B-- CRLF

struct FormField {
  std::string name;
  std::string value;
};
struct FormFile {
  std::string name = "file";
  std::string file_name;
  Media media;
};
/// `boundary` must not occur in the file: 128 random bits from the caller make sure of that.
Body write_multipart(std::string_view boundary, const std::vector<FormField>& fields, const FormFile& file);
std::string multipart_content_type(std::string_view boundary);

/// One part of a received form; `content` points into the body.
struct FormPart {
  std::string name;
  std::string file_name;
  std::string mime;
  std::string_view content;
};
Result<std::string> boundary_of(std::string_view content_type);
Result<std::vector<FormPart>> read_multipart(std::string_view body, std::string_view boundary);

}  // namespace vignette::provider
