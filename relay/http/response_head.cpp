#include "relay/http/response_head.hpp"

#include <boost/beast/http/status.hpp>
#include <chrono>

#include "relay/http/http_date.hpp"

namespace vignette::relay {
namespace {

const std::string& date_now() {
  static thread_local std::int64_t of = -1;
  static thread_local std::string text;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t second = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  if (second != of) {
    of = second;
    text = format_http_date(second);
  }
  return text;
}

}  // namespace

bool is_bodyless(int status) { return status == 204 || status == 304; }

std::string response_head(const HeadFacts& facts) {
  std::string head;
  head.reserve(512);
  const auto line = [&head](std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  };
  head += "HTTP/1.1 ";
  head += std::to_string(facts.status);
  head += ' ';
  head += std::string_view(
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(facts.status)));
  head += "\r\n";
  for (const Field& field : facts.fields) line(field.name, field.value);
  if (facts.length && !is_bodyless(facts.status)) line("Content-Length", std::to_string(*facts.length));
  if (facts.chunked) line("Transfer-Encoding", "chunked");
  line("Date", date_now());
  line("X-Request-Id", facts.id);
  head += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  if (!facts.keep_alive) head += "Connection: close\r\n";
  head += facts.lines;
  head += "\r\n";
  return head;
}

}  // namespace vignette::relay
