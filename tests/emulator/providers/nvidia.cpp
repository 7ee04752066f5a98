// NVIDIA: the integrate API, the older per-model addresses of ai.api.nvidia.com, assets, 202 polling, FLUX.
#include "shared/base/base64.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

constexpr std::size_t most_inline = 180'000;

Answer problem(int status, const std::string& title, const std::string& detail) {
  Answer out = json_answer(
      {{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}}, status);
  out.content_type = "application/problem+json";
  return out;
}

// FastAPI's way to say that a field is wrong.
Answer field_error(const std::string& field, const std::string& message) {
  Json list = Json::array();
  list.push_back({{"loc", {"body", field}}, {"msg", message}, {"type", "value_error"}});
  return json_answer({{"detail", list}}, 422);
}

Answer dead_model(const World& world, const std::string& model) {
  (void)world;
  if (model == "microsoft/kosmos-2" || model == "nvidia/vila")
    return problem(410, "Gone",
                   "The model '" + model +
                       "' has reached its end of life on 2026-07-01T00:00:00Z and is no longer available.");
  return json_answer({{"status", 404},
                      {"title", "Not Found"},
                      {"detail", "Function '" + new_uuid() + "': Not found for account 'test'"}},
                     404);
}

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "nvidia";
    made.refuse = refuse_nvidia;
    made.extra_fields = {"chat_template_kwargs", "nvext",      "guided_json", "top_k", "min_p",
                         "repetition_penalty",   "ignore_eos", "min_tokens"};
    made.image_tags = true;
    made.most_inline_base64 = most_inline;
    made.id_prefix = "chat-";
    return made;
  }();
  return d;
}

// A tag may name an uploaded asset instead of carrying the bytes: put them in before reading.
std::string with_assets(Call& call, World& world, std::string content, bool& missing) {
  const std::string references = call.header("nvcf-input-asset-references");
  std::size_t at;
  while ((at = content.find(";asset_id,")) != std::string::npos) {
    const std::string id = content.substr(at + 10, 36);
    const auto stored = world.shelf.get("nvcf:" + id);
    if (!stored || references.find(id) == std::string::npos) {
      missing = true;
      return content;
    }
    content.replace(at, 46, ";base64," + encode_base64(as_bytes(stored->bytes)));
  }
  return content;
}

bool resolve_assets(Call& call, World& world, bool& used) {
  bool missing = false;
  const auto resolve = [&](Json& text) {
    const std::string before = text.get<std::string>();
    if (before.find(";asset_id,") == std::string::npos) return;
    used = true;
    text = with_assets(call, world, before, missing);
  };
  if (!member(call.json, "messages").is_array()) return true;
  for (Json& message : call.json["messages"]) {
    if (!has(message, "content")) continue;
    Json& content = message["content"];
    if (content.is_string()) resolve(content);
    if (!content.is_array()) continue;
    for (Json& part : content) {
      if (!has(part, "image_url")) continue;
      Json& image = part["image_url"];
      if (image.is_string()) resolve(image);
      if (image.is_object() && has(image, "url")) resolve(image["url"]);
    }
  }
  return !missing;
}

