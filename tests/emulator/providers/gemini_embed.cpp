// embedContent and batchEmbedContents.
#include "tests/emulator/mind/vectors.hpp"
#include "tests/emulator/providers/gemini.hpp"

namespace vignette::emulator {
namespace {

// One content is one vector: its texts, and its pictures in words, are fused.
std::optional<Json> one(Call& call, World& world, const Model& model, const Json& request,
                        std::string& problem) {
  if (text_in(request, "model") != "models/" + model.id) {
    problem = "* EmbedContentRequest.model: unexpected model name format";
    return std::nullopt;
  }
  const int dimensions = int_in(request, "outputDimensionality", model.dimensions);
  if (dimensions < 1 || dimensions > model.dimensions) {
    problem =
        "* EmbedContentRequest.output_dimensionality: must be from 1 to " + std::to_string(model.dimensions);
    return std::nullopt;
  }
  std::string text;
  for (const Json& part : member(member(request, "content"), "parts")) {
    if (has(part, "text")) {
      text += text_in(part, "text") + " ";
      continue;
    }
    std::string mime;
    const auto bytes = gemini_media(part, world, mime);
    const Picture* seen = model.can('p') && bytes ? call.look(*bytes) : nullptr;
    if (seen == nullptr) {
      problem = "This model does not embed such a part.";
      return std::nullopt;
    }
    text += describe(*seen) + " ";
  }
  if (text.empty()) {
    problem = "* EmbedContentRequest.content: contents is not specified";
    return std::nullopt;
  }
  // Its shortened vectors are not of unit length; callers have to normalise.
  auto vector = embed(text, dimensions);
  if (dimensions < model.dimensions && !model.can('p'))
    for (float& v : vector) v *= 0.7F;
  return Json{{"values", as_floats(vector)}};
}

}  // namespace

Answer gemini_embed(Call& call, World& world, const std::string& id, bool batch) {
  const auto model = world.models.find("gemini", id);
  if (!model || !model->can('e'))
    return gemini_error(
        404, "NOT_FOUND",
        "models/" + id + " is not found for API version v1beta, or is not supported for embedContent.");
  Json body = in_camel_case(call.json);
  std::string problem;
  if (!batch) {
    if (body.is_object() && !has(body, "model")) body["model"] = "models/" + id;  // here the path may say it
    const auto values = one(call, world, *model, body, problem);
    return values ? json_answer({{"embedding", *values}}) : gemini_error(400, "INVALID_ARGUMENT", problem);
  }
  Json list = Json::array();
  for (const Json& request : member(body, "requests")) {
    const auto values = one(call, world, *model, request, problem);
    if (!values) return gemini_error(400, "INVALID_ARGUMENT", problem);
    list.push_back(*values);
  }
  return json_answer({{"embeddings", list}});
}

}  // namespace vignette::emulator
