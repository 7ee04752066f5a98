#include "shared/provider/listing.hpp"

#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {
namespace {

bool contains_text(const Json& list, std::string_view word) {
  for (const Json& each : list) {
    if (each.is_string() && each.get_ref<const std::string&>() == word) return true;
  }
  return false;
}

std::optional<bool> vision_of(const Json& entry) {
  if (const Json* inputs = member_at(entry, {"architecture", "input_modalities"});
      inputs != nullptr && inputs->is_array())
    return contains_text(*inputs, "image");
  if (const Json* flag = member_at(entry, {"capabilities", "image_input", "supported"});
      flag != nullptr && flag->is_boolean())
    return flag->get<bool>();
  if (const Json* flag = member_at(entry, {"capabilities", "vision"}); flag != nullptr && flag->is_boolean())
    return flag->get<bool>();
  if (const Json* list = member(entry, "capabilities"); list != nullptr && list->is_array())
    return contains_text(*list, "vision");
  if (text_at(entry, "type") == "vlm") return true;
  return std::nullopt;
}

ListedModel model_of(const Json& entry) {
  ListedModel out;
  for (const char* name : {"id", "name", "model", "model_name", "title"}) {
    if (out.id.empty()) out.id = text_at(entry, name);
  }
  if (out.id.starts_with("models/")) out.id.erase(0, 7);
  out.name = text_at(entry, "displayName", text_at(entry, "display_name", text_at(entry, "name", out.id)));
  for (const char* name : {"shutdown_date", "retires_at", "expiration_date"}) {
    if (out.retires.empty()) out.retires = text_at(entry, name).substr(0, 10);
  }
  out.retired = text_at(entry, "lifecycle") == "retired" || !flag_at(entry, "active", true);
  out.vision = vision_of(entry);
  return out;
}

}  // namespace

Result<HttpCall> list_call(const Provider& provider) {
  if (provider.list_path.empty()) {
    return Error{ErrorCode::Unsupported, provider.name + " has no list of models.",
                 "Use the models of the catalogue."};
  }
  HttpCall call;
  call.method = "GET";
  call.path = provider.list_path;
  call.auth = provider.auth;
  call.headers = {{"Accept", "application/json"}};
  if (provider.id == "anthropic") call.headers.push_back({"anthropic-version", "2023-06-01"});
  return call;
}

Reply<std::vector<ListedModel>> read_list(const Provider&, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  const Json* list = body.is_array() ? &body : member(body, "data");
  if (list == nullptr) list = member(body, "models");
  if (list == nullptr || !list->is_array())
    return unreadable(reply, "The provider's answer is not a list of models.");
  std::vector<ListedModel> out;
  for (const Json& entry : *list) {
    ListedModel model = model_of(entry);
    if (!model.id.empty()) out.push_back(std::move(model));
  }
  return out;
}

}  // namespace vignette::provider
