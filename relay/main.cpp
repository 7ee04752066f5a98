// vignette-relay: one process, one thread. Reads its command line, opens what it serves, says where, and
// serves. Exit codes: 0 drained after a signal, 1 could not start, 2 the command line makes no sense.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "relay/config/command_line.hpp"
#include "relay/http/server.hpp"
#include "relay/log/access_line.hpp"
#include "relay/routes/router.hpp"

namespace {

using namespace vignette;
using namespace vignette::relay;

int fail(const Error& error, int exit_code) {
  std::fprintf(stderr, "vignette-relay: %s %s\n", error.message.c_str(), error.hint.c_str());
  return exit_code;
}

TimeMs now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

// One write a line, so that lines of several processes on one pipe stay whole.
void write_log(std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int serve(const Settings& settings) {
  std::signal(SIGPIPE, SIG_IGN);  // whoever read our output may leave; we stay
  Routes routes;
  if (!settings.site.empty()) {
    auto site = Site::open(settings.site);
    if (!site) return fail(site.error(), 1);
    routes.site.emplace(std::move(*site));
  }
  Server server(
      limits_of_this_process(), [&routes](const Request& request) { return answer(request, routes); },
      [](const Exchange& exchange) { write_log(access_line(exchange, now_ms())); },
      [](const std::string& event) { write_log(event_line(event, now_ms())); });
  auto address = server.listen(settings.host, settings.port);
  if (!address) return fail(address.error(), 1);
  server.drain_on_signals();
  std::printf("vignette-relay: serving %s\n", address->c_str());
  std::fflush(stdout);
  server.run();
  write_log(event_line("drained", now_ms()));
  return 0;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string_view> arguments(values + 1, values + count);
  const auto command = parse_command_line(arguments);
  if (!command) return fail(command.error(), 2);
  if (std::holds_alternative<ShowHelp>(*command)) {
    std::fputs(help_text().c_str(), stdout);
    return 0;
  }
  if (std::holds_alternative<ShowVersion>(*command)) {
    std::puts("vignette-relay " VIGNETTE_VERSION);
    return 0;
  }
  return serve(std::get<Settings>(*command));
}
