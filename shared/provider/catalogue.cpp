#include "shared/provider/catalogue.hpp"

#include <algorithm>

#include "shared/provider/describe.hpp"

namespace vignette::provider {
namespace {

/// The entry of `list` that `entry` speaks of; made where there is none.
Json& entry_for(Json& list, const Json& entry, bool by_provider) {
  for (Json& each : list) {
    const bool same_provider = !by_provider || text_at(each, "provider") == text_at(entry, "provider");
    if (same_provider && text_at(each, "id") == text_at(entry, "id")) return each;
  }
  list.push_back(Json::object());
  return list.back();
}

void merge_list(Json& into, const Json& from, const char* name, bool by_provider) {
  if (items_at(from, name).empty()) return;
  Json& list = into[name];
  if (!list.is_array()) list = Json::array();
  for (const Json& entry : items_at(from, name)) lay_over(entry_for(list, entry, by_provider), entry);
}

Json* find_provider(Json& source, std::string_view id) {
  const auto list = source.find("providers");
  if (list == source.end() || !list->is_array()) return nullptr;
  for (Json& each : *list) {
    if (text_at(each, "id") == id) return &each;
  }
  return nullptr;
}

/// A model nobody described, as far as its provider's defaults tell.
Json defaults_of(const Json& provider, std::string_view model_id) {
  Json entry = Json::object();
  entry["family"] = text_at(provider, "family", "openai_chat");
  if (const Json* defaults = member(provider, "defaults")) lay_over(entry, *defaults);
  entry["id"] = std::string(model_id);
  return entry;
}

/// "http://h/hf/v1" and "/../hf-inference" → "http://h/hf/hf-inference": the further bases of a provider lie
/// beside its main one on a stand-in as they do in the world.
std::string below(std::string base, std::string_view under) {
  const std::size_t host = base.find("://");
  while (under.starts_with("/..")) {
    const std::size_t slash = base.rfind('/');
    if (host != std::string::npos && slash != std::string::npos && slash > host + 2) base.erase(slash);
    under.remove_prefix(3);
  }
  return base + std::string(under);
}

const Json* provider_entry(const Json& source, std::string_view id) {
  for (const Json& each : items_at(source, "providers")) {
    if (text_at(each, "id") == id) return &each;
  }
  return nullptr;
}

}  // namespace

const Catalogue& Catalogue::built_in() {
  static const Catalogue all = [] {
    Result<Catalogue> parsed = parse(built_in_catalogue_json());
    return parsed ? *parsed : Catalogue{};  // a test holds that it parses
  }();
  return all;
}

Result<Catalogue> Catalogue::parse(std::string_view json) {
  Result<Json> source = parse_json(json);
  if (!source) return source.error();
  if (!source->is_object()) {
    return Error{ErrorCode::InvalidInput, "A provider catalogue must be a JSON object.",
                 "Write {\"providers\":[…],\"models\":[…]}."};
  }
  return from_json(*std::move(source));
}

Result<Catalogue> Catalogue::merge(std::string_view json) const {
  Result<Json> over = parse_json(json);
  if (!over) return over.error();
  if (!over->is_object()) {
    return Error{ErrorCode::InvalidInput, "An addition to the provider catalogue must be a JSON object.",
                 "Write {\"providers\":[…],\"models\":[…]}."};
  }
  Json source = source_;
  if (source.is_null()) source = Json::object();
  merge_list(source, *over, "providers", false);
  merge_list(source, *over, "models", true);
  if (const Json* aliases = member(*over, "aliases")) lay_over(source["aliases"], *aliases);
  return from_json(std::move(source));
}

Result<Catalogue> Catalogue::with_base(std::string_view id, std::string_view url) const {
  Json source = source_;
  const Provider* known = provider(id);
  Json* entry = known != nullptr ? find_provider(source, known->id) : nullptr;
  if (entry == nullptr) {
    return Error{ErrorCode::NotFound, "There is no provider “" + std::string(id) + "”.", "Check its name."};
  }
  std::string base(url);
  while (base.ends_with('/')) base.pop_back();
  (*entry)["base"] = base;
  const auto bases = entry->find("bases");
  if (bases != entry->end() && bases->is_object()) {
    for (auto& [name, value] : bases->items())
      value = Json{{"url", below(base, text_at(value, "under"))}, {"under", text_at(value, "under")}};
  }
  // What the provider makes is then served from there, too.
  const std::size_t host = base.find("://");
  if (!items_at(*entry, "output_hosts").empty() && host != std::string::npos) {
    const std::string rest = base.substr(host + 3);
    (*entry)["output_hosts"].push_back(base.substr(0, host + 3) + rest.substr(0, rest.find('/')));
  }
  return from_json(std::move(source));
}

Result<Catalogue> Catalogue::from_json(Json source) {
  Catalogue out;
  for (const Json& entry : items_at(source, "providers")) {
    Result<Provider> provider = provider_from(entry);
    if (!provider) return provider.error();
    out.providers_.push_back(*std::move(provider));
  }
  for (const Json& entry : items_at(source, "models")) {
    const std::string owner = text_at(entry, "provider");
    const Provider* provider = out.provider(owner);
    const Json* described = provider_entry(source, owner);
    if (provider == nullptr || described == nullptr) {
      return Error{ErrorCode::InvalidInput,
                   "The model “" + text_at(entry, "id") + "” names the unknown provider “" + owner + "”.",
                   "Add the provider, or correct the name."};
    }
    Json whole = defaults_of(*described, text_at(entry, "id"));
    lay_over(whole, entry);
    Result<Model> model = model_from(whole);
    if (!model) return model.error();
    auto route = std::make_shared<const Route>(Route{*provider, *std::move(model)});
    out.by_name_[full_name(*route)] = route;
    out.models_.push_back(std::move(route));
  }
  if (const Json* aliases = member(source, "aliases"); aliases != nullptr && aliases->is_object()) {
    for (const auto& [alias, target] : aliases->items()) {
      if (target.is_string()) out.aliases_[alias] = target.get<std::string>();
    }
  }
  out.source_ = std::move(source);
  return out;
}

std::string full_name(const Route& route) { return route.provider.id + "/" + route.model.id; }

const Provider* Catalogue::provider(std::string_view id) const {
  for (const Provider& each : providers_) {
    if (each.id == id || std::find(each.aliases.begin(), each.aliases.end(), id) != each.aliases.end())
      return &each;
  }
  return nullptr;
}

std::shared_ptr<const Route> Catalogue::find(std::string_view name) const {
  // An alias may point at a name, not at another alias: no circles.
  if (const auto alias = aliases_.find(name); alias != aliases_.end()) name = alias->second;
  if (const auto exact = by_name_.find(name); exact != by_name_.end()) return exact->second;
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos) {
    const Provider* owner = provider(name.substr(0, slash));
    const std::string_view id = name.substr(slash + 1);
    if (owner != nullptr && !id.empty()) {
      if (const auto renamed = by_name_.find(owner->id + "/" + std::string(id)); renamed != by_name_.end())
        return renamed->second;
      const Json* entry = provider_entry(source_, owner->id);
      if (owner->open_ended && entry != nullptr) {
        Result<Model> model = model_from(defaults_of(*entry, id));
        if (model) {
          model->listed = false;
          return std::make_shared<const Route>(Route{*owner, *std::move(model)});
        }
      }
    }
  }
  std::shared_ptr<const Route> only;
  for (const std::shared_ptr<const Route>& each : models_) {
    if (each->model.id != name) continue;
    if (only) return nullptr;
    only = each;
  }
  return only;
}

std::vector<std::shared_ptr<const Route>> Catalogue::with(Ability ability, std::string_view today) const {
  std::vector<std::shared_ptr<const Route>> out;
  for (const std::shared_ptr<const Route>& each : models_) {
    const bool lives = today.empty() || lifecycle_of(*each, today).stage != LifeStage::Retired;
    if (lives && each->model.can(ability)) out.push_back(each);
  }
  return out;
}

std::vector<std::string> Catalogue::warnings(std::string_view today,
                                             const std::vector<std::string>& used) const {
  std::vector<std::string> out;
  for (const std::string& name : used) {
    const std::shared_ptr<const Route> route = find(name);
    if (!route) continue;
    const Lifecycle life = lifecycle_of(*route, today);
    if (life.stage == LifeStage::Active) continue;
    std::string sentence = full_name(*route);
    if (life.stage == LifeStage::Retired) {
      sentence += " is no longer offered";
    } else {
      sentence += " retires on " + route->model.retires + ", in " + std::to_string(*life.days_left) + " days";
    }
    if (!life.replaced_by.empty()) sentence += "; use " + life.replaced_by;
    out.push_back(sentence + ".");
  }
  return out;
}

}  // namespace vignette::provider
