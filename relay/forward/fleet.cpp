#include "relay/forward/fleet.hpp"

namespace vignette::relay {
namespace {

constexpr std::size_t most_plans = 1'000;  // names of open-ended providers come from clients

provider::Model priced(const provider::Model& model, const UnknownPrice& unknown) {
  provider::Model out = model;
  provider::Price& price = out.price;
  if (!price.input) price.input = unknown.input;
  if (!price.output) price.output = unknown.output;
  if (!price.minute) price.minute = unknown.minute;
  if (!price.image) price.image = unknown.image;
  return out;
}

/// Whether a chat request in OpenAI's shape is right for this model with a few members exchanged. Where
/// answers can begin inside a thought, or pictures are written in another form, it has to be translated.
bool passes(const provider::Model& model) {
  using namespace provider;
  return model.family == Family::OpenAi && model.image_form == ImageForm::Parts && model.send_model &&
         model.system != SystemRole::FirstUser && !model.thinking.opens_silently &&
         (model.thinking.style == ThinkingStyle::None ||
          model.thinking.style == ThinkingStyle::TemplateFlag ||
          model.thinking.style == ThinkingStyle::Effort);
}

}  // namespace

Fleet::Fleet(std::shared_ptr<const Config> config) : config_(std::move(config)) {
  for (const provider::Provider& provider : config_->catalogue.providers()) {
    if (!config_->is_usable(provider) && !config_->own_keys) continue;
    const auto keys = config_->keys.find(provider.id);
    static const std::vector<std::shared_ptr<const Secret>> none;
    rings_[provider.id] =
        std::make_shared<KeyRing>(provider.id, keys == config_->keys.end() ? none : keys->second);
  }
}

std::shared_ptr<const Plan> Fleet::find(std::string_view name) {
  const auto known = plans_.find(name);
  if (known != plans_.end()) return known->second;
  std::shared_ptr<const Plan> plan = make(name, true);
  if (!plan) return nullptr;
  if (plans_.size() >= most_plans) plans_.clear();
  plans_[std::string(name)] = plan;
  return plan;
}

std::vector<std::pair<std::string, Circuit>> Fleet::circuits(Clock::time_point now) const {
  std::vector<std::pair<std::string, Circuit>> out;
  for (const auto& [provider, ring] : rings_) {
    for (auto& each : ring->circuits(now)) out.push_back(std::move(each));
  }
  return out;
}

std::shared_ptr<const Plan> Fleet::make(std::string_view name, bool with_fallbacks) {
  if (name.empty() || name.size() > 200) return nullptr;
  auto plan = std::make_shared<Plan>();
  plan->route = config_->catalogue.find(name);
  if (!plan->route) return nullptr;
  const provider::Route& route = *plan->route;
  const auto ring = rings_.find(route.provider.id);
  if (ring == rings_.end()) return nullptr;
  plan->keys = ring->second;
  plan->name = provider::full_name(route);
  plan->priced = priced(route.model, config_->unknown_price);
  provider::HttpCall chat;
  chat.base = route.model.base;
  chat.path = route.model.path.empty() ? "/chat/completions" : route.model.path;
  const auto address = read_address(provider::url_of(route, chat));
  if (address) {
    plan->passes = passes(route.model);
    plan->where = address->where;
    plan->path = chat.path;
    plan->target = address->path;
  }
  if (with_fallbacks) {
    const auto after = config_->fallbacks.find(name);
    if (after != config_->fallbacks.end()) {
      for (const std::string& each : after->second) {
        if (auto next = make(each, false)) plan->fallbacks.push_back(std::move(next));
      }
    }
  }
  return plan;
}

std::vector<std::shared_ptr<const provider::Route>> Fleet::offered(std::string_view today) const {
  std::vector<std::shared_ptr<const provider::Route>> out;
  for (const auto& route : config_->catalogue.models()) {
    const bool lives = lifecycle_of(*route, today).stage != provider::LifeStage::Retired;
    if (lives && config_->is_usable(route->provider)) out.push_back(route);
  }
  return out;
}

}  // namespace vignette::relay
