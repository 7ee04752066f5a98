// Together: OpenAI's shape, a bare array of models, pictures by URL or base64.
#include "shared/base/base64.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "together";
    made.refuse = refuse_together;
    made.strict_fields = false;
    made.id_prefix = "o";
    return made;
  }();
  return d;
}

Answer models(World& world) {
  Json list = Json::array();
  for (const Model& model : world.models.of("together")) {
    const char* type = model.can('i')   ? "image"
                       : model.can('e') ? "embedding"
                       : model.can('s') ? "transcribe"
                                        : "chat";
    list.push_back({{"id", model.id},
                    {"object", "model"},
                    {"created", 0},
                    {"type", type},
                    {"pricing", {{"input", 0.18}, {"output", 0.18}}}});
  }
  return json_answer(list);
}

Answer images(Call& call, World& world) {
  const Json& body = call.json;
  const auto model = world.models.find("together", call.model);
  if (!model || !model->can('i')) return refuse_together(no_such_model(call.model));
  const std::string prompt = text_in(body, "prompt");
  if (prompt.empty()) return refuse_together({400, "prompt is required", "invalid_request", "prompt"});
  const int width = int_in(body, "width", 1024), height = int_in(body, "height", 1024),
            n = int_in(body, "n", 1);
  if (width < 64 || height < 64 || width > 2048 || height > 2048 || n < 1 || n > 4)
    return refuse_together({422, "width, height or n is out of range", "invalid_request", "width"});
  const bool b64 =
      text_in(body, "response_format") == "base64" || text_in(body, "response_format") == "b64_json";
  Json data = Json::array();
  for (int i = 0; i < n; ++i) {
    const std::string format = text_in(body, "output_format", "jpeg");
    const Painting painting = encode_painting(
        paint(prompt, width, height, static_cast<std::uint64_t>(int_in(body, "seed") + i)), format);
    if (b64) {
      data.push_back(
          {{"index", i}, {"type", "b64_json"}, {"b64_json", encode_base64(as_bytes(painting.bytes))}});
    } else {
      const std::string id = world.shelf.put({painting.bytes, painting.mime});
      data.push_back({{"index", i}, {"type", "url"}, {"url", call.base() + "/imgproxy/" + id}});
    }
  }
  return json_answer({{"id", new_id()}, {"model", call.model}, {"object", "list"}, {"data", data}});
}

Answer route(Call& call, World& world) {
  if (is(call, "POST", "/v1/chat/completions")) return chat(call, world, dialect());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, dialect());
  if (is(call, "POST", "/v1/audio/transcriptions")) return transcription(call, world, dialect());
  if (is(call, "POST", "/v1/images/generations")) return images(call, world);
  if (is(call, "GET", "/v1/models")) return models(world);
  return refuse_together({404, "Not found", "not_found"});
}

}  // namespace

Answer refuse_together(const Trouble& trouble) {
  Answer out = refuse_openai(trouble);
  Json body = parse_json(out.body);
  body["id"] = "o" + new_id(20);
  out.body = dump(body);
  return out;
}

Answer handle_together(Call& call, World& world) {
  std::string rest;
  if (is(call, "GET", "/imgproxy/*", &rest)) {
    const auto stored = world.shelf.get(rest);
    return stored ? bytes_answer(stored->bytes, stored->mime) : empty_answer(404);
  }
  Pairs headers;
  if (auto refused = admit(call, world, dialect(), headers)) return *refused;
  Answer out = route(call, world);
  add_headers(out, headers);
  return out;
}

}  // namespace vignette::emulator
