#pragma once
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <variant>

#include "shared/provider/adapter.hpp"

namespace vignette::provider {

inline std::string golden(const std::string& name) {
  std::ifstream file(std::string(VIGNETTE_GOLDEN) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A route that must exist. Only for tests.
inline Route route_to(const std::string& name) {
  const std::shared_ptr<const Route> found = Catalogue::built_in().find(name);
  return found ? *found : Route{};
}

/// A "picture" of three bytes: base64 /9j/.
inline Media tiny_jpeg() { return raw_media("image/jpeg", {0xFF, 0xD8, 0xFF}); }

inline ChatRequest describe(Media media) {
  ChatRequest request;
  request.messages = {{Role::User, {text_part("Describe."), image_part(std::move(media))}}};
  return request;
}

inline std::string body_of(const Result<HttpCall>& call) {
  return call ? join(call->body) : call.error().message;
}

inline HttpReply reply_of(int status, std::string_view body, std::vector<Header> headers = {}) {
  return {status, std::move(headers), body};
}

}  // namespace vignette::provider
