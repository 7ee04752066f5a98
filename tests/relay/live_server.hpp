#pragma once
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "relay/http/server.hpp"
#include "relay/routes/router.hpp"
#include "tests/relay/site_folder.hpp"

namespace vignette::relay {

/// The real server on a free port, in a thread of its own, over a folder of its own. Stops by draining.
class LiveServer {
 public:
  explicit LiveServer(Limits limits = {}, Handler handler = {});
  ~LiveServer();

  std::uint16_t port() const { return port_; }
  const SiteFolder& folder() const { return folder_; }
  void drain() { server_.drain(); }
  /// Waits until run() has returned.
  void join();
  /// What was logged so far.
  std::vector<Exchange> exchanges();

 private:
  SiteFolder folder_;
  Routes routes_;
  std::mutex mutex_;
  std::vector<Exchange> exchanges_;
  Loop loop_;
  Server server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace vignette::relay
