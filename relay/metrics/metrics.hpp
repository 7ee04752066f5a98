#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "relay/http/service.hpp"

namespace vignette::relay {

/// Times in buckets, as Prometheus wants them.
class Histogram {
 public:
  static constexpr std::array<double, 15> bounds = {
      0.00002, 0.00005, 0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120};
  void add(double seconds);
  void write(std::string& out, const std::string& name) const;

 private:
  std::array<std::uint64_t, bounds.size() + 1> counts_{};
  double sum_ = 0;
};

/// What happened since the start, in numbers. Names and labels only of ours: nothing a client sends becomes a
/// label.
struct Metrics {
  std::map<std::pair<std::string, int>, std::uint64_t> requests;  ///< by route and status
  std::map<std::string, std::uint64_t> upstream_errors;           ///< by kind
  std::map<std::string, std::uint64_t> denied;                    ///< by code of the refusal
  std::uint64_t in_flight = 0;
  std::uint64_t retries = 0;
  std::uint64_t auth_failures = 0;
  std::uint64_t client_gone = 0;
  std::uint64_t usage_suspect = 0;
  std::uint64_t spend_micro = 0;
  std::uint64_t stream_bytes = 0;
  std::uint64_t escaped_exceptions = 0;
  std::uint64_t reload_failures = 0;
  Histogram first_byte;
  Histogram overhead;  ///< of forwarded requests: without the waiting for the provider and for the client

  void count(const std::string& route, int status) { requests[{route, status}] += 1; }
};

/// How a key fares: its circuit, as others call it.
enum class Circuit { Closed = 0, Open = 1, HalfOpen = 2, Refused = 3 };

/// What is measured when somebody asks.
struct Gauges {
  std::vector<std::pair<std::string, Circuit>> circuits;  ///< by the name of the key
  std::uint64_t body_pool_bytes = 0;
  std::uint64_t open_files = 0;
  double loop_lag_seconds = 0;
};

/// Prometheus' text format.
std::string write_metrics(const Metrics& metrics, const Gauges& gauges);

}  // namespace vignette::relay
