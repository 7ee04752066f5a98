#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "relay/accounts/accounts.hpp"
#include "relay/accounts/code_store.hpp"

/// A folder below the system's place for temporary files, gone at the end.
struct TemporaryFolder {
  TemporaryFolder();
  ~TemporaryFolder();
  std::string path;
};

/// A program that was started, ended (hard) when this goes.
class Child {
 public:
  /// `name` is what the program is told that it is called.
  Child(const std::string& program, const std::vector<std::string>& arguments, const std::string& name = {});
  ~Child() { end(9); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  void end(int signal);  ///< and waits until it has
  int wait();            ///< its exit code; negative: the signal
  pid_t id() const { return id_; }

 private:
  pid_t id_ = -1;
};

/// A real Redis on a free port of this machine, empty.
class RedisServer {
 public:
  RedisServer();
  const std::string& url() const { return url_; }
  void stop() { child_.reset(); }
  void start();

 private:
  int port_ = 0;
  std::string url_;
  TemporaryFolder folder_;
  std::unique_ptr<Child> child_;
};

/// Both stores keep the same promises: tests run on each.
class Place {
 public:
  explicit Place(bool redis);
  bool is_redis() const { return redis_ != nullptr; }
  std::unique_ptr<vignette::relay::Accounts> open(
      std::optional<vignette::relay::MicroUsd> relay_per_day = {});
  std::unique_ptr<vignette::relay::CodeStore> codes();
  /// The text of a new code.
  std::string add(const vignette::relay::Terms& terms);
  const std::string& folder() const { return folder_.path; }
  RedisServer& redis() { return *redis_; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<RedisServer> redis_;
};
