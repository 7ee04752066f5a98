#include "relay/config/config.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/stat.h>

#include "relay/upstream/destination.hpp"
#include "shared/base/utf8.hpp"
#include "shared/json/read.hpp"

namespace vignette::relay {
namespace {

Error mistake(const std::string& where, const std::string& what, const std::string& hint) {
  return {ErrorCode::InvalidInput, "In " + where + ": " + what, hint};
}

Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored)) {
    return Error{ErrorCode::NotFound, "--config " + path + " cannot be read.",
                 "Check the path and the permissions."};
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

bool readable_by_others(const std::string& path) {
  struct stat facts{};
  return ::stat(path.c_str(), &facts) != 0 || (facts.st_mode & 077) != 0;
}

void add_keys(Config& config, const std::string& provider, std::string_view list) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view key = trim(list.substr(0, comma));
    if (!key.empty()) config.keys[provider].push_back(std::make_shared<const Secret>(key));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

/// What a browser writes for a host, with its port where there is one.
bool is_host(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  });
}

bool is_origin(std::string_view origin) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (origin.starts_with(scheme)) return is_host(origin.substr(scheme.size()));
  }
  return false;
}

/// A member that must be a list, or an object, where it is there at all.
Result<Done> check_kind(const Json& object, const char* name, bool list, const std::string& file) {
  const Json* found = member(object, name);
  if (found == nullptr || (list ? found->is_array() : found->is_object())) return Done{};
  return mistake(file, std::string(name) + (list ? " must be a list." : " must be an object."),
                 list ? "Write it in [ ]." : "Write it in { }.");
}

