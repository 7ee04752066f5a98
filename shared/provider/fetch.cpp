#include "shared/base/utf8.hpp"
#include "shared/provider/adapter.hpp"

namespace vignette::provider {
namespace {

/// "https://*.replicate.delivery" allows every host under it; everything else must match whole, with its
/// port.
bool allows(std::string_view pattern, std::string_view origin) {
  const std::size_t star = pattern.find("://*.");
  if (star == std::string_view::npos) return pattern == origin;
  const std::string_view scheme = pattern.substr(0, star + 3);
  const std::string_view suffix = pattern.substr(star + 4);  // with its dot
  if (!origin.starts_with(scheme) || !origin.ends_with(suffix)) return false;
  return origin.size() > scheme.size() + suffix.size();
}

/// Scheme, host and port. Nothing where the address could be read in two ways: a user name, a backslash.
std::string origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t end = url.find_first_of("/?#", scheme + 3);
  const std::string_view origin = url.substr(0, end);
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '\\' ||
        c == '"' || c == '<' || c == '>')
      return {};
  }
  return origin.find('@') == std::string_view::npos ? to_lower_ascii(origin) : std::string{};
}

}  // namespace

Result<HttpCall> fetch_call(const Route& route, std::string_view url) {
  const std::string origin = origin_of(url);
  for (const std::string& pattern : route.provider.output_hosts) {
    if (origin.empty() || !allows(pattern, origin)) continue;
    HttpCall call;
    call.method = "GET";
    call.url = std::string(url);
    return call;
  }
  return Error{ErrorCode::Refused,
               route.provider.name + " answered with a file on a host that is not on its list.",
               "If that host is right, add it to output_hosts in the provider catalogue."};
}

Reply<Media> read_fetched(const HttpReply& reply, TimeMs now) {
  if (reply.status < 200 || reply.status > 299) {
    // No redirect is followed: it could lead anywhere.
    return reply.status < 400 ? Reply<Media>(unreadable(reply, "The finished file is somewhere else."))
                              : Reply<Media>(read_error(reply, now));
  }
  const std::string mime = sniff_mime(reply.body.substr(0, 32));
  if (!mime.starts_with("image/")) return unreadable(reply, "The finished file is not a picture.");
  const ByteView bytes = as_bytes(reply.body);
  return raw_media(mime, Bytes(bytes.begin(), bytes.end()));
}

}  // namespace vignette::provider
