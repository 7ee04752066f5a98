// Replicate: predictions with a life, outputs as files that are fetched, uploads, trainings.
//
// A rule may script a prediction: {"replicate": {"polls": 3, "end": "failed", "error": "NSFW content
// detected", "output": "redirect" | "foreign" | "http"}}. `polls` is how many answers say starting or
// processing first; the outputs are then an address that redirects away, one on another host, or one without
// TLS on a public name: traps for whoever fetches every address it is given.
#include <algorithm>

#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/core/digest.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/mind/question.hpp"
#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {
namespace {

const std::vector<std::string> ratios = {"1:1", "16:9", "21:9", "3:2",  "2:3", "4:5",
                                         "5:4", "3:4",  "4:3",  "9:16", "9:21"};

Answer invalid(const std::string& field, const std::string& message) {
  Json fields = Json::array();
  fields.push_back({{"type", "input"}, {"field", "input." + field}, {"description", message}});
  return json_answer({{"title", "Input validation failed"},
                      {"detail", "- input." + field + ": " + message + "\n"},
                      {"status", 422},
                      {"invalid_fields", fields}},
                     422);
}

std::optional<Answer> check_flux(const Json& in) {
  if (text_in(in, "prompt").empty()) return invalid("", "prompt is required");
  const auto outside = [&](const char* name, double low, double high) {
    return has(in, name) && (number_in(in, name, low - 1) < low || number_in(in, name, low - 1) > high);
  };
  if (outside("num_outputs", 1, 4)) return invalid("num_outputs", "Must be less than or equal to 4");
  if (outside("num_inference_steps", 1, 4))
    return invalid("num_inference_steps", "Must be less than or equal to 4");
  if (outside("output_quality", 0, 100))
    return invalid("output_quality", "Must be less than or equal to 100");
  const auto one_of = [&](const char* name, const std::vector<std::string>& choices) {
    return !has(in, name) || std::find(choices.begin(), choices.end(), text_in(in, name)) != choices.end();
  };
  if (!one_of("aspect_ratio", ratios))
    return invalid("aspect_ratio", "aspect_ratio must be one of the following: \"1:1\", \"16:9\", …");
  if (!one_of("output_format", {"webp", "jpg", "png"}))
    return invalid("output_format", "output_format must be one of the following: \"webp\", \"jpg\", \"png\"");
  if (!one_of("megapixels", {"1", "0.25"}))
    return invalid("megapixels", "megapixels must be one of the following: \"1\", \"0.25\"");
  return std::nullopt;
}

Json flux_output(const Call& call, World& world, const Json& in) {
  int w = 1, h = 1;
  std::sscanf(text_in(in, "aspect_ratio", "1:1").c_str(), "%d:%d", &w, &h);
  const int longest = text_in(in, "megapixels", "1") == "1" ? 1024 : 512;
  const int width = w >= h ? longest : longest * w / h / 16 * 16,
            height = w >= h ? longest * h / w / 16 * 16 : longest;
  const std::string format = text_in(in, "output_format", "webp"),
                    trick = text_in(call.script.replicate, "output");
  Json out = Json::array();
  for (int i = 0; i < int_in(in, "num_outputs", 1); ++i) {
    const Painting painting = encode_painting(
        paint(text_in(in, "prompt"), width, height, static_cast<std::uint64_t>(int_in(in, "seed") + i)),
        format);
    const std::string id = world.shelf.put({painting.bytes, painting.mime});
    const std::string name = "/delivery/" + id + "/out-" + std::to_string(i) + "." + painting.extension;
    if (trick == "foreign") {
      out.push_back("https://files.attacker.example" + name);
    } else if (trick == "http") {
      out.push_back("http://replicate.delivery" + name);
    } else {
      out.push_back(call.base() + (trick == "redirect" ? "/redirect" : "") + name);
    }
  }
  return out;
}

// What a model makes of its input, or a reason why not.
std::optional<Json> compute(Call& call, World& world, const Model& model, const Json& in,
                            std::string& problem) {
  if (model.can('i')) return flux_output(call, world, in);
  if (model.can('s')) {
    const auto bytes = bytes_of_base64(text_in(in, "audio"));
    if (!bytes) return problem = "audio could not be read", std::nullopt;
    return Json{{"transcription", call.script.say.value_or(transcribe(call.listen(*bytes, "audio.wav")))},
                {"detected_language", "english"}};
  }
  const std::string image = text_in(in, "image");
  const Picture* seen = nullptr;
  if (const std::size_t at = image.find("/v1/files/"); at != std::string::npos) {
    const auto stored = world.shelf.get("replicate:" + image.substr(at + 10));
    if (stored) seen = call.look(stored->bytes);
  } else {
    seen = call.look_at_data_uri(image);
  }
  if (seen == nullptr) return problem = "cannot identify image file", std::nullopt;
  if (model.id == "salesforce/blip") return Json("Caption: " + call.script.say.value_or(describe(*seen)));
  if (model.id == "andreasjansson/blip-2") return Json(call.script.say.value_or(describe(*seen)));
  Question question;
  question.prompt = text_in(in, "prompt");
  question.pictures.push_back(*seen);
  question.script = call.script;
  Json tokens = Json::array();
  for (const std::string& token : tokens_of(answer(question).text)) tokens.push_back(token);
  return tokens;
}

// The stored document knows how it ends; what is shown depends on how often it was asked.
Json shown(const Call& call, const Json& stored) {
  Json out = stored["prediction"];
  const int left = int_in(stored, "polls");
  const std::string get = call.base() + "/v1/predictions/" + text_in(out, "id");
  out["urls"] = {{"get", get},
                 {"cancel", get + "/cancel"},
                 {"stream", call.base() + "/stream/" + text_in(out, "id")},
                 {"web", call.base() + "/p/" + text_in(out, "id")}};
  if (text_in(stored, "final") == "canceled") {
    out["status"] = "canceled";
    out["completed_at"] = wall_iso();
  } else if (left > 0) {
    out["status"] = left >= int_in(stored, "first") ? "starting" : "processing";
  } else {
    out["status"] = text_in(stored, "final");
    out["started_at"] = out["created_at"];
    out["completed_at"] = wall_iso();
    out["logs"] = "Using seed: 7\n";
    out["metrics"] = {{"predict_time", 0.42}, {"total_time", 0.5}};
    if (text_in(stored, "final") == "succeeded")
      out["output"] = member(stored, "output");
    else
      out["error"] = member(stored, "error");
  }
  return out;
}

Answer create(Call& call, World& world, std::string name) {
  Json in = member(call.json, "input");
  if (!in.is_object())
    return json_answer(
        {{"title", "Input validation failed"}, {"detail", "- input: Field required\n"}, {"status", 422}},
        422);
  const std::string version = text_in(call.json, "version");
  if (name.empty()) {
    name = version.substr(0, version.find(':'));
    if (name == "2e1dddc8621f72155f24cf2e0adbde548458d3cab9f00c0139eea840d0ac4746") name = "salesforce/blip";
    if (version.empty())
      return json_answer({{"title", "Invalid version or not permitted"},
                          {"detail", "- version is required\n"},
                          {"status", 422}},
                         422);
  }
  call.model = name;
  const auto model = world.models.find("replicate", name);
  if (!model && !version.empty())
    return json_answer(
        {{"title", "Invalid version or not permitted"},
         {"detail", "The specified version does not exist (or perhaps you don't have permission to use it?)"},
         {"status", 422}},
        422);
  if (!model) return refuse_replicate({404, "The requested resource could not be found."});
  if (model->can('i'))
    if (auto bad = check_flux(in)) return *bad;
  const Json& script = call.script.replicate;
  std::string problem;
  auto output = compute(call, world, *model, in, problem);
  const bool nsfw =
      text_in(in, "prompt").find("forbidden") != std::string::npos && !flag_in(in, "disable_safety_checker");
  if (nsfw) problem = "NSFW content detected. Try running it again, or try a different prompt.";
  if (has(script, "error")) problem = text_in(script, "error");
  const std::string end = text_in(script, "end", problem.empty() ? "succeeded" : "failed");
  // Data URIs are not echoed in full.
  for (auto& [key, value] : in.items())
    if (value.is_string() && value.get_ref<const std::string&>().size() > 1000)
      value = value.get<std::string>().substr(0, 100) + "…";
  const std::string id = new_id();
  const std::string prefer = call.header("prefer");
  const bool waits = prefer.rfind("wait", 0) == 0;
  const int polls = has(script, "polls") ? int_in(script, "polls") : waits ? 0 : 2;
  Json stored{{"prediction",
               {{"id", id},
                {"model", name},
                {"version", version.empty() ? "hidden" : version},
                {"input", in},
                {"logs", ""},
                {"output", nullptr},
                {"error", nullptr},
                {"status", "starting"},
                {"data_removed", false},
                {"created_at", wall_iso()}}},
              {"polls", polls},
              {"first", polls},
              {"final", end},
              {"output", output ? *output : Json(nullptr)},
              {"error", problem.empty() ? "Prediction failed." : problem}};
  Json body = shown(call, stored);
  {
    const std::lock_guard lock(world.documents.mutex);
    if (polls > 0) stored["polls"] = polls - 1;
    world.documents.all["prediction:" + id] = stored;
  }
  Answer out = json_answer(body, waits && polls > 0 ? 202 : 201);
  out.works_ms = waits && has(script, "wait_ms") ? int_in(script, "wait_ms") : 0;
  return out;
}

Answer one_prediction(Call& call, World& world, const std::string& id, bool cancel) {
  const std::lock_guard lock(world.documents.mutex);
  const auto at = world.documents.all.find("prediction:" + id);
  if (at == world.documents.all.end())
    return refuse_replicate({404, "The requested resource could not be found."});
  Json& stored = at->second;
  if (cancel && int_in(stored, "polls") > 0) {
    stored["final"] = "canceled";
    stored["polls"] = 0;
  }
  const Json body = shown(call, stored);
  if (const int left = int_in(stored, "polls"); left > 0) stored["polls"] = left - 1;
  return json_answer(body);
}

Answer list(Call& call, World& world) {
  Json results = Json::array();
  const std::lock_guard lock(world.documents.mutex);
  for (const auto& [key, stored] : world.documents.all)
    if (key.rfind("prediction:", 0) == 0) results.push_back(shown(call, stored));
  return json_answer({{"previous", nullptr}, {"next", nullptr}, {"results", results}});
}

// The tokens of a text output as Replicate streams them.
Answer stream(World& world, const std::string& id) {
  const std::lock_guard lock(world.documents.mutex);
  const auto at = world.documents.all.find("prediction:" + id);
  if (at == world.documents.all.end()) return refuse_replicate({404, "Not found"});
  Answer out;
  out.streamed = true;
  out.content_type = "text/event-stream";
  int number = 0;
  const auto event = [&](const char* name, std::string data) {
    std::string lines;
    for (std::size_t line; (line = data.find('\n')) != std::string::npos; data.erase(0, line + 1))
      lines += "data: " + data.substr(0, line) + "\n";
    out.events.push_back("event: " + std::string(name) + "\nid: " + std::to_string(++number) + "\n" + lines +
                         "data: " + data + "\n\n");
  };
  const Json& output = member(at->second, "output");
  if (output.is_array())
    for (const Json& token : output)
      event("output", token.is_string() ? token.get<std::string>() : dump(token));
  event("done", text_in(at->second, "final") == "canceled" ? "{\"reason\":\"canceled\"}" : "{}");
  out.closing_events = 1;
  out.error_event = "event: error\nid: 99\ndata: {\"detail\":\"An unexpected error occurred\"}\n\n";
  return out;
}

Answer files(Call& call, World& world) {
  std::string id;
  if (is(call, "POST", "/v1/files")) {
    const FormPart* content = call.part("content");
    if (content == nullptr) return json_answer({{"detail", "Missing content"}, {"status", 400}}, 400);
    id = new_id();
    world.shelf.put_at("replicate:" + id, {content->content, content->content_type});
    call.look(content->content);
    return json_answer({{"id", id},
                        {"name", content->filename},
                        {"content_type", content->content_type},
                        {"size", content->content.size()},
                        {"checksums", {{"sha256", sha256(content->content)}}},
                        {"metadata", Json::object()},
                        {"created_at", wall_iso()},
                        {"expires_at", format_iso8601(wall_ms() + 86'400'000)},
                        {"urls", {{"get", call.base() + "/v1/files/" + id}}}},
                       201);
  }
  if (is(call, "DELETE", "/v1/files/*", &id))
    return world.shelf.remove("replicate:" + id) ? empty_answer(204) : refuse_replicate({404, "Not found"});
  if (is(call, "GET", "/v1/files/*", &id))
    if (const auto stored = world.shelf.get("replicate:" + id))
      return json_answer({{"id", id}, {"content_type", stored->mime}, {"size", stored->bytes.size()}});
  return refuse_replicate({404, "Not found"});
}

Answer train(Call& call, World& world) {
  const Json& in = member(call.json, "input");
  if (!has(call.json, "destination"))
    return json_answer(
        {{"title", "Input validation failed"}, {"detail", "- destination is required\n"}, {"status", 422}},
        422);
  const std::string url = text_in(in, "input_images");
  const std::size_t at = url.find("/v1/files/");
  if (at == std::string::npos || !world.shelf.get("replicate:" + url.substr(at + 10)))
    return invalid("input_images", "The file could not be fetched");
  const std::string id = new_id();
  Json training{{"id", id},
                {"model", "ostris/flux-dev-lora-trainer"},
                {"input", in},
                {"status", "starting"},
                {"logs", ""},
                {"error", nullptr},
                {"created_at", wall_iso()},
                {"destination", call.json["destination"]}};
  const std::lock_guard lock(world.documents.mutex);
  world.documents.all["training:" + id] = {{"training", training}, {"asked", 0}};
  return json_answer(training, 201);
}

Answer training(World& world, const std::string& id, bool cancel) {
  const std::lock_guard lock(world.documents.mutex);
  const auto at = world.documents.all.find("training:" + id);
  if (at == world.documents.all.end()) return refuse_replicate({404, "Not found"});
  Json& stored = at->second;
  Json& t = stored["training"];
  const int asked = int_in(stored, "asked") + 1;
  stored["asked"] = asked;
  if (cancel) t["status"] = "canceled";
  if (text_in(t, "status") != "canceled") {
    t["status"] = asked > 3 ? "succeeded" : "processing";
    t["logs"] = text_in(t, "logs") + "flux_train_replicate:  " + std::to_string(std::min(100, asked * 25)) +
                "%| " + std::to_string(std::min(1000, asked * 250)) +
                "/1000 [05:12<08:51,  1.19it/s, lr: 4.0e-04 loss: 3.1e-01]\n";
    if (asked > 3)
      t["output"] = {{"version", text_in(t, "destination") + ":" + sha256(id)},
                     {"weights", "https://replicate.delivery/" + id + "/trained_model.tar"}};
  }
  return json_answer(t);
}

Answer model_page(Call& call, World& world, const std::string& name) {
  const bool trainer = name == "ostris/flux-dev-lora-trainer";
  if (!trainer && !world.models.find("replicate", name))
    return refuse_replicate({404, "The requested resource could not be found."});
  const std::size_t slash = name.find('/');
  const Json image{{"type", "string"}, {"format", "uri"}}, prompt{{"type", "string"}};
  return json_answer(
      {{"url", call.base() + "/" + name},
       {"owner", name.substr(0, slash)},
       {"name", name.substr(slash + 1)},
       {"run_count", 1},
       {"latest_version",
        {{"id", sha256(name)},
         {"openapi_schema",
          {{"components",
            {{"schemas", {{"Input", {{"properties", {{"image", image}, {"prompt", prompt}}}}}}}}}}}}}});
}

Answer route(Call& call, World& world) {
  std::string rest;
  if (is(call, "POST", "/v1/models/*/predictions", &rest)) return create(call, world, rest);
  if (is(call, "POST", "/v1/predictions")) return create(call, world, "");
  if (is(call, "GET", "/v1/predictions")) return list(call, world);
  if (is(call, "POST", "/v1/predictions/*/cancel", &rest)) return one_prediction(call, world, rest, true);
  if (is(call, "GET", "/v1/predictions/*", &rest)) return one_prediction(call, world, rest, false);
  if (call.path.rfind("/v1/files", 0) == 0) return files(call, world);
  if (is(call, "POST", "/v1/models/*/trainings", &rest)) return train(call, world);
  if (is(call, "POST", "/v1/trainings/*/cancel", &rest)) return training(world, rest, true);
  if (is(call, "GET", "/v1/trainings/*", &rest)) return training(world, rest, false);
  if (is(call, "GET", "/v1/account"))
    return json_answer({{"type", "user"}, {"username", "me"}, {"name", "Me"}});
  if (is(call, "GET", "/v1/hardware"))
    return json_answer(Json::array({Json{{"name", "Nvidia T4 GPU"}, {"sku", "gpu-t4"}}}));
  if (is(call, "POST", "/v1/models"))
    return json_answer({{"owner", text_in(call.json, "owner")},
                        {"name", text_in(call.json, "name")},
                        {"visibility", "private"}},
                       201);
  if (is(call, "GET", "/v1/models/*", &rest)) return model_page(call, world, rest);
  return refuse_replicate({404, "The requested resource could not be found."});
}

// What the CDN serves: public, without a key.
std::optional<Answer> delivery(Call& call, World& world) {
  std::string rest;
  if (is(call, "GET", "/redirect/*", &rest)) {
    Answer out = empty_answer(302);
    out.headers.emplace_back("Location", "http://169.254.169.254/" + rest);
    return out;
  }
  if (!is(call, "GET", "/delivery/*", &rest)) return std::nullopt;
  const auto stored = world.shelf.get(rest.substr(0, rest.find('/')));
  return stored ? bytes_answer(stored->bytes, stored->mime) : text_answer("NoSuchKey", "text/plain", 404);
}

}  // namespace

