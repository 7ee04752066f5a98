#include "tests/relay/accounts/places.hpp"

#include <chrono>
#include <cstdlib>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "relay/accounts/moment.hpp"
#include "relay/accounts/redis_connection.hpp"

using namespace vignette;
using namespace vignette::relay;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vignette-accounts-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path = pattern;
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Child::Child(const std::string& program, const std::vector<std::string>& arguments, const std::string& name) {
  std::vector<std::string> words = {name.empty() ? program : name};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  id_ = fork();
  if (id_ != 0) return;
  execvp(program.c_str(), pointers.data());
  _exit(127);
}

int Child::wait() {
  if (id_ < 0) return 0;
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void Child::end(int signal) {
  if (id_ < 0) return;
  kill(id_, signal);
  wait();
}

namespace {

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket);
  return ntohs(address.sin_port);
}

}  // namespace

RedisServer::RedisServer() : port_(free_port()), url_("redis://127.0.0.1:" + std::to_string(port_)) {
  start();
}

void RedisServer::start() {
  // Debian's redis-tools has the whole server under another name; it looks at what it is called.
  child_ = std::make_unique<Child>(
      "redis-check-rdb",
      std::vector<std::string>{"--port", std::to_string(port_), "--save", "", "--appendonly", "no", "--bind",
                               "127.0.0.1", "--dir", folder_.path, "--logfile", "log"},
      "redis-server");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  RedisConnection connection(*parse_redis_url(url_));
  while (!connection.open()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("Redis did not start");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

Place::Place(bool redis) {
  if (redis) redis_ = std::make_unique<RedisServer>();
}

std::unique_ptr<Accounts> Place::open(std::optional<MicroUsd> relay_per_day) {
  auto accounts =
      redis_ ? make_redis_accounts(redis_->url(), {.relay_budget_per_day = relay_per_day})
             : make_embedded_accounts({.folder = folder_.path, .relay_budget_per_day = relay_per_day});
  if (!accounts) throw std::runtime_error(accounts.error().message);
  return *std::move(accounts);
}

std::unique_ptr<CodeStore> Place::codes() {
  auto codes = redis_ ? open_redis_codes(redis_->url()) : open_folder_codes(folder_.path);
  if (!codes) throw std::runtime_error(codes.error().message);
  return *std::move(codes);
}

std::string Place::add(const Terms& terms) {
  auto added = add_code(*codes(), terms, moment_now().wall);
  if (!added) throw std::runtime_error(added.error().message);
  return added->text;
}
