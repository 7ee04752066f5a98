// Stable Diffusion WebUI: txt2img, and its taggers.
#include "shared/base/base64.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/mind/question.hpp"
#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {
namespace {

Answer txt2img(Call& call) {
  const Json& body = call.json;
  if (!body.is_object()) return json_answer({{"detail", "Unprocessable Entity"}}, 422);
  const int width = int_in(body, "width", 512), height = int_in(body, "height", 512);
  const int n = int_in(body, "batch_size", 1) * int_in(body, "n_iter", 1), seed = int_in(body, "seed", -1);
  if (width < 64 || height < 64 || width > 2048 || height > 2048 || n < 1 || n > 16)
    return refuse_sdwebui({500, "Invalid size or count"});
  Json images = Json::array(), seeds = Json::array();
  for (int i = 0; i < n; ++i) {
    const int used = (seed < 0 ? 1234 : seed) + i;
    images.push_back(encode_base64(
        as_bytes(encode_painting(
                     paint(text_in(body, "prompt"), width, height, static_cast<std::uint64_t>(used)), "png")
                     .bytes)));
    seeds.push_back(used);
  }
  const Json info{{"prompt", text_in(body, "prompt")},
                  {"seed", seeds[0]},
                  {"all_seeds", seeds},
                  {"width", width},
                  {"height", height}};
  return json_answer({{"images", images}, {"parameters", body}, {"info", dump(info)}});
}

Answer interrogate(Call& call) {
  const Picture* seen = call.look_at_data_uri(text_in(call.json, "image"));
  if (seen == nullptr) return refuse_sdwebui({404, "Image not found"});
  Question question;
  question.prompt = text_in(call.json, "model") == "deepdanbooru" ? "tags" : "";
  question.pictures.push_back(*seen);
  question.script = call.script;
  return json_answer({{"caption", answer(question).text}});
}

}  // namespace

Answer refuse_sdwebui(const Trouble& trouble) {
  return json_answer({{"error", "HTTPException"},
                      {"detail", trouble.message.empty() ? "Internal Server Error" : trouble.message},
                      {"body", ""},
                      {"errors", ""}},
                     trouble.status);
}

Answer handle_sdwebui(Call& call, World& world) {
  if (is(call, "POST", "/sdapi/v1/txt2img")) return txt2img(call);
  if (is(call, "POST", "/sdapi/v1/interrogate")) return interrogate(call);
  if (is(call, "POST", "/sdapi/v1/interrupt")) return json_answer(nullptr);
  if (is(call, "GET", "/sdapi/v1/progress"))
    return json_answer(
        {{"progress", 0.0}, {"eta_relative", 0.0}, {"state", Json::object()}, {"current_image", nullptr}});
  if (is(call, "GET", "/sdapi/v1/sd-models")) {
    Json list = Json::array();
    for (const Model& model : world.models.of("sdwebui"))
      list.push_back(
          {{"title", model.id + ".safetensors"}, {"model_name", model.id}, {"hash", "6ce0161689"}});
    return json_answer(list);
  }
  if (is(call, "GET", "/sdapi/v1/samplers"))
    return json_answer(Json::array({Json{{"name", "Euler a"}}, Json{{"name", "DPM++ 2M"}}}));
  if (is(call, "GET", "/sdapi/v1/options"))
    return json_answer({{"sd_model_checkpoint", "v1-5-pruned-emaonly.safetensors"}});
  return json_answer({{"detail", "Not Found"}}, 404);
}

}  // namespace vignette::emulator
