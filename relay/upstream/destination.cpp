#include "relay/upstream/destination.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

namespace ip = boost::asio::ip;

Error bad(std::string_view url, const char* why) {
  url.remove_prefix(url.rfind('@') + 1);  // before it may stand a password
  return {ErrorCode::InvalidInput, "The provider address " + std::string(url) + " " + why,
          "Write it like https://api.example.com/v1."};
}

bool in(std::uint32_t address, std::uint32_t network, int bits) {
  return (address ^ network) >> (32 - bits) == 0;
}

bool is_internal_v4(std::uint32_t a) {
  return in(a, 0x00000000, 8) || in(a, 0x0A000000, 8) || in(a, 0x64400000, 10) || in(a, 0x7F000000, 8) ||
         in(a, 0xA9FE0000, 16) || in(a, 0xAC100000, 12) || in(a, 0xC0000000, 24) || in(a, 0xC0000200, 24) ||
         in(a, 0xC0A80000, 16) || in(a, 0xC6120000, 15) || in(a, 0xC6336400, 24) || in(a, 0xCB007100, 24) ||
         in(a, 0xE0000000, 3);
}

bool is_name(std::string_view host) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == ':';
  };
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), fine);
}

}  // namespace

std::string Destination::authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (tls ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

bool is_internal(const ip::address& address) {
  if (address.is_v4()) return is_internal_v4(address.to_v4().to_uint());
  const auto bytes = address.to_v6().to_bytes();
  const auto tail = (std::uint32_t{bytes[12]} << 24) | (std::uint32_t{bytes[13]} << 16) |
                    (std::uint32_t{bytes[14]} << 8) | bytes[15];
  const auto zero = [&](std::size_t from, std::size_t to) {
    return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                       bytes.begin() + static_cast<std::ptrdiff_t>(to), [](auto b) { return b == 0; });
  };
  if (zero(0, 12)) return true;  // unspecified, loopback, the old IPv4-compatible form
  if (zero(0, 10) && bytes[10] == 0xFF && bytes[11] == 0xFF) return is_internal_v4(tail);
  if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xFF && bytes[3] == 0x9B)
    return is_internal_v4(tail);
  if (bytes[0] == 0x20 && bytes[1] == 0x02) {  // 6to4 carries an IPv4 address
    return is_internal_v4((std::uint32_t{bytes[2]} << 24) | (std::uint32_t{bytes[3]} << 16) |
                          (std::uint32_t{bytes[4]} << 8) | bytes[5]);
  }
  const bool unique_local = (bytes[0] & 0xFE) == 0xFC;
  const bool link_or_site_local = bytes[0] == 0xFE && (bytes[1] & 0x80) != 0;
  return unique_local || link_or_site_local || bytes[0] == 0xFF;
}

bool is_loopback_name(std::string_view host) {
  if (host == "localhost") return true;
  boost::system::error_code error;
  const auto address = ip::make_address(host, error);
  return !error && address.is_loopback();
}

Result<Address> read_address(std::string_view url) {
  Address out;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
    out.where.tls = false;
    out.where.port = 80;
  } else {
    return bad(url, "does not begin with https://.");
  }
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  out.path = rest.substr(slash);
  while (out.path.ends_with('/')) out.path.pop_back();
  for (const char c : url) {
    if (c <= 0x20 || c >= 0x7F || c == '@' || c == '#' || c == '\\' || c == '"')
      return bad(url, "holds a character that does not belong there.");
  }
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return bad(url, "has no host.");
    out.where.host = to_lower_ascii(authority.substr(1, end - 1));
    authority.remove_prefix(end + 1);
    if (authority.starts_with(':')) port = authority.substr(1);
    if (!authority.empty() && authority[0] != ':') return bad(url, "has no usable host.");
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    out.where.host = to_lower_ascii(authority.substr(0, colon));
    if (colon < authority.size()) port = authority.substr(colon + 1);
  }
  if (!is_name(out.where.host)) return bad(url, "has no usable host.");
  if (!port.empty()) {
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), out.where.port);
    if (error != std::errc() || stop != port.data() + port.size() || out.where.port == 0)
      return bad(url, "has no usable port.");
  }
  out.where.own_network = is_loopback_name(out.where.host);
  if (!out.where.tls && !out.where.own_network)
    return bad(url, "must begin with https://: keys and pictures never travel in the clear.");
  return out;
}

}  // namespace vignette::relay
