#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <httplib.h>
#include <mutex>
#include <thread>
#include <vector>

namespace vignette::emulator {

/// A thread for each connection, made when none is idle. cpp-httplib holds a thread for as long as a
/// connection lives, so its fixed pool would let the 9th keep-alive client wait for ever. Meant for some
/// hundreds of connections at once; being a fast upstream for load tests is not this program's job.
class Crew : public httplib::TaskQueue {
 public:
  explicit Crew(std::size_t limit) : limit_(limit) {}
  void enqueue(std::function<void()> job) override;
  void shutdown() override;

 private:
  void work();

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> jobs_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool closing_ = false;
};

}  // namespace vignette::emulator
