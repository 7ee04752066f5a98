#include "relay/http/parse.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>

namespace vignette::relay {

namespace http = boost::beast::http;

std::variant<Request, Problem> parse_head(std::string_view head, const Limits& limits) {
  // One empty line before a request is allowed: some old clients end a POST with one too many.
  if (head.starts_with("\r\n")) head.remove_prefix(2);
  if (auto problem = raw_head_problem(head, limits)) return *problem;

  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  boost::system::error_code ec;
  parser.put(boost::asio::buffer(head.data(), head.size()), ec);
  if (ec == http::error::bad_version) {
    return Problem{
        .status = 505, .code = "bad_version", .message = "This server speaks HTTP/1.1 and HTTP/1.0."};
  }
  if (ec || !parser.is_header_done()) {
    return Problem{.status = 400, .code = "bad_framing", .message = "The request is not well-formed HTTP."};
  }

  const auto& message = parser.get();
  Request request;
  request.method = message.method_string();
  request.target = message.target();
  request.minor_version = message.version() == 11 ? 1 : 0;
  request.keep_alive = request.minor_version == 1 && message.keep_alive();
  request.announced_body = parser.content_length().value_or(0);
  for (const auto& field : message) {
    request.fields.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  if (auto problem = framing_problem(request, limits)) return *problem;
  return request;
}

}  // namespace vignette::relay
