// Ollama: its own /api with newline-delimited JSON, and /v1 in OpenAI's shape. No key.
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "ollama";
    made.needs_key = false;
    made.strict_fields = false;
    made.thinking = ThinkingPlace::Reasoning;
    made.decorate = [](Json& body) { body["system_fingerprint"] = "fp_ollama"; };
    return made;
  }();
  return d;
}

Answer error(int status, const std::string& text) { return json_answer({{"error", text}}, status); }

// "llava" is "llava:latest".
std::string full_name(const World& world, const std::string& name) {
  return world.models.find("ollama", name) || name.find(':') != std::string::npos ? name : name + ":latest";
}

std::optional<Answer> read_images(Call& call, const Json& images, Question& question) {
  for (const Json& image : images) {
    const std::string text = image.is_string() ? image.get<std::string>() : "";
    // Bare base64 only: a data: prefix is illegal data here.
    const auto bytes = text.rfind("data:", 0) == 0 ? std::nullopt : bytes_of_base64(text);
    if (!bytes) return error(400, "illegal base64 data at input byte 4");
    const Picture* seen = call.look(*bytes);
    if (seen == nullptr) return error(500, "Failed to create new sequence: failed to process inputs");
    question.pictures.push_back(*seen);
  }
  return std::nullopt;
}

Json last_line(const Reply& reply) {
  return {{"done", true},
          {"done_reason", reply.finish == "length" ? "length" : "stop"},
          {"total_duration", 5043500667LL},
          {"load_duration", 5025959},
          {"prompt_eval_count", reply.prompt_tokens},
          {"prompt_eval_duration", 325953000},
          {"eval_count", reply.completion_tokens},
          {"eval_duration", 400000000}};
}

Answer generate(Call& call, World& world, bool is_chat) {
  const Json& body = call.json;
  if (!body.is_object()) return error(400, "invalid character in request body");
  if (call.model.empty()) return error(400, "model is required");
  const auto model = world.models.find("ollama", full_name(world, call.model));
  if (!model) return error(404, "model '" + call.model + "' not found");
  if (!model->can('t'))
    return error(400, "\"" + call.model + "\" does not support " + (is_chat ? "chat" : "generate"));
  Question question;
  if (is_chat) {
    for (const Json& message : member(body, "messages")) {
      const std::string role = text_in(message, "role"), text = text_in(message, "content");
      if (member(message, "content").is_array())
        return error(
            400,
            "json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string");
      (role == "system" ? question.system : question.prompt) += text + "\n";
      if (role == "user" && has(message, "images"))
        if (auto bad = read_images(call, message["images"], question)) return *bad;
    }
  } else {
    question.system = text_in(body, "system");
    question.prompt = text_in(body, "prompt");
    if (has(body, "images"))
      if (auto bad = read_images(call, body["images"], question)) return *bad;
  }
  if (!question.pictures.empty() && !model->can('v'))
    return error(500, "this model is missing data required for image input");
  if (model->can('1') && question.pictures.size() > 1)
    return error(400, "this model only supports one image while more than one image requested");
  question.script = call.script;
  const Json& think = member(body, "think");
  const bool thinks = think.is_string() || (think.is_boolean() && think.get<bool>());
  if (thinks && !model->can('k')) return error(400, "\"" + call.model + "\" does not support thinking");
  if (thinks && question.script.thinking.empty()) question.script.thinking = "I look at the picture.";
  const Json& format = member(body, "format");
  question.json = !format.is_null();
  if (format.is_object()) question.schema = format;
  question.max_tokens = int_in(member(body, "options"), "num_predict");
  const Reply reply = answer(question);
  const auto line = [&](const std::string& text, const std::string& thinking, bool last) {
    Json out{{"model", call.model}, {"created_at", wall_iso()}};
    if (is_chat) {
      out["message"] = {{"role", "assistant"}, {"content", text}};
      if (!thinking.empty()) out["message"]["thinking"] = thinking;
    } else {
      out["response"] = text;
      if (!thinking.empty()) out["thinking"] = thinking;
    }
    if (last)
      out.update(last_line(reply));
    else
      out["done"] = false;
    return out;
  };
  if (!flag_in(body, "stream", true)) return json_answer(line(reply.text, question.script.thinking, true));
  Answer out;
  out.streamed = true;
  out.content_type = "application/x-ndjson";
  for (const std::string& token : tokens_of(question.script.thinking))
    out.events.push_back(dump(line("", token, false)) + "\n");
  for (const std::string& token : tokens_of(reply.text))
    out.events.push_back(dump(line(token, "", false)) + "\n");
  out.events.push_back(dump(line("", "", true)) + "\n");
  out.closing_events = 1;
  out.error_event = dump(Json{{"error", "an error was encountered while running the model"}}) + "\n";
  return out;
}

