#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "relay/config/config.hpp"
#include "relay/forward/keys.hpp"
#include "relay/upstream/destination.hpp"
#include "shared/provider/adapter.hpp"

namespace vignette::relay {

/// A model, ready to be asked: everything about it that does not depend on the request.
struct Plan {
  std::shared_ptr<const provider::Route> route;
  std::string name;        ///< "groq/qwen/qwen3.6-27b"
  provider::Model priced;  ///< with a price for everything: what budgets reckon with
  bool passes = false;     ///< speaks OpenAI's chat itself: bytes go through as they are
  Destination where;       ///< of its chat
  std::string path;        ///< of its chat, below the provider's base
  std::string target;      ///< the same below the host
  std::shared_ptr<KeyRing> keys;
  std::vector<std::shared_ptr<const Plan>> fallbacks;
};

/// One configuration at work. Requests keep theirs while a reload brings the next.
class Fleet {
 public:
  explicit Fleet(std::shared_ptr<const Config> config);

  const Config& config() const { return *config_; }
  /// By alias or name. Null: nothing of that name that could be used here.
  std::shared_ptr<const Plan> find(std::string_view name);
  /// Of all keys.
  std::vector<std::pair<std::string, Circuit>> circuits(Clock::time_point now) const;
  /// What is listed to callers: living models of providers that can be used.
  std::vector<std::shared_ptr<const provider::Route>> offered(std::string_view today) const;

 private:
  std::shared_ptr<const Plan> make(std::string_view name, bool with_fallbacks);

  std::shared_ptr<const Config> config_;
  std::map<std::string, std::shared_ptr<KeyRing>, std::less<>> rings_;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::shared_ptr<const Plan>, Hash, std::equal_to<>> plans_;
};

}  // namespace vignette::relay
