#pragma once
#include "shared/json/writer.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::provider {

/// Writes a JSON body whose pictures stay where they are.
class BodyWriter {
 public:
  JsonWriter json;

  /// A string value that is the bare base64, or the address.
  void base64(const Media& media);
  /// A string value "data:image/png;base64,…", or the address.
  void data_url(const Media& media);
  /// The same inside a string that is already open.
  void add_data_url(const Media& media);
  Body finish();

 private:
  void add(const Media& media);
  Body body_;
};

/// Bytes as the whole body.
Body raw_body(const Media& media);

}  // namespace vignette::provider