Answer vision_chat(Call& call, World& world, const std::string& model) {
  const bool named_by_path = !model.empty();
  if (named_by_path) {
    // Kosmos-2's address says it all: a model field is one too many.
    if (model == "microsoft/kosmos-2" && has(call.json, "model"))
      return field_error("model", "extra fields not permitted");
    call.model = model;
    if (call.json.is_object()) call.json["model"] = model;
  }
  if (!world.models.find("nvidia", call.model)) return dead_model(world, call.model);
  if (has(call.json, "max_completion_tokens"))
    return field_error("max_completion_tokens", "extra fields not permitted");
  bool assets = false;
  if (!resolve_assets(call, world, assets)) return field_error("messages", "asset not found");
  Dialect d = dialect();
  if (assets) d.most_inline_base64 = 0;
  Question question;
  if (const auto trouble = read_chat(call, world, d, question)) return refuse_nvidia(*trouble);
  const bool nano = call.model.find("nano-12b-v2-vl") != std::string::npos;
  const bool older_nano = call.model.find("nemotron-nano-vl-8b") != std::string::npos;
  if (nano && question.system.find("/no_think") == std::string::npos && question.script.thinking.empty()) {
    question.script.thinking = "I should describe the picture.";
    d.thinking = ThinkingPlace::Tags;
  }
  if (older_nano && question.pictures.size() > 1)
    return field_error("messages", "at most 1 image is supported");
  Answer out = chat_answer(call, question, d);
  // Kosmos-2 grounds its phrases: boxes in 0…1.
  if (call.model == "microsoft/kosmos-2" && !call.stream && !question.pictures.empty()) {
    Json body = parse_json(out.body);
    Json entities = Json::array();
    const Picture& p = question.pictures[0];
    for (const Patch& patch : p.patches) {
      const auto x = [&](int v) { return static_cast<double>(v) / p.width; };
      const auto y = [&](int v) { return static_cast<double>(v) / p.height; };
      Json box = Json::array({x(patch.box.left), y(patch.box.top), x(patch.box.right), y(patch.box.bottom)});
      entities.push_back({{"phrase", "a " + patch.colour + " patch"}, {"bboxes", Json::array({box})}});
    }
    body["choices"][0]["message"]["entities"] = entities;
    out.body = dump(body);
  }
  return out;
}

Answer flux(Call& call, World& world, const std::string& model) {
  if (!world.models.find("nvidia", model)) return dead_model(world, model);
  const std::string prompt = text_in(call.json, "prompt");
  if (prompt.empty()) return field_error("prompt", "field required");
  for (const auto& [name, value] : call.json.items())
    if (name != "prompt" && name != "mode" && name != "cfg_scale" && name != "width" && name != "height" &&
        name != "seed" && name != "steps" && name != "samples")
      return field_error(name, "extra fields not permitted");
  if (model.find("schnell") != std::string::npos &&
      (int_in(call.json, "steps", 4) > 4 || number_in(call.json, "cfg_scale") != 0))
    return field_error("steps", "Input should be less than or equal to 4");
  const bool filtered = prompt.find("forbidden") != std::string::npos || call.script.finish == "filtered";
  const int width = int_in(call.json, "width", 1024), height = int_in(call.json, "height", 1024),
            seed = int_in(call.json, "seed");
  if (width < 64 || height < 64 || width > 2048 || height > 2048)
    return field_error("width", "Input should be from 64 to 2048");
  const Painting painting = encode_painting(
      paint(filtered ? "black" : prompt, width, height, static_cast<std::uint64_t>(seed)), "jpg");
  Json artifacts = Json::array();
  artifacts.push_back({{"base64", encode_base64(as_bytes(painting.bytes))},
                       {"finishReason", filtered ? "CONTENT_FILTERED" : "SUCCESS"},
                       {"seed", seed}});
  return json_answer({{"artifacts", artifacts}});
}

Answer assets(Call& call, World& world) {
  std::string id;
  if (is(call, "POST", "/v2/nvcf/assets")) {
    id = new_uuid();
    world.shelf.put_at("nvcf:" + id, {"", text_in(call.json, "contentType")});
    return json_answer({{"assetId", id},
                        {"uploadUrl", call.base() + "/upload/" + id},
                        {"contentType", text_in(call.json, "contentType")},
                        {"description", text_in(call.json, "description")}});
  }
  if (is(call, "DELETE", "/v2/nvcf/assets/*", &id))
    return world.shelf.remove("nvcf:" + id) ? empty_answer(204)
                                            : problem(404, "Not Found", "Asset not found");
  return problem(404, "Not Found", "Not Found");
}

// The first answer says "later"; polling finds it after as many tries as the rule asks for.
Answer postponed(Call& call, World& world, Answer real) {
  const std::string id = new_uuid();
  world.shelf.put_at("nvcf-result:" + id, {real.body, real.content_type});
  const std::lock_guard lock(world.documents.mutex);
  world.documents.all["nvcf:" + id] = {{"polls", call.script.pending - 1}, {"status", real.status}};
  Answer out = empty_answer(202);
  out.headers = {{"NVCF-REQID", id}, {"NVCF-STATUS", "pending-evaluation"}};
  return out;
}

