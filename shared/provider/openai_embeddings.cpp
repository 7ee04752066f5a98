#include "shared/provider/openai_embeddings.hpp"

#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {
namespace {

void write_input(const Model& model, const Part& input, BodyWriter& body) {
  const bool image = input.kind == Part::Kind::Image;
  if (model.embed_form == "objects") {
    body.json.open_object().key(image ? "image" : "text");
    if (image) {
      body.base64(input.media);
    } else {
      body.json.text(input.text);
    }
    body.json.close_object();
  } else if (image) {
    body.data_url(input.media);
  } else {
    body.json.text(input.text);
  }
}

std::vector<float> vector_of(const Json& entry) {
  std::vector<float> vector;
  const Json* values = member(entry, "embedding");
  if (values == nullptr) return vector;
  if (const auto* text = values->get_ptr<const std::string*>()) {
    Result<std::vector<float>> decoded = floats_from_base64(*text);
    if (decoded) vector = *std::move(decoded);
  } else if (values->is_array()) {
    for (const Json& value : *values) vector.push_back(value.is_number() ? value.get<float>() : 0.0F);
  }
  normalise(vector);
  return vector;
}

}  // namespace

Result<HttpCall> openai_embed_call(const Route& route, const EmbedRequest& request) {
  const Model& model = route.model;
  BodyWriter body;
  JsonWriter& json = body.json;
  json.open_object().field("model", model.id);
  // Half the bytes of decimal digits.
  json.field("encoding_format", model.takes("encoding") ? "base64" : "float");
  if (model.takes("dimensions")) json.field("dimensions", request.dimensions);
  if (model.embed_form == "input_type")
    json.field("input_type", request.query ? "query" : "passage").field("truncate", "END");
  json.members_of(model.body_extra);
  json.key("input").open_array();
  for (const Part& input : request.inputs) write_input(model, input, body);
  json.close_array().close_object();
  return json_call(route, model.path.empty() ? "/embeddings" : model.path, body);
}

Reply<Embeddings> read_openai_embeddings(const Route& route, const HttpReply& reply, TimeMs now) {
  auto parsed = successful_json(reply, now);
  if (auto* error = std::get_if<ProviderError>(&parsed)) return std::move(*error);
  const Json& body = *std::get_if<Json>(&parsed);
  Embeddings out;
  out.model = text_at(body, "model", route.model.id);
  out.usage = usage_from_openai(member(body, "usage"));
  out.request_id = request_id_of(reply);
  const Json& data = items_at(body, "data");
  out.vectors.resize(data.size());
  std::size_t at = 0;
  for (const Json& entry : data) {
    // The order is promised by `index`, not by the list.
    const std::int64_t index = integer_at(entry, "index").value_or(static_cast<std::int64_t>(at));
    if (index >= 0 && static_cast<std::size_t>(index) < out.vectors.size())
      out.vectors[static_cast<std::size_t>(index)] = vector_of(entry);
    ++at;
  }
  for (const std::vector<float>& vector : out.vectors) {
    if (vector.empty())
      return unreadable(reply, "An embedding in the provider's answer is missing or damaged.");
  }
  if (out.vectors.empty()) return unreadable(reply, "The provider's answer holds no embedding.");
  return out;
}

}  // namespace vignette::provider
