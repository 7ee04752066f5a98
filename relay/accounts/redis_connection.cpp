#include "relay/accounts/redis_connection.hpp"

#include <charconv>
#include <hiredis/hiredis.h>

#include "relay/accounts/redis_scripts.hpp"

namespace vignette::relay {
namespace {

// A request waits for this: better to refuse it soon than to hold it long.
constexpr timeval connect_timeout = {.tv_sec = 1, .tv_usec = 0};
constexpr timeval answer_timeout = {.tv_sec = 2, .tv_usec = 0};

RedisAnswer answer_from(const redisReply& reply) {
  RedisAnswer answer;
  answer.failed = reply.type == REDIS_REPLY_ERROR;
  answer.is_null = reply.type == REDIS_REPLY_NIL;
  if (reply.type == REDIS_REPLY_INTEGER) answer.integer = reply.integer;
  if (reply.str != nullptr) answer.text.assign(reply.str, static_cast<std::size_t>(reply.len));
  for (std::size_t i = 0; i < reply.elements; ++i) answer.items.push_back(answer_from(*reply.element[i]));
  return answer;
}

Error wrong_url(std::string message) {
  return {.code = ErrorCode::InvalidInput,
          .message = std::move(message),
          .hint = "Set REDIS_URL like redis://:password@127.0.0.1:6379/0."};
}

}  // namespace

Result<RedisAddress> parse_redis_url(std::string_view url) {
  constexpr std::string_view scheme = "redis://";
  if (url.starts_with("rediss://"))
    return wrong_url(
        "REDIS_URL asks for TLS, which the relay does not speak to Redis; use a private network.");
  if (!url.starts_with(scheme)) return wrong_url("REDIS_URL does not begin with redis://.");
  url.remove_prefix(scheme.size());
  RedisAddress address;
  if (const std::size_t slash = url.find('/'); slash != std::string_view::npos) {
    if (slash + 1 < url.size()) address.database = url.substr(slash + 1);
    url = url.substr(0, slash);
  }
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) {
    const std::string_view login = url.substr(0, at);
    const std::size_t colon = login.find(':');
    if (colon == std::string_view::npos) return wrong_url("REDIS_URL has a user but no password.");
    address.user = login.substr(0, colon);
    address.password = login.substr(colon + 1);
    url.remove_prefix(at + 1);
  }
  if (const std::size_t colon = url.rfind(':');
      colon != std::string_view::npos && url.find(']', colon) == std::string_view::npos) {
    const std::string_view port = url.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc{} || end != port.data() + port.size())
      return wrong_url("The port in REDIS_URL is no number.");
    url = url.substr(0, colon);
  }
  if (url.starts_with('[') && url.ends_with(']')) url = url.substr(1, url.size() - 2);
  if (url.empty()) return wrong_url("REDIS_URL names no host.");
  address.host = url;
  return address;
}

void RedisConnection::Free::operator()(redisContext* context) const { redisFree(context); }

RedisConnection::RedisConnection(RedisAddress address) : address_(std::move(address)) {}
RedisConnection::~RedisConnection() = default;

bool RedisConnection::open() {
  if (context_ && context_->err == 0) return true;
  context_.reset(redisConnectWithTimeout(address_.host.c_str(), address_.port, connect_timeout));
  if (context_ && context_->err == 0 && redisSetTimeout(context_.get(), answer_timeout) == REDIS_OK &&
      greet())
    return true;
  context_.reset();
  return false;
}

bool RedisConnection::greet() {
  std::vector<RedisCommand> commands;
  if (!address_.password.empty()) {
    commands.push_back(address_.user.empty() ? RedisCommand{"AUTH", address_.password}
                                             : RedisCommand{"AUTH", address_.user, address_.password});
  }
  commands.push_back({"SELECT", address_.database});
  for (const RedisScript* script : redis_scripts()) commands.push_back({"SCRIPT", "LOAD", script->text});
  for (const RedisAnswer& answer : ask(commands)) {
    if (answer.failed) return false;
  }
  return true;
}

RedisAnswer RedisConnection::next_answer() {
  void* reply = nullptr;
  if (!context_ || redisGetReply(context_.get(), &reply) != REDIS_OK || reply == nullptr) return {};
  RedisAnswer answer = answer_from(*static_cast<redisReply*>(reply));
  freeReplyObject(reply);
  return answer;
}

std::vector<RedisAnswer> RedisConnection::ask(std::span<const RedisCommand> commands) {
  for (const RedisCommand& command : commands) {
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const std::string& word : command) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    if (context_)
      redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()), words.data(), sizes.data());
  }
  std::vector<RedisAnswer> answers;
  bool forgot_scripts = false;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    answers.push_back(next_answer());
    forgot_scripts = forgot_scripts || answers.back().text.starts_with("NOSCRIPT");
  }
  if (forgot_scripts || (context_ && context_->err != 0)) context_.reset();  // the next one loads them again
  return answers;
}

RedisAnswer RedisConnection::ask(const RedisCommand& command) { return ask(std::span(&command, 1))[0]; }

}  // namespace vignette::relay
