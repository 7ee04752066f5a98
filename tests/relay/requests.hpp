#pragma once
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "relay/http/message.hpp"

namespace vignette::relay {

inline Request get(std::string target, std::vector<Field> fields = {}) {
  Request request;
  request.id = "0123456789abcdef";
  request.method = "GET";
  request.target = std::move(target);
  request.fields = std::move(fields);
  return request;
}

inline std::string header(const Response& response, std::string_view name) {
  const std::string* value = response.field(name);
  return value ? *value : std::string();
}

/// The body as the client would receive it.
inline std::string text_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  const auto& slice = std::get<FileSlice>(response.body);
  std::string bytes(slice.bytes, '\0');
  bytes.resize(slice.file.read_at(slice.offset, bytes));
  return bytes;
}

}  // namespace vignette::relay
