#include "relay/http/framing.hpp"

#include <algorithm>
#include <string>

namespace vignette::relay {
namespace {

Problem bad_framing(std::string message) {
  return {.status = 400, .code = "bad_framing", .message = std::move(message)};
}

bool is_visible_ascii(char c) { return c >= 0x21 && c <= 0x7E; }

std::size_t count_of(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.fields.begin(), request.fields.end(),
                    [&](const Field& f) { return same_field_name(f.name, name); }));
}

bool is_plain_number(std::string_view text) {
  return !text.empty() && text.size() <= 15 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Problem> target_problem(std::string_view target, const Limits& limits) {
  if (target.size() > limits.target_bytes) {
    return Problem{.status = 414, .code = "target_too_long", .message = "The address asked for is too long."};
  }
  if (target.empty() || target[0] != '/') {
    return bad_framing("The request must name a path that begins with a slash.");
  }
  if (!std::all_of(target.begin(), target.end(), is_visible_ascii) ||
      target.find('#') != std::string_view::npos) {
    return bad_framing("The address asked for holds a character that must be percent-encoded.");
  }
  return std::nullopt;
}

std::optional<Problem> body_problem(const Request& request) {
  if (request.field("Transfer-Encoding")) {
    return Problem{.status = 411,
                   .code = "length_required",
                   .message = "Send Content-Length: this server takes no Transfer-Encoding."};
  }
  const std::string* length = request.field("Content-Length");
  if (!length) return std::nullopt;
  if (count_of(request, "Content-Length") > 1 || !is_plain_number(*length)) {
    return bad_framing("Content-Length must be given once and be a plain number.");
  }
  if (request.announced_body > 0 && request.method != "POST") {
    return bad_framing("Only a POST request may carry a body.");
  }
  return std::nullopt;
}

}  // namespace

HeadScan scan_head(std::string_view received, std::size_t scanned) {
  using enum HeadScan::State;
  // A method is letters; this turns away a TLS greeting to a plain port at its first byte.
  if (!received.empty() && !is_visible_ascii(received[0]) && received[0] != '\r') return {.state = Broken};
  for (std::size_t at = received.find('\n', scanned); at != std::string_view::npos;
       at = received.find('\n', at + 1)) {
    if (at == 0 || received[at - 1] != '\r') return {.state = Broken};
    if (at >= 3 && received.substr(at - 3, 4) == "\r\n\r\n") return {.state = Complete, .bytes = at + 1};
  }
  return {};
}

std::optional<Problem> raw_head_problem(std::string_view head, const Limits& limits) {
  const auto too_large = [](const char* message) {
    return Problem{.status = 431, .code = "headers_too_large", .message = message};
  };
  if (head.size() > limits.header_bytes) return too_large("The request header is too large.");
  std::size_t lines = 0;
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = std::min(head.find("\r\n", begin), head.size());
    const std::string_view line = head.substr(begin, end - begin);
    begin = end + 2;
    if (line.size() > limits.header_line_bytes) return too_large("A line of the request header is too long.");
    if (line.empty()) continue;
    // A line that begins with a space continues the one before: an old form that programs read differently.
    if (line[0] == ' ' || line[0] == '\t') return bad_framing("A header line begins with a space.");
    const auto is_control = [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7F; };
    if (std::any_of(line.begin(), line.end(), is_control)) {
      return bad_framing("The request header holds a control character.");
    }
    ++lines;
  }
  if (lines > limits.header_fields + 1) return too_large("The request has too many header fields.");
  return std::nullopt;
}

std::optional<Problem> framing_problem(const Request& request, const Limits& limits) {
  if (auto problem = target_problem(request.target, limits)) return problem;
  if (auto problem = body_problem(request)) return problem;
  const std::size_t hosts = count_of(request, "Host");
  if (hosts > 1 || (hosts == 0 && request.minor_version == 1)) {
    return bad_framing("The request must have exactly one Host field.");
  }
  for (const char* once : {"Authorization", "Content-Type", "Origin", "Range", "If-Range"}) {
    if (count_of(request, once) > 1) return bad_framing(std::string(once) + " may be given only once.");
  }
  if (const std::string* expect = request.field("Expect");
      expect && !same_field_name(*expect, "100-continue")) {
    return Problem{
        .status = 417, .code = "expectation_failed", .message = "This server knows only 100-continue."};
  }
  return std::nullopt;
}

}  // namespace vignette::relay