Answer refuse_replicate(const Trouble& trouble) {
  switch (trouble.status) {
    case 401:
      return json_answer({{"title", "Unauthenticated"},
                          {"detail", "You did not pass a valid authentication token"},
                          {"status", 401}},
                         401);
    case 402:
      return json_answer({{"title", "Insufficient credit"},
                          {"detail", "You have insufficient credit to run this model."},
                          {"status", 402}},
                         402);
    case 404: return json_answer({{"title", "Not found"}, {"detail", trouble.message}, {"status", 404}}, 404);
    case 429: {
      const int wait = trouble.retry_after > 0 ? static_cast<int>(trouble.retry_after + 0.999) : 30;
      return json_answer(
          {{"detail", "Request was throttled. Your rate limit resets in ~" + std::to_string(wait) + "s."},
           {"status", 429}},
          429);
    }
    default:
      return json_answer({{"title", "Error"}, {"detail", trouble.message}, {"status", trouble.status}},
                         trouble.status);
  }
}

Answer handle_replicate(Call& call, World& world) {
  if (auto file = delivery(call, world)) return *file;
  std::string rest;
  if (is(call, "GET", "/stream/*", &rest)) return stream(world, rest);
  const Keys::Verdict verdict = world.keys.use(call.key);
  if (verdict.state == KeyState::Missing || verdict.state == KeyState::Wrong)
    return refuse_replicate({401, ""});
  if (verdict.state == KeyState::Spent) return refuse_replicate({402, ""});
  if (verdict.state == KeyState::Limited) {
    Trouble trouble{429, ""};
    trouble.retry_after = verdict.retry_after;
    Answer out = refuse_replicate(trouble);
    out.headers.emplace_back("Retry-After", std::to_string(static_cast<int>(verdict.retry_after + 0.999)));
    return out;
  }
  return route(call, world);
}

}  // namespace vignette::emulator
