#include "relay/serve.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "relay/forward/forwarder.hpp"
#include "relay/http/server.hpp"
#include "relay/log/access_line.hpp"
#include "relay/log/log_writer.hpp"
#include "relay/routes/cors.hpp"
#include "relay/routes/router.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

/// Keys must not end up in a core file, nor in another process's hands.
void keep_memory_to_ourselves() {
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  const rlimit none = {0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

Result<std::unique_ptr<Accounts>> open_accounts(const Settings& settings) {
  const AccountsOptions options{.folder = settings.data};
  const std::string redis = environment_of_process("REDIS_URL");
  auto accounts = redis.empty() ? make_embedded_accounts(options) : make_redis_accounts(redis, options);
  if (!accounts) return accounts;
  const std::string code = environment_of_process("SECRET_ACCESS_CODE");
  if (code.empty()) return accounts;
  Terms terms;
  terms.name = "SECRET_ACCESS_CODE";
  const std::string sessions = environment_of_process("MAX_CONCURRENT_SESSIONS");
  int most = 0;
  const auto [stop, error] = std::from_chars(sessions.data(), sessions.data() + sessions.size(), most);
  if (!sessions.empty() && (error != std::errc() || stop != sessions.data() + sessions.size() || most < 1)) {
    return Error{ErrorCode::InvalidInput, "MAX_CONCURRENT_SESSIONS is not a number from 1 on.",
                 "Correct or unset it."};
  }
  if (most > 0) terms.sessions = most;
  const auto ensured = (*accounts)->ensure_code(code, terms);
  if (!ensured) return ensured.error();
  return accounts;
}

std::uint64_t open_files() {
  std::error_code error;
  std::uint64_t count = 0;
  for (auto at = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && at != std::filesystem::directory_iterator(); at.increment(error))
    ++count;
  return count;
}

class Relay {
 public:
  Relay(const Settings& settings, std::unique_ptr<Accounts> accounts, std::shared_ptr<const Config> config)
      : settings_(settings),
        accounts_(std::move(accounts)),
        forwarder_(loop_, *accounts_, config),
        doors_{.origins = config->origins, .hosts = config->hosts} {}

  Result<Done> run();

 private:
  Service public_service();
  Service admin_service();
  void reload();
  void await_hangup();
  void event(const std::string& what) { log_.write(event_line(what, wall_clock_ms())); }

  const Settings& settings_;
  Loop loop_;
  LogWriter log_{loop_.io};
  std::unique_ptr<Accounts> accounts_;
  Forwarder forwarder_;
  Doors doors_;
  Routes routes_;
  net::signal_set hangup_{loop_.io};
  std::unique_ptr<Server> admin_;
  std::unique_ptr<Server> server_;
};

Service Relay::public_service() {
  Service service;
  service.handler = [this](const Request& request) { return answer(request, routes_); };
  service.gate = [this](const Request& request) { return gate(request, doors_); };
  service.endpoint = [this](const Request& request) { return forwarder_.endpoint(request); };
  service.answer_lines = [this](const Request& request) { return cors_lines(request, doors_); };
  service.on_exchange = [this](const Exchange& exchange) {
    log_.write(access_line(exchange, wall_clock_ms()));
  };
  service.on_event = [this](const std::string& what) {
    if (what == "draining") forwarder_.drain();
    if (what == "exception escaped") forwarder_.metrics().escaped_exceptions += 1;
    event(what);
  };
  service.on_drained = [this] {
    forwarder_.stop();
    hangup_.cancel();
    if (admin_) admin_->drain();
    // Part of draining: the loop ends when this has.
    net::co_spawn(
        loop_.io, [this]() -> net::awaitable<void> { co_await accounts_->flush(); },
        [](const std::exception_ptr&) {});
  };
  return service;
}

Service Relay::admin_service() {
  Service service;
  service.handler = [this](const Request& request) {
    if (request.path() != "/metrics")
      return problem_response({.status = 404, .code = "no_route", .message = "There is only /metrics here."},
                              request.id);
    Response response;
    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = write_metrics(forwarder_.metrics(), {.circuits = forwarder_.circuits(),
                                                         .body_pool_bytes = loop_.bodies.in_use(),
                                                         .open_files = open_files(),
                                                         .loop_lag_seconds = loop_.alarms.lag_seconds()});
    return response;
  };
  service.on_exchange = [](const Exchange&) {};
  return service;
}

void Relay::reload() {
  auto config = read_config(settings_.config, environment_of_process);
  if (!config) {
    forwarder_.metrics().reload_failures += 1;
    event("reload failed, the old configuration stays: " + config.error().message);
    return;
  }
  doors_ = {.origins = (*config)->origins, .hosts = (*config)->hosts};
  forwarder_.use(*config);
  event("reloaded");
}

void Relay::await_hangup() {
  hangup_.async_wait([this](const boost::system::error_code& cancelled, int) {
    if (cancelled) return;
    reload();
    await_hangup();
  });
}

Result<Done> Relay::run() {
  if (!settings_.site.empty()) {
    auto site = Site::open(settings_.site);
    if (!site) return site.error();
    routes_.site.emplace(std::move(*site));
  }
  server_ = std::make_unique<Server>(loop_, limits_of_this_process(), public_service());
  auto address = server_->listen(settings_.host, settings_.port);
  if (!address) return address.error();
  const std::optional<int> admin_port = settings_.admin ? settings_.admin : forwarder_.config().admin_port;
  if (admin_port) {
    admin_ = std::make_unique<Server>(loop_, Limits{}, admin_service());
    const auto admin = admin_->listen("127.0.0.1", static_cast<std::uint16_t>(*admin_port));
    if (!admin) return admin.error();
    std::printf("vignette-relay: metrics at %s/metrics\n", admin->c_str());
  }
  hangup_.add(SIGHUP);
  await_hangup();
  server_->drain_on_signals();
  std::printf("vignette-relay: %s\n", accounts_->description().c_str());
  std::printf("vignette-relay: serving %s\n", address->c_str());
  std::fflush(stdout);
  server_->run();
  event("drained");
  return Done{};
}

}  // namespace

Result<Done> serve(const Settings& settings) {
  std::signal(SIGPIPE, SIG_IGN);  // whoever read our output may leave; we stay
  keep_memory_to_ourselves();
  auto config = read_config(settings.config, environment_of_process);
  if (!config) return config.error();
  auto accounts = open_accounts(settings);
  if (!accounts) return accounts.error();
  return Relay(settings, std::move(*accounts), *config).run();
}

}  // namespace vignette::relay
