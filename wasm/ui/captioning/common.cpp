#include <nlohmann/json.hpp>

#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"

namespace vignette::ui {

std::string key_value(std::string_view key, std::string_view value) {
  const nlohmann::json args = {{"key", std::string(key)}, {"value", std::string(value)}};
  return args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string argument(std::string_view name, std::string_view value) {
  const nlohmann::json args = {{std::string(name), std::string(value)}};
  return args.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

const char* run_icon(const State& state, const ItemId& item) {
  const Captioning& captioning = state.captioning;
  if (captioning.busy.count(item) != 0) return icon::kSparkles;
  if (captioning.failed.count(item) != 0) return icon::kTriangleAlert;
  return nullptr;
}

std::string run_words(const State& state, const ItemId& item) {
  const Captioning& captioning = state.captioning;
  if (captioning.busy.count(item) != 0) return "being captioned";
  const auto failed = captioning.failed.find(item);
  return failed == captioning.failed.end() ? "" : "failed: " + failed->second.sentence;
}

}  // namespace vignette::ui
