#include "relay/routes/conditions.hpp"

#include <algorithm>
#include <string_view>

#include "relay/http/http_date.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

// Tags are opaque: they may hold commas, so a list is read by its quotes.
bool list_has(std::string_view list, std::string_view etag, bool weak_counts) {
  if (trim(list) == "*") return true;
  for (std::size_t at = 0; (at = list.find('"', at)) != std::string_view::npos;) {
    const std::size_t end = list.find('"', at + 1);
    if (end == std::string_view::npos) return false;
    const bool weak = at >= 2 && list.substr(at - 2, 2) == "W/";
    if ((weak_counts || !weak) && list.substr(at, end + 1 - at) == etag) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

Verdict judge_conditions(const Request& request, const Validators& now) {
  if (request.field("If-Match")) {
    if (!list_has(request.list_field("If-Match"), now.etag, false)) return Verdict::PreconditionFailed;
  } else if (const std::string* date = request.field("If-Unmodified-Since")) {
    const auto since = parse_http_date(*date);
    if (since && now.modified_s > *since) return Verdict::PreconditionFailed;
  }
  if (request.field("If-None-Match")) {
    const bool known = list_has(request.list_field("If-None-Match"), now.etag, true);
    return known ? Verdict::NotModified : Verdict::Send;  // a date beside it does not count
  }
  if (const std::string* date = request.field("If-Modified-Since")) {
    const auto since = parse_http_date(*date);
    if (since && now.modified_s <= *since) return Verdict::NotModified;
  }
  return Verdict::Send;
}

bool range_applies(const Request& request, const Validators& now) {
  const std::string* condition = request.field("If-Range");
  if (!condition) return true;
  if (condition->starts_with('"')) return *condition == now.etag;
  return parse_http_date(*condition) == now.modified_s;  // a weak tag is no date, so it does not apply
}

}  // namespace vignette::relay
