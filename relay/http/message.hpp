#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "relay/http/file.hpp"

// What routes speak: our own small request and response, so that a route is a plain function and its test
// needs neither a socket nor Beast.

namespace vignette::relay {

struct Field {
  std::string name;
  std::string value;
};

struct Request {
  std::string id;      ///< 16 hex digits made here; a client's own X-Request-Id is ignored
  std::string method;  ///< as sent: methods are case-sensitive
  std::string target;  ///< origin form, checked: "/" then visible ASCII, never decoded
  std::vector<Field> fields;
  int minor_version = 1;             ///< HTTP/1.0 or HTTP/1.1
  bool keep_alive = true;            ///< what the client wishes
  std::uint64_t announced_body = 0;  ///< Content-Length

  std::string_view path() const;   ///< up to "?"
  std::string_view query() const;  ///< after it; may be empty
  /// The first field of that name, in any case, or nullptr.
  const std::string* field(std::string_view name) const;
  /// All fields of that name joined by commas, as RFC 9110 says lists may be split. Empty when there is none.
  std::string list_field(std::string_view name) const;
};

/// A stretch of a file; sent in chunks, never read whole.
struct FileSlice {
  File file;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

using Body = std::variant<std::string, FileSlice>;
std::uint64_t body_bytes(const Body& body);

struct Response {
  int status = 200;
  std::vector<Field> fields;  ///< without Content-Length, Date and Connection: the session knows those
  Body body;

  void set(std::string_view name, std::string_view value);
  const std::string* field(std::string_view name) const;
};

bool same_field_name(std::string_view a, std::string_view b);

}  // namespace vignette::relay