Answer poll(World& world, const std::string& id) {
  Answer out = empty_answer(202);
  out.headers = {{"NVCF-REQID", id}, {"NVCF-STATUS", "pending-evaluation"}};
  const auto result = world.shelf.get("nvcf-result:" + id);
  if (!result) return problem(404, "Not Found", "No such request");
  const std::lock_guard lock(world.documents.mutex);
  Json& document = world.documents.all["nvcf:" + id];
  const int left = int_in(document, "polls");
  if (left > 0) {
    document["polls"] = left - 1;
    return out;
  }
  out.status = int_in(document, "status", 200);
  out.body = result->bytes;
  out.content_type = result->mime;
  out.headers[1].second = "fulfilled";
  return out;
}

Answer route(Call& call, World& world) {
  std::string rest;
  if (is(call, "POST", "/v1/chat/completions")) return vision_chat(call, world, "");
  if (is(call, "POST", "/v1/vlm/*", &rest)) return vision_chat(call, world, rest);
  if (is(call, "POST", "/v1/gr/*/chat/completions", &rest)) return vision_chat(call, world, rest);
  if (is(call, "POST", "/v1/genai/*", &rest)) return flux(call, world, rest);
  if (is(call, "POST", "/v1/embeddings")) {
    const bool clip = call.model == "nvidia/nvclip";
    const std::string type = text_in(call.json, "input_type");
    if (!clip && type != "query" && type != "passage")
      return field_error("input_type",
                         "'input_type' parameter is required for asymmetric models: query or passage");
    return embeddings(call, world, dialect());
  }
  if (call.path.rfind("/v2/nvcf/assets", 0) == 0) return assets(call, world);
  if (is(call, "GET", "/v2/nvcf/pexec/status/*", &rest)) return poll(world, rest);
  return text_answer("404 page not found\n", "text/plain", 404);
}

}  // namespace

Answer refuse_nvidia(const Trouble& trouble) {
  if (trouble.status == 401)
    return json_answer({{"status", 401}, {"title", "Unauthorized"}, {"detail", "Authentication failed"}},
                       401);
  if (trouble.status == 403)
    return json_answer({{"status", 403}, {"title", "Forbidden"}, {"detail", "Authorization failed"}}, 403);
  if (trouble.status == 429) return empty_answer(429);  // yes, empty
  if (trouble.status == 400 || trouble.status == 422)
    return field_error(trouble.param.empty() ? "messages" : trouble.param, trouble.message);
  if (trouble.status == 404)
    return json_answer({{"status", 404},
                        {"title", "Not Found"},
                        {"detail", "Function '" + new_uuid() + "': Not found for account 'test'"}},
                       404);
  return problem(trouble.status, trouble.status >= 500 ? "Internal Server Error" : "Error", trouble.message);
}

Answer handle_nvidia(Call& call, World& world) {
  std::string rest;
  if (is(call, "PUT", "/upload/*", &rest)) {  // the signed address: no key
    auto stored = world.shelf.get("nvcf:" + rest);
    if (!stored || call.header("x-amz-meta-nvcf-asset-description").empty())
      return text_answer(
          "<Error><Code>AccessDenied</Code><Message>Request has been tampered</Message></Error>",
          "application/xml", 403);
    world.shelf.put_at("nvcf:" + rest, {call.body, stored->mime});
    return empty_answer(200);
  }
  if (is(call, "GET", "/v1/models")) return model_list(call, world, dialect());
  const KeyState state = world.keys.use(call.key).state;
  if (state == KeyState::Missing) return refuse_nvidia({401, ""});
  if (state == KeyState::Wrong) return refuse_nvidia({403, ""});
  if (state == KeyState::Limited) return refuse_nvidia({429, ""});
  if (state == KeyState::Spent)
    return problem(402, "Payment Required", "Cloud credits expired - Please contact NVIDIA representatives");
  Answer out = route(call, world);
  if (call.script.pending > 0 && call.method == "POST") return postponed(call, world, out);
  return out;
}

}  // namespace vignette::emulator
