#include "relay/log/access_line.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace vignette::relay {
namespace {

std::string one_line(const nlohmann::ordered_json& record) {
  return record.dump(-1, ' ', /*ensure_ascii=*/true, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

std::string access_line(const Exchange& exchange, TimeMs now) {
  nlohmann::ordered_json record;
  record["time"] = format_iso8601(now);
  record["method"] = exchange.method.substr(0, 32);
  record["path"] = exchange.path;
  record["status"] = exchange.status;
  record["bytes"] = exchange.bytes;
  record["ms"] = std::round(exchange.ms * 1000) / 1000;
  record["id"] = exchange.id;
  if (!exchange.complete) record["cut_off"] = true;
  return one_line(record);
}

std::string event_line(const std::string& event, TimeMs now) {
  nlohmann::ordered_json record;
  record["time"] = format_iso8601(now);
  record["event"] = event;
  return one_line(record);
}

}  // namespace vignette::relay
