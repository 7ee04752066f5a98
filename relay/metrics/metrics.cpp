#include "relay/metrics/metrics.hpp"

#include "relay/log/access_line.hpp"

namespace vignette::relay {
namespace {

void head(std::string& out, const char* name, const char* type) {
  out += std::string("# TYPE ") + name + " " + type + "\n";
}

void one(std::string& out, const char* name, const char* type, std::uint64_t value) {
  head(out, name, type);
  out += std::string(name) + " " + std::to_string(value) + "\n";
}

void by_label(std::string& out, const char* name, const char* label,
              const std::map<std::string, std::uint64_t>& values) {
  head(out, name, "counter");
  for (const auto& [key, value] : values)
    out += std::string(name) + "{" + label + "=" + json_text(key) + "} " + std::to_string(value) + "\n";
}

}  // namespace

void Histogram::add(double seconds) {
  std::size_t bucket = 0;
  while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
  ++counts_[bucket];
  sum_ += seconds;
}

void Histogram::write(std::string& out, const std::string& name) const {
  out += "# TYPE " + name + " histogram\n";
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    total += counts_[i];
    const std::string bound = i < bounds.size() ? json_number(bounds[i], 5) : "+Inf";
    out += name + "_bucket{le=\"" + bound + "\"} " + std::to_string(total) + "\n";
  }
  out += name + "_sum " + json_number(sum_, 6) + "\n" + name + "_count " + std::to_string(total) + "\n";
}

std::string write_metrics(const Metrics& m, const Gauges& gauges) {
  std::string out;
  head(out, "relay_requests_total", "counter");
  for (const auto& [key, value] : m.requests) {
    out += "relay_requests_total{route=" + json_text(key.first) + ",status=\"" + std::to_string(key.second) +
           "\"} " + std::to_string(value) + "\n";
  }
  by_label(out, "relay_upstream_errors_total", "kind", m.upstream_errors);
  by_label(out, "relay_denied_total", "by", m.denied);
  one(out, "relay_inflight", "gauge", m.in_flight);
  one(out, "relay_retries_total", "counter", m.retries);
  one(out, "relay_auth_failures_total", "counter", m.auth_failures);
  one(out, "relay_client_gone_total", "counter", m.client_gone);
  one(out, "relay_usage_suspect_total", "counter", m.usage_suspect);
  one(out, "relay_spend_micro_total", "counter", m.spend_micro);
  one(out, "relay_stream_bytes_total", "counter", m.stream_bytes);
  one(out, "relay_escaped_exceptions_total", "counter", m.escaped_exceptions);
  one(out, "relay_config_reload_failures_total", "counter", m.reload_failures);
  one(out, "relay_body_pool_bytes", "gauge", gauges.body_pool_bytes);
  one(out, "relay_open_fds", "gauge", gauges.open_files);
  head(out, "relay_loop_lag_seconds", "gauge");
  out += "relay_loop_lag_seconds " + json_number(gauges.loop_lag_seconds, 6) + "\n";
  head(out, "relay_circuit_state", "gauge");
  for (const auto& [key, state] : gauges.circuits)
    out +=
        "relay_circuit_state{key=" + json_text(key) + "} " + std::to_string(static_cast<int>(state)) + "\n";
  m.first_byte.write(out, "relay_ttfb_seconds");
  m.overhead.write(out, "relay_overhead_seconds");
  head(out, "relay_build_info", "gauge");
  out += "relay_build_info{version=\"" VIGNETTE_VERSION "\"} 1\n";
  return out;
}

}  // namespace vignette::relay
