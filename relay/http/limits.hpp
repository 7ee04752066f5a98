#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace vignette::relay {

/// Every wait and every buffer has an end. All of them are here, and the table in docs/relay.md is made
/// from limit_rows(), so the page cannot say anything else.
struct Limits {
  static constexpr std::size_t KiB = 1024;
  std::size_t header_bytes = 16 * KiB;
  std::size_t header_line_bytes = 8 * KiB;
  std::size_t header_fields = 64;
  std::size_t target_bytes = 2 * KiB;
  std::size_t requests_per_connection = 1000;
  std::size_t connections = 10'000;
  std::size_t connections_per_address = 2'048;
  bool counts_loopback = false;  ///< what a proxy on this machine passes on all comes from one address
  std::size_t chunk_bytes = 16 * KiB;
  std::size_t linger_bytes = 1024 * KiB;
  std::chrono::milliseconds header_deadline{10'000};
  std::chrono::milliseconds body_deadline{10'000};
  std::uint64_t body_bytes_per_second = 32 * KiB;
  std::chrono::milliseconds idle{65'000};
  std::chrono::milliseconds write_deadline{30'000};
  std::chrono::milliseconds linger{2'000};
  std::chrono::milliseconds drain_idle{500};
  std::chrono::milliseconds drain{9'000};
};

struct LimitRow {
  std::string name;
  std::string value;
  std::string meaning;
};
std::vector<LimitRow> limit_rows(const Limits& limits);

/// The defaults, with no more connections than this process may have files open: each may need two
/// descriptors, its socket and the file it is being sent.
Limits limits_of_this_process();

}  // namespace vignette::relay
