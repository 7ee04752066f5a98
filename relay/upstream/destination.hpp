#pragma once
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace vignette::relay {

/// Where a provider lives. Comes from the catalogue and the operator, never from a client.
struct Destination {
  bool tls = true;
  std::string host;  ///< a name or an address, lower case, without brackets
  std::uint16_t port = 443;
  bool own_network = false;  ///< the operator named a loopback address: private addresses are then meant

  /// For the Host header: without the port where it is the usual one.
  std::string authority() const;
  bool operator==(const Destination&) const = default;
};

struct Address {
  Destination where;
  std::string path;  ///< begins with "/", or empty
};
/// "https://api.openai.com/v1". Plain http is taken for loopback only.
Result<Address> read_address(std::string_view url);

/// Addresses that no provider has: loopback, private, link-local, carrier-grade NAT, unspecified, multicast,
/// and IPv6 forms that mean one of them.
bool is_internal(const boost::asio::ip::address& address);
bool is_loopback_name(std::string_view host);

}  // namespace vignette::relay
