#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

struct redisContext;

namespace vignette::relay {

using RedisCommand = std::vector<std::string>;

struct RedisAnswer {
  bool failed = true;  ///< no answer, or Redis said no: then `text` is what it said
  bool is_null = false;
  std::int64_t integer = 0;
  std::string text;
  std::vector<RedisAnswer> items;
};

struct RedisAddress {
  std::string host;
  int port = 6379;
  std::string user;
  std::string password;
  std::string database = "0";
};
/// "redis://host", "redis://:password@host:6379/1", "redis://user:password@host"
Result<RedisAddress> parse_redis_url(std::string_view url);

/// A connection to Redis that waits for its answers, and is made anew when it broke. For one thread.
class RedisConnection {
 public:
  explicit RedisConnection(RedisAddress address);
  ~RedisConnection();

  /// Connected, signed in, and with the scripts loaded.
  bool open();
  /// One answer a command, in order. After the first that fails for want of a connection all others fail.
  std::vector<RedisAnswer> ask(std::span<const RedisCommand> commands);
  RedisAnswer ask(const RedisCommand& command);

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  RedisAnswer next_answer();
  bool greet();

  RedisAddress address_;
  std::unique_ptr<redisContext, Free> context_;
};

}  // namespace vignette::relay
