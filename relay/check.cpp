#include <boost/asio/co_spawn.hpp>
#include <cstdio>

#include "relay/forward/job.hpp"
#include "relay/serve.hpp"
#include "shared/provider/listing.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

struct Finding {
  std::string text;
  bool fine = true;
};

std::string abilities_of(const std::vector<std::shared_ptr<const provider::Route>>& offered,
                         const std::string& id) {
  std::vector<std::string> names;
  for (const auto& route : offered) {
    if (route->provider.id != id) continue;
    for (const provider::Ability ability : route->model.abilities) {
      if (std::find(names.begin(), names.end(), provider::name_of(ability)) == names.end())
        names.push_back(provider::name_of(ability));
    }
  }
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out.empty() ? "no model that is listed" : out;
}

/// Asks for the list of models, which costs nothing anywhere.
net::awaitable<Finding> try_provider(Pool& pool, Loop& loop, const provider::Provider& provider,
                                     std::string_view key) {
  const Result<provider::HttpCall> call = provider::list_call(provider);
  if (!call) co_return Finding{"has no list of models to ask for"};
  provider::Route route;
  route.provider = provider;
  const auto address = read_address(provider::url_of(route, *call));
  if (!address) co_return Finding{address.error().message, false};
  Live live(pool, loop);
  if (co_await live.connect(address->where) != Failure::None) co_return Finding{"cannot be reached", false};
  const CallHead head(call->method, address->path, address->where, call->auth, key, call->headers,
                      std::nullopt);
  const std::string_view text = head.text();
  Failure failure = co_await live.send(std::span<const std::string_view>(&text, 1));
  if (failure == Failure::None) failure = co_await live.read_head(std::chrono::seconds(10));
  std::string body;
  if (failure == Failure::None) failure = co_await live.reply().read_all(body, 16u << 20);
  if (failure != Failure::None) co_return Finding{"does not answer", false};
  const ReplyHead& reply = live.reply().head;
  auto list = provider::read_list(provider, {.status = reply.status, .headers = reply.fields, .body = body});
  if (const auto* error = std::get_if<provider::ProviderError>(&list))
    co_return Finding{provider::sentence_for(error->kind), false};
  if (const auto* models = std::get_if<std::vector<provider::ListedModel>>(&list))
    co_return Finding{"answers, and lists " + std::to_string(models->size()) + " models"};
  co_return Finding{"answers"};
}

net::awaitable<void> check_all(const Config& config, Pool& pool, Loop& loop, bool& fine) {
  const Fleet fleet(std::make_shared<const Config>(config));
  const auto offered = fleet.offered(today());
  for (const provider::Provider& provider : config.catalogue.providers()) {
    const auto keys = config.keys.find(provider.id);
    if (!config.is_usable(provider)) {
      std::printf("%-12s no key (%s)\n", provider.id.c_str(),
                  provider.key_env.empty() ? provider.base_env.c_str() : provider.key_env.front().c_str());
      continue;
    }
    const std::size_t count = keys == config.keys.end() ? 0 : keys->second.size();
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
      const std::string_view key = count > 0 ? keys->second[i]->reveal() : std::string_view();
      const Finding finding = co_await try_provider(pool, loop, provider, key);
      fine = fine && finding.fine;
      const std::string which = count > 0 ? "key " + std::to_string(i + 1) : "no key needed";
      std::printf("%-12s %s: %s; offers %s\n", provider.id.c_str(), which.c_str(), finding.text.c_str(),
                  abilities_of(offered, provider.id).c_str());
    }
  }
  pool.stop();
}

}  // namespace

Result<bool> check_configuration(const Settings& settings) {
  auto config = read_config(settings.config, environment_of_process);
  if (!config) return config.error();
  std::vector<std::string> used;
  for (const auto& [alias, target] : (*config)->catalogue.aliases()) used.push_back(target);
  for (const std::string& warning : (*config)->catalogue.warnings(today(), used))
    std::printf("warning: %s\n", warning.c_str());
  if ((*config)->keys.empty() && (*config)->configured.empty())
    std::printf("No provider has a key: set GEMINI_API_KEY, or another, in the environment.\n");
  Loop loop;
  Pool pool(loop, UpstreamLimits{});
  bool fine = true;
  net::co_spawn(loop.io, check_all(**config, pool, loop, fine), [&](const std::exception_ptr& escaped) {
    if (escaped) fine = false;
  });
  loop.io.run();
  return fine;
}

}  // namespace vignette::relay
