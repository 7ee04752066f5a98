#include "relay/http/parse.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>

namespace vignette::relay {

namespace http = boost::beast::http;

namespace {

/// Beast reads, we keep: its own container of fields would be filled only to be copied from.
class HeadParser final : public http::basic_parser<true> {
 public:
  explicit HeadParser(Request& request) : request_(request) { request_.fields.reserve(12); }

 private:
  using View = boost::beast::string_view;
  using Error = boost::system::error_code;

  void on_request_impl(http::verb, View method, View target, int version, Error&) override {
    request_.minor_version = version == 11 ? 1 : 0;
    request_.method = method;
    request_.target = target;
  }
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(http::field, View name, View value, Error&) override {
    request_.fields.push_back({std::string(name), std::string(value)});
  }
  void on_header_impl(Error&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  std::size_t on_body_impl(View body, Error&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, Error&) override { return body.size(); }
  void on_finish_impl(Error&) override {}

  Request& request_;
};

}  // namespace

std::variant<Request, Problem> parse_head(std::string_view head, const Limits& limits) {
  // One empty line before a request is allowed: some old clients end a POST with one too many.
  if (head.starts_with("\r\n")) head.remove_prefix(2);
  if (auto problem = raw_head_problem(head, limits)) return *problem;

  Request request;
  HeadParser parser(request);
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser.body_limit(boost::none);  // each route has its own
  boost::system::error_code ec;
  parser.put(boost::asio::buffer(head.data(), head.size()), ec);
  if (ec == http::error::bad_version) {
    return Problem{
        .status = 505, .code = "bad_version", .message = "This server speaks HTTP/1.1 and HTTP/1.0."};
  }
  if (ec || !parser.is_header_done()) {
    return Problem{.status = 400, .code = "bad_framing", .message = "The request is not well-formed HTTP."};
  }
  request.keep_alive = request.minor_version == 1 && parser.keep_alive();
  request.announced_body = parser.content_length().value_or(0);
  if (auto problem = framing_problem(request, limits)) return *problem;
  return request;
}

}  // namespace vignette::relay
