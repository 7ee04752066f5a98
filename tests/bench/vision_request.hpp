#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace vignette::bench {

/// The value behind `--name`, or the standard one.
inline std::string_view option(int count, char** values, std::string_view name, std::string_view standard) {
  for (int i = 1; i + 1 < count; ++i) {
    if (values[i] == name) return values[i + 1];
  }
  return standard;
}

struct VisionRequest {
  std::size_t bytes = 2048;  ///< of its body, about
  std::string_view bearer;
  bool stream = false;
  bool keep_alive = true;
};

/// A picture to be described, with its fields before the picture, as our own client writes them.
inline std::string write(const VisionRequest& wanted) {
  std::string body =
      std::string(R"({"model":"openai/gpt-4o","max_tokens":200,"stream":)") +
      (wanted.stream ? "true" : "false") +
      R"(,"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,)";
  const std::string end = R"("}}]}]})";
  if (body.size() + end.size() < wanted.bytes)
    body.append((wanted.bytes - body.size() - end.size()) / 4 * 4, 'A');
  body += end;
  return "POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " +
         std::string(wanted.bearer) + "\r\nContent-Type: application/json\r\n" +
         (wanted.keep_alive ? "" : "Connection: close\r\n") +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace vignette::bench