/// A key becomes part of a header: nothing may end the line early.
bool fits_into_header(std::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

Result<std::vector<std::string>> texts(const Json& object, const char* name, const std::string& file) {
  std::vector<std::string> out;
  const Json* list = member(object, name);
  if (list == nullptr) return out;
  if (!list->is_array())
    return mistake(file, std::string(name) + " must be a list of texts.", "Write [\"…\"].");
  for (const Json& each : *list) {
    if (!each.is_string())
      return mistake(file, std::string(name) + " must hold texts only.", "Write [\"…\"].");
    out.push_back(each.get<std::string>());
  }
  return out;
}

Result<Done> read_keys(const Json& tree, const std::string& file, Config& config) {
  const Json* keys = member(tree, "keys");
  if (keys == nullptr) return Done{};
  if (const auto kind = check_kind(tree, "keys", false, file); !kind) return kind.error();
  if (readable_by_others(file)) {
    return mistake(file, "it holds keys, and others may read it.", "Run chmod 600 on it.");
  }
  for (const auto& [name, value] : keys->items()) {
    const provider::Provider* provider = config.catalogue.provider(name);
    if (provider == nullptr)
      return mistake(file, "keys names the unknown provider “" + name + "”.", "Check its name.");
    const std::size_t had = config.keys[provider->id].size();
    const Json list = value.is_array() ? value : Json::array({value});
    for (const Json& each : list) {
      if (!each.is_string())
        return mistake(file, "the keys of “" + name + "” must be texts.", "Write \"…\" or [\"…\", \"…\"].");
      add_keys(config, provider->id, each.get<std::string>());
    }
    if (config.keys[provider->id].size() == had)
      return mistake(file, "“" + name + "” has no key.", "Write its key, or leave it out.");
  }
  return Done{};
}

Result<Done> read_settings(const Json& tree, const std::string& file, Config& config) {
  static const Json none = Json::object();
  const Json* found = member(tree, "relay");
  if (const auto kind = check_kind(tree, "relay", false, file); !kind) return kind.error();
  const Json& settings = found != nullptr ? *found : none;
  for (const char* name : {"unknown_price", "fallbacks"}) {
    if (const auto kind = check_kind(settings, name, false, file); !kind) return kind.error();
  }
  for (const auto& [name, value] : settings.items()) {
    const bool known = name == "origins" || name == "hosts" || name == "own_keys" || name == "fallbacks" ||
                       name == "unknown_price" || name == "max_tokens" || name == "admin_port";
    if (!known)
      return mistake(file, "relay has no member “" + name + "”.", "docs/relay.md lists what there is.");
  }
  auto origins = texts(settings, "origins", file);
  if (!origins) return origins.error();
  for (const std::string& origin : *origins) {
    if (!is_origin(origin))
      return mistake(file, "“" + origin + "” is no origin.",
                     "Write it like https://example.org, one for each site.");
  }
  config.origins = *std::move(origins);
  auto hosts = texts(settings, "hosts", file);
  if (!hosts) return hosts.error();
  for (const std::string& host : *hosts) {
    config.hosts.push_back(to_lower_ascii(host));
    if (!is_host(config.hosts.back()))
      return mistake(file, "“" + host + "” is no host.",
                     "Write it as browsers do: relay.example.org, or with its port.");
  }
  const auto own_keys = may_flag(settings, "own_keys");
  if (!own_keys) return mistake(file, own_keys.error().message, own_keys.error().hint);
  config.own_keys = own_keys->value_or(false);
  const auto max_tokens = may_integer(settings, "max_tokens", 1, 1'000'000);
  if (!max_tokens) return mistake(file, max_tokens.error().message, max_tokens.error().hint);
  config.max_tokens = max_tokens->value_or(config.max_tokens);
  const auto port = may_integer(settings, "admin_port", 0, 65535);
  if (!port) return mistake(file, port.error().message, port.error().hint);
  if (*port) config.admin_port = static_cast<int>(**port);
  if (const Json* price = member(settings, "unknown_price")) {
    for (const auto& [name, value] : price->items()) {
      if (name != "input" && name != "output" && name != "minute" && name != "image")
        return mistake(file, "unknown_price has no member “" + name + "”.",
                       "There are input, output, minute and image.");
    }
    for (const auto& [name, into] :
         {std::pair{"input", &config.unknown_price.input}, std::pair{"output", &config.unknown_price.output},
          std::pair{"minute", &config.unknown_price.minute},
          std::pair{"image", &config.unknown_price.image}}) {
      const auto value = may_number(*price, name, 0, 1e6);
      if (!value) return mistake(file, value.error().message, value.error().hint);
      *into = value->value_or(*into);
    }
  }
  if (const Json* fallbacks = member(settings, "fallbacks")) {
    for (const auto& [model, value] : fallbacks->items()) {
      if (!config.catalogue.find(model))
        return mistake(file, "fallbacks names the unknown model “" + model + "”.", "Write provider/model.");
      auto list = texts(*fallbacks, model.c_str(), file);
      if (!list) return list.error();
      for (const std::string& each : *list) {
        if (!config.catalogue.find(each))
          return mistake(file, "fallbacks names the unknown model “" + each + "”.", "Write provider/model.");
      }
      config.fallbacks[model] = *std::move(list);
    }
  }
  return Done{};
}

Result<Done> read_file(const std::string& file, Config& config) {
  Result<std::string> text = read_text(file);
  if (!text) return text.error();
  Result<Json> tree = parse_json(*text);
  if (!tree) return mistake(file, tree.error().message, tree.error().hint);
  if (!tree->is_object()) return mistake(file, "it must hold a JSON object.", "docs/relay.md shows one.");
  for (const auto& [name, value] : tree->items()) {
    if (name != "providers" && name != "models" && name != "aliases" && name != "keys" && name != "relay")
      return mistake(file, "there is no member “" + name + "”.", "docs/relay.md lists what there is.");
  }
  for (const auto& [name, list] : {std::pair{"providers", true}, {"models", true}, {"aliases", false}}) {
    if (const auto kind = check_kind(*tree, name, list, file); !kind) return kind.error();
  }
  Json described = Json::object();
  for (const char* name : {"providers", "models", "aliases"}) {
    if (const Json* part = member(*tree, name)) described[name] = *part;
  }
  auto merged = config.catalogue.merge(write_json(described));
  if (!merged) return mistake(file, merged.error().message, merged.error().hint);
  config.catalogue = *std::move(merged);
  if (const Json* aliases = member(*tree, "aliases")) {
    for (const auto& [alias, target] : aliases->items()) {
      if (!target.is_string() || !config.catalogue.find(target.get<std::string>()))
        return mistake(file, "the alias “" + alias + "” means no known model.",
                       "Write \"alias\": \"provider/model\".");
    }
  }
  for (const Json& each : items_at(*tree, "providers")) {
    if (member(each, "base") != nullptr) config.configured.push_back(text_at(each, "id"));
  }
  const auto keys = read_keys(*tree, file, config);
  Secret::wipe(*text);
  if (!keys) return keys.error();
  return read_settings(*tree, file, config);
}

Result<Done> read_environment(const Environment& environment, Config& config) {
  const std::vector<provider::Provider> providers = config.catalogue.providers();
  for (const provider::Provider& provider : providers) {
    const std::string base = provider.base_env.empty() ? "" : environment(provider.base_env);
    if (!base.empty()) {
      auto with = config.catalogue.with_base(provider.id, base);
      if (!with) return with.error();
      config.catalogue = *std::move(with);
      config.configured.push_back(provider.id);
    }
    for (const std::string& name : provider.key_env) {
      if (config.keys.contains(provider.id)) break;  // the file, or the first of its names
      std::string value = environment(name);
      add_keys(config, provider.id, value);
      Secret::wipe(value);
    }
  }
  return Done{};
}

Result<Done> check(const Config& config) {
  for (const provider::Provider& provider : config.catalogue.providers()) {
    std::vector<std::string> addresses{provider.base};
    for (const auto& [name, url] : provider.bases) addresses.push_back(url);
    for (const std::string& url : addresses) {
      const auto read = read_address(url);
      if (!read) return read.error();
      if (url.find('?') != std::string::npos)
        return Error{ErrorCode::InvalidInput, "The address of " + provider.name + " has a query.",
                     "Leave out the question mark and what follows; keys have their own place."};
    }
  }
  for (const auto& [provider, keys] : config.keys) {
    for (const auto& key : keys) {
      if (!fits_into_header(key->reveal()))
        return Error{ErrorCode::InvalidInput,
                     "The key for " + provider + " holds a space or a control character.",
                     "Check how it was copied."};
    }
  }
  return Done{};
}

}  // namespace

bool Config::is_usable(const provider::Provider& provider) const {
  return keys.contains(provider.id) ||
         std::find(configured.begin(), configured.end(), provider.id) != configured.end();
}

std::string environment_of_process(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? value : "";
}

Result<std::shared_ptr<const Config>> read_config(const std::string& file, const Environment& environment) {
  auto config = std::make_shared<Config>();
  config->catalogue = provider::Catalogue::built_in();
  if (!file.empty()) {
    const auto read = read_file(file, *config);
    if (!read) return read.error();
  }
  const auto read = read_environment(environment, *config);
  if (!read) return read.error();
  const auto checked = check(*config);
  if (!checked) return checked.error();
  return std::shared_ptr<const Config>(std::move(config));
}

}  // namespace vignette::relay
