#pragma once
#include <memory>
#include <string>
#include <vector>

#include "relay/forward/desk.hpp"
#include "relay/http/service.hpp"

namespace vignette::relay {

/// The API of the relay: which route takes what, and whom. Everything that reaches a provider goes through
/// admit() first.
class Forwarder {
 public:
  Forwarder(Loop& loop, Accounts& accounts, std::shared_ptr<const Config> config, UpstreamLimits limits = {},
            const std::string& ca_file = {});

  /// Null: not a route of ours.
  const Endpoint* endpoint(const Request& request) const;
  /// From now on; requests under way keep what they began with.
  void use(std::shared_ptr<const Config> config) { desk_.fleet = std::make_shared<Fleet>(std::move(config)); }
  const Config& config() const { return desk_.fleet->config(); }
  Metrics& metrics() { return desk_.metrics; }
  std::vector<std::pair<std::string, Circuit>> circuits() const {
    return desk_.fleet->circuits(Clock::now());
  }
  /// Says no to /readyz, because the end is near.
  void drain() { ready_ = false; }
  /// Closes kept connections.
  void stop() { desk_.pool.stop(); }

  /// The paths there are, for the tests that hold that each of them is guarded.
  struct Route {
    std::string method;
    std::string path;
    bool guarded = true;
  };
  static std::vector<Route> routes();

 private:
  struct Row;
  static const std::vector<Row>& table();

  Desk desk_;
  bool ready_ = true;
  std::vector<std::pair<const Row*, Endpoint>> endpoints_;
  Endpoint wrong_method_;
};

}  // namespace vignette::relay
