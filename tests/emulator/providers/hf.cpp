// Hugging Face: the router's chat, and the tasks of hf-inference that take raw bytes.
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "hf";
    made.refuse = refuse_hf;
    made.strict_fields = false;
    return made;
  }();
  return d;
}

Answer input_error(const std::string& message) {
  Json list = Json::array();
  list.push_back("Error in `inputs`: " + message);
  return json_answer({{"error", list}, {"warnings", Json::array()}}, 400);
}

// A suffix chooses who computes: ":fastest", ":featherless-ai".
Answer chat_completions(Call& call, World& world) {
  const std::string asked = call.model;
  if (const std::size_t colon = asked.find(':'); colon != std::string::npos)
    call.model = asked.substr(0, colon);
  if (!world.models.find("hf", call.model) || !world.models.find("hf", call.model)->can('t'))
    return json_answer({{"error",
                         {{"message", "The requested model '" + asked +
                                          "' is not supported by any provider you have enabled."},
                          {"type", "invalid_request_error"},
                          {"param", "model"},
                          {"code", "model_not_supported"}}}},
                       400);
  return chat(call, world, dialect());
}

Answer caption(Call& call, bool in_list) {
  const Picture* seen = call.look(call.body);
  if (seen == nullptr) return input_error("the bytes are no image");
  Json one{{"generated_text", call.script.say.value_or(describe(*seen))}};
  Json list = Json::array();
  list.push_back(one);
  return json_answer(in_list ? list : one);
}

Answer speech(Call& call) {
  std::string bytes = call.body,
              name = "audio." + call.header("content-type")
                                    .substr(std::min<std::size_t>(6, call.header("content-type").size()));
  bool chunks = false;
  if (call.json.is_object()) {
    const auto decoded = bytes_of_base64(text_in(call.json, "inputs"));
    if (!decoded) return input_error("not base64");
    bytes = *decoded;
    chunks = flag_in(member(call.json, "parameters"), "return_timestamps");
  }
  if (bytes.empty()) return input_error("field required");
  const Sound& sound = call.listen(bytes, name);
  Json body{{"text", call.script.say.value_or(transcribe(sound))}};
  if (chunks) {
    body["chunks"] = Json::array();
    for (const Tone& tone : sound.tones)
      body["chunks"].push_back(
          {{"text", transcribe(tone)}, {"timestamp", Json::array({tone.start, tone.end})}});
  }
  return json_answer(body);
}

Answer picture(Call& call) {
  const Json& p = member(call.json, "parameters");
  const std::string prompt = text_in(call.json, "inputs");
  if (prompt.empty()) return input_error("field required");
  const int width = int_in(p, "width", 1024), height = int_in(p, "height", 1024);
  if (width < 64 || height < 64 || width > 2048 || height > 2048)
    return input_error("width and height must be from 64 to 2048");
  const bool png = call.header("accept").find("image/png") != std::string::npos;
  const Painting painting = encode_painting(
      paint(prompt, width, height, static_cast<std::uint64_t>(int_in(p, "seed"))), png ? "png" : "jpg");
  return bytes_answer(painting.bytes, painting.mime);
}

Answer features(Call& call, const Model& model) {
  const Json& inputs = member(call.json, "inputs");
  if (inputs.is_string()) return json_answer(as_floats(embed(inputs.get<std::string>(), model.dimensions)));
  if (!inputs.is_array() || inputs.empty()) return input_error("field required");
  Json list = Json::array();
  for (const Json& text : inputs) {
    if (!text.is_string()) return input_error("str type expected");
    list.push_back(as_floats(embed(text.get<std::string>(), model.dimensions)));
  }
  return json_answer(list);
}

Answer task(Call& call, World& world, std::string id) {
  for (const char* tail : {"/pipeline/feature-extraction", "/v1/chat/completions"}) {
    const std::string end = tail;
    if (id.size() > end.size() && id.compare(id.size() - end.size(), end.size(), end) == 0)
      id.resize(id.size() - end.size());
  }
  call.model = id;
  const auto model = world.models.find("hf", id);
  if (!model) return json_answer({{"error", "Model " + id + " does not exist"}}, 404);
  if (model->can('c')) return caption(call, id.find("large") != std::string::npos);
  if (model->can('s')) return speech(call);
  if (model->can('i')) return picture(call);
  if (model->can('e')) return features(call, *model);
  return json_answer({{"error", "Model " + id + " is not supported for this task by hf-inference"}}, 400);
}

Answer route(Call& call, World& world) {
  std::string rest;
  if (is(call, "POST", "/v1/chat/completions")) return chat_completions(call, world);
  if (is(call, "POST", "/hf-inference/models/*", &rest)) return task(call, world, rest);
  if (is(call, "GET", "/v1/models")) {
    Json data = Json::array();
    for (const Model& model : world.models.of("hf")) {
      if (!model.can('t')) continue;
      Json providers = Json::array();
      providers.push_back({{"provider", "featherless-ai"}, {"status", "live"}, {"context_length", 32768}});
      Json modalities = model.can('v') ? Json::array({"text", "image"}) : Json::array({"text"});
      data.push_back({{"id", model.id},
                      {"object", "model"},
                      {"architecture", {{"input_modalities", modalities}}},
                      {"providers", providers}});
    }
    return json_answer({{"object", "list"}, {"data", data}});
  }
  return text_answer("Not Found", "text/plain", 404);
}

}  // namespace

Answer refuse_hf(const Trouble& trouble) {
  if (trouble.status == 401) return json_answer({{"error", "Invalid username or password."}}, 401);
  if (trouble.status == 503)
    return json_answer({{"error", trouble.message.empty() ? "Model is currently loading" : trouble.message},
                        {"estimated_time", 20.0}},
                       503);
  if (trouble.status == 402)
    return json_answer({{"error",
                         "You have exceeded your monthly included credits for Inference Providers. Subscribe "
                         "to PRO to get 20x more monthly included credits."}},
                       402);
  return json_answer({{"error", trouble.message.empty() ? "Internal error" : trouble.message}},
                     trouble.status);
}

Answer handle_hf(Call& call, World& world) {
  Answer out;
  switch (world.keys.use(call.key).state) {
    case KeyState::Good: out = route(call, world); break;
    case KeyState::Limited: out = refuse_hf({429, "Too Many Requests"}); break;
    case KeyState::Spent: out = refuse_hf({402, ""}); break;
    default: out = refuse_hf({401, ""}); break;
  }
  out.headers.emplace_back("x-request-id", "Root=1-" + new_id(24));
  return out;
}

}  // namespace vignette::emulator