Answer embed_api(Call& call, World& world, bool old) {
  const auto model = world.models.find("ollama", full_name(world, call.model));
  if (!model) return error(404, "model \"" + call.model + "\" not found, try pulling it first");
  if (!model->can('e'))
    return error(501, "this server does not support embeddings. Start it with `--embeddings`");
  const int dimensions = int_in(call.json, "dimensions", model->dimensions);
  if (old) return json_answer({{"embedding", as_floats(embed(text_in(call.json, "prompt"), dimensions))}});
  Json list = Json::array();
  const Json& input = member(call.json, "input");
  if (input.is_string()) list.push_back(as_floats(embed(input.get<std::string>(), dimensions)));
  if (input.is_array())
    for (const Json& one : input)
      list.push_back(as_floats(embed(one.is_string() ? one.get<std::string>() : "", dimensions)));
  return json_answer({{"model", call.model},
                      {"embeddings", list},
                      {"total_duration", 14143917},
                      {"load_duration", 1019500},
                      {"prompt_eval_count", 8}});
}

Answer show(Call& call, World& world) {
  const auto model = world.models.find("ollama", full_name(world, call.model));
  if (!model) return error(404, "model '" + call.model + "' not found");
  Json capabilities = Json::array();
  if (model->can('t')) capabilities.push_back("completion");
  if (model->can('v')) capabilities.push_back("vision");
  if (model->can('k')) capabilities.push_back("thinking");
  if (model->can('e')) capabilities.push_back("embedding");
  return json_answer(
      {{"details", {{"family", "emulated"}, {"parameter_size", "4.3B"}, {"quantization_level", "Q4_K_M"}}},
       {"capabilities", capabilities}});
}

Answer tags(World& world) {
  Json list = Json::array();
  for (const Model& model : world.models.of("ollama"))
    list.push_back({{"name", model.id},
                    {"model", model.id},
                    {"modified_at", "2026-11-01T00:00:00Z"},
                    {"size", 3338801804LL},
                    {"digest", new_id(12)},
                    {"details",
                     {{"format", "gguf"},
                      {"family", "emulated"},
                      {"parameter_size", "4.3B"},
                      {"quantization_level", "Q4_K_M"}}}});
  return json_answer({{"models", list}});
}

}  // namespace

Answer refuse_ollama(const Trouble& trouble) {
  return error(trouble.status, trouble.message.empty()
                                   ? "server busy, please try again.  maximum pending requests exceeded"
                                   : trouble.message);
}

Answer handle_ollama(Call& call, World& world) {
  if (is(call, "GET", "/")) return text_answer("Ollama is running");
  if (is(call, "POST", "/api/chat")) return generate(call, world, true);
  if (is(call, "POST", "/api/generate")) return generate(call, world, false);
  if (is(call, "POST", "/api/embed")) return embed_api(call, world, false);
  if (is(call, "POST", "/api/embeddings")) return embed_api(call, world, true);
  if (is(call, "POST", "/api/show")) return show(call, world);
  if (is(call, "GET", "/api/tags")) return tags(world);
  if (is(call, "GET", "/api/version")) return json_answer({{"version", "0.31.0"}});
  if (call.path.rfind("/v1/", 0) == 0) call.model = full_name(world, call.model);
  if (is(call, "POST", "/v1/chat/completions")) return chat(call, world, dialect());
  if (is(call, "POST", "/v1/embeddings")) return embeddings(call, world, dialect());
  if (is(call, "GET", "/v1/models")) return model_list(call, world, dialect());
  return text_answer("404 page not found", "text/plain", 404);
}

}  // namespace vignette::emulator
