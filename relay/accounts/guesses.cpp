#include "relay/accounts/guesses.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "relay/accounts/mac.hpp"
#include "relay/http/network.hpp"

namespace vignette::relay {
Guesses::Guesses() : seed_(0), by_peer_(std::make_unique<std::array<Gcra, cells>>()) {
  std::memcpy(&seed_, random_bytes(sizeof seed_).data(), sizeof seed_);
}

std::size_t Guesses::cell_of(std::string_view peer) const {
  std::uint64_t hash = seed_;
  for (const char c : network_of(peer)) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
  }
  return static_cast<std::size_t>(hash >> 48) % cells;
}

std::optional<int> Guesses::wait_s(std::string_view peer, std::int64_t now_ns) const {
  std::int64_t wait = all_.wait_ns(of_all, now_ns);
  if (!peer.empty()) wait = std::max(wait, (*by_peer_)[cell_of(peer)].wait_ns(of_one, now_ns));
  if (wait == 0) return std::nullopt;
  return seconds_up(wait);
}

void Guesses::count_wrong(std::string_view peer, std::int64_t now_ns) {
  // Who is past the own limit already does not use up everybody's.
  if (!peer.empty()) {
    Gcra& own = (*by_peer_)[cell_of(peer)];
    if (own.wait_ns(of_one, now_ns) > 0) return;
    own.take(of_one, now_ns);
  }
  if (all_.wait_ns(of_all, now_ns) == 0) all_.take(of_all, now_ns);
}

}  // namespace vignette::relay
