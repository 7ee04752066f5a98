#pragma once
#include <arpa/inet.h>
#include <string>
#include <string_view>

namespace vignette::relay {

/// The part of an address that one person holds, as bytes: all of an IPv4 address, the first half of an IPv6
/// one.
inline std::string network_of(std::string_view peer) {
  const std::string text(peer.substr(0, peer.find('%')));
  in6_addr six{};
  if (inet_pton(AF_INET6, text.c_str(), &six) == 1) {
    const char* bytes = reinterpret_cast<const char*>(six.s6_addr);
    if (IN6_IS_ADDR_V4MAPPED(&six)) return {bytes + 12, 4};
    return {bytes, 8};
  }
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return {reinterpret_cast<const char*>(&four), 4};
  return text;
}

/// From this very machine.
inline bool is_loopback(std::string_view peer) {
  const std::string network = network_of(peer);
  return peer == "::1" || (network.size() == 4 && network[0] == 127);
}

}  // namespace vignette::relay
