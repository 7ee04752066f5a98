#include <doctest/doctest.h>

#include "tests/emulator/senses/picture.hpp"
#include "tests/emulator/tests/client.hpp"

using namespace vignette;
using namespace vignette::emulator;

namespace {

const char* const red_caption = "a 640x480 picture, mostly red, dark, landscape";

Json gemini_body(const std::string& text, const std::string& uri) {
  Json parts = Json::array();
  if (!uri.empty())
    parts.push_back({{"inlineData", {{"mimeType", "image/png"}, {"data", uri.substr(uri.find(',') + 1)}}}});
  parts.push_back({{"text", text}});
  Json contents = Json::array();
  contents.push_back({{"role", "user"}, {"parts", parts}});
  return {{"contents", contents}};
}
const httplib::Headers google = {{"x-goog-api-key", "test-g"}};
const httplib::Headers claude = {{"x-api-key", "test-a"}, {"anthropic-version", "2023-06-01"}};

Json claude_body(const std::string& model, const std::string& uri) {
  Json content = Json::array();
  content.push_back(
      {{"type", "image"},
       {"source",
        {{"type", "base64"}, {"media_type", "image/png"}, {"data", uri.substr(uri.find(',') + 1)}}}});
  content.push_back({{"type", "text"}, {"text", "Describe."}});
  Json messages = Json::array();
  messages.push_back({{"role", "user"}, {"content", content}});
  return {{"model", model}, {"max_tokens", 100}, {"messages", messages}};
}

}  // namespace

TEST_CASE("Gemini captions, streams without a terminator, and writes its key errors its own way") {
  const Running at;
  const std::string path = "/gemini/v1beta/models/gemini-3.5-flash-lite:";
  Json body = gemini_body("Describe.", red_uri());
  body["generationConfig"] = {{"thinkingConfig", {{"thinkingLevel", "MINIMAL"}}}};
  const Json whole = post(at, path + "generateContent", body, google).json();
  CHECK(whole["candidates"][0]["content"]["parts"][0]["text"] == red_caption);
  CHECK(whole["candidates"][0]["finishReason"] == "STOP");
  const Got stream = post(at, path + "streamGenerateContent?alt=sse", body, google);
  CHECK(stream.body.rfind("data: {", 0) == 0);
  CHECK(stream.body.find("[DONE]") == std::string::npos);
  CHECK(post(at, path + "streamGenerateContent", body, google).json().is_array());
  const Got wrong = post(at, path + "generateContent", body, {{"x-goog-api-key", "AIzaNo"}});
  CHECK(wrong.status == 400);
  CHECK(wrong.json()["error"]["details"][0]["reason"] == "API_KEY_INVALID");
  CHECK(post(at, path + "generateContent", body, {}).status == 403);
}

TEST_CASE("Gemini refuses unknown fields, two kinds of thinking, system text for Gemma, and webm") {
  const Running at;
  const auto status = [&](const char* model, Json body) {
    return post(at, "/gemini/v1beta/models/" + std::string(model) + ":generateContent", body, google).status;
  };
  Json body = gemini_body("Hi.", "");
  CHECK(status("gemini-3.5-flash", body) == 200);
  Json unknown = body;
  unknown["colour"] = 1;
  CHECK(status("gemini-3.5-flash", unknown) == 400);
  Json snake = body;
  snake["generation_config"] = {{"max_output_tokens", 2000}};
  CHECK(status("gemini-3.5-flash", snake) == 200);
  Json budget = body;
  budget["generationConfig"] = {{"thinkingConfig", {{"thinkingBudget", 0}}}};
  CHECK(status("gemini-3.5-flash", budget) == 400);
  CHECK(status("gemini-2.5-flash", budget) == 200);
  Json minimal = body;
  minimal["generationConfig"] = {{"thinkingConfig", {{"thinkingLevel", "minimal"}}}};
  CHECK(status("gemini-3.8-flash", minimal) == 400);
  Json system = body;
  system["systemInstruction"] = {{"parts", {{{"text", "Be brief."}}}}};
  CHECK(status("gemma-4-31b-it", system) == 400);
  CHECK(status("gemini-3.5-flash", system) == 200);
  Json webm = body;
  webm["contents"][0]["parts"].push_back({{"inlineData", {{"mimeType", "audio/webm"}, {"data", "AAAA"}}}});
  CHECK(status("gemini-3.5-flash", webm) == 400);
}

TEST_CASE("Gemini's thoughts eat a small limit, so that no text part is left") {
  const Running at;
  Json body = gemini_body("Describe.", red_uri());
  body["generationConfig"] = {{"maxOutputTokens", 100}};
  const Json answer = post(at, "/gemini/v1beta/models/gemini-3.5-flash:generateContent", body, google).json();
  CHECK(answer["candidates"][0]["finishReason"] == "MAX_TOKENS");
  CHECK(!answer["candidates"][0]["content"].contains("parts"));
}

TEST_CASE("Gemini finds boxes from 0 to 1000, and recognises a series by ids") {
  const Running at;
  Pixels scene = plain(400, 200, white);
  put_rectangle(scene, 100, 50, 200, 150, red);
  Json body = gemini_body("Detect all objects. Return box_2d and label.", png_uri(scene));
  body["generationConfig"] = {{"responseMimeType", "application/json"}};
  const auto text = [&](const Json& request) {
    return parse_json(
        text_in(post(at, "/gemini/v1beta/models/gemini-2.5-flash-lite:generateContent", request, google)
                    .json()["candidates"][0]["content"]["parts"][0],
                "text"));
  };
  const Json boxes = text(body);
  REQUIRE(boxes.size() == 1);
  CHECK(boxes[0]["box_2d"] == Json({250, 250, 750, 500}));
  Json series = gemini_body("Do these form one series? Answer with is_series.", "");
  Json parts = Json::array();
  for (const char* name : {"image 1: a.jpg", "image 2: b.jpg"}) {
    parts.push_back({{"text", name}});
    parts.push_back(
        {{"inlineData", {{"mimeType", "image/png"}, {"data", red_uri().substr(red_uri().find(',') + 1)}}}});
  }
  for (const Json& part : series["contents"][0]["parts"]) parts.push_back(part);
  series["contents"][0]["parts"] = parts;
  series["generationConfig"] = {{"responseMimeType", "application/json"}};
  const Json verdict = text(series);
  CHECK(verdict["is_series"] == true);
  CHECK(verdict["images"][1]["image_id"] == "b.jpg");
}

TEST_CASE("Gemini embeds, draws, and takes uploaded files") {
  const Running at;
  const Json one{{"model", "models/gemini-embedding-001"},
                 {"content", {{"parts", {{{"text", "a"}}}}}},
                 {"outputDimensionality", 768}};
  const Json batch{{"requests", Json::array({one, one})}};
  const Json vectors =
      post(at, "/gemini/v1beta/models/gemini-embedding-001:batchEmbedContents", batch, google).json();
  CHECK(vectors["embeddings"].size() == 2);
  CHECK(vectors["embeddings"][1]["values"].size() == 768);
  Json draw = gemini_body("a blue sea", "");
  draw["generationConfig"] = {{"imageConfig", {{"aspectRatio", "3:2"}}}};
  const Json drawn =
      post(at, "/gemini/v1beta/models/gemini-3.1-flash-image:generateContent", draw, google).json();
  CHECK(see(std::string(as_text(
                decode_base64(text_in(drawn["candidates"][0]["content"]["parts"][1]["inlineData"], "data"))
                    .value())))
            ->colours[0] == "blue");

  httplib::Headers start = google;
  start.emplace("X-Goog-Upload-Protocol", "resumable");
  start.emplace("X-Goog-Upload-Command", "start");
  start.emplace("X-Goog-Upload-Header-Content-Type", "image/png");
  const std::string url =
      post(at, "/gemini/upload/v1beta/files", Json::object(), start).header("x-goog-upload-url");
  REQUIRE(url.find("/gemini/upload") != std::string::npos);
  httplib::Headers finish = google;
  finish.emplace("X-Goog-Upload-Command", "upload, finalize");
  const Json file = got(at.client().Post(url.substr(url.find("/gemini")), finish,
                                         png_of(plain(10, 20, green)), "image/png"))
                        .json()["file"];
  Json body = gemini_body("Describe.", "");
  body["contents"][0]["parts"].push_back(
      {{"fileData", {{"mimeType", "image/png"}, {"fileUri", file["uri"]}}}});
  CHECK(post(at, "/gemini/v1beta/models/gemini-2.5-flash:generateContent", body, google)
            .body.find("a 10x20 picture, mostly green") != std::string::npos);
}

TEST_CASE("Gemini's OpenAI-compatible face writes errors in an array") {
  const Running at;
  CHECK(post(at, "/gemini/v1beta/openai/chat/completions",
             chat_body("gemini-3.5-flash", "Describe.", red_uri()))
            .json()["choices"][0]["message"]["content"] == red_caption);
  CHECK(post(at, "/gemini/v1beta/openai/chat/completions", chat_body("gone", "Hi.", ""))
            .json()[0]["error"]["code"] == 404);
}

TEST_CASE("Anthropic needs a version and max_tokens, checks media types, and streams named events") {
  const Running at;
  const std::string path = "/anthropic/v1/messages";
  Json body = claude_body("claude-haiku-4-5", red_uri());
  const Json answer = post(at, path, body, claude).json();
  CHECK(answer["content"][0]["text"] == red_caption);
  CHECK(answer["stop_reason"] == "end_turn");
  Json stream = body;
  stream["stream"] = true;
  const Got events = post(at, path, stream, claude);
  CHECK(events.body.rfind("event: message_start\n", 0) == 0);
  CHECK(events.body.find("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n") != std::string::npos);
  Json unlimited = body;
  unlimited.erase("max_tokens");
  CHECK(post(at, path, unlimited, claude).json()["error"]["message"] == "max_tokens: Field required");
  Json wrong_type = body;
  wrong_type["messages"][0]["content"][0]["source"]["media_type"] = "image/jpeg";
  CHECK(post(at, path, wrong_type, claude).status == 400);
  CHECK(post(at, path, body, {{"x-api-key", "test-a"}}).status == 400);
  CHECK(post(at, path, body, {{"x-api-key", "no"}, {"anthropic-version", "2023-06-01"}})
            .json()["error"]["type"] == "authentication_error");
  Json sampling = claude_body("claude-haiku-5-5", red_uri());
  sampling["temperature"] = 1;
  CHECK(post(at, path, sampling, claude).json()["error"]["message"] ==
        "temperature: Extra inputs are not permitted");
}

TEST_CASE("Groq refuses four megabytes, thinks in tags, and stops when told to") {
  const Running at;
  const std::string path = "/groq/openai/v1/chat/completions";
  Json body = chat_body("qwen/qwen3.6-27b", "Describe.", red_uri());
  CHECK(text_in(post(at, path, body).json()["choices"][0]["message"], "content").rfind("<think>", 0) == 0);
  body["reasoning_effort"] = "none";
  const Got plain_answer = post(at, path, body);
  CHECK(plain_answer.json()["choices"][0]["message"]["content"] == red_caption);
  CHECK(plain_answer.json()["x_groq"]["id"].is_string());
  CHECK(plain_answer.header("x-ratelimit-reset-requests") == "2m59.56s");
  CHECK(post(at, path, chat_body("qwen/qwen3.6-27b", std::string(4'000'001, 'x'), "")).status == 413);
  CHECK(post(at, path, chat_body("meta-llama/llama-4-scout-17b-16e-instruct", "Describe.", red_uri()))
            .json()["choices"][0]["message"]["content"] == red_caption);
  post(at, "/control/models", {{"today", "2026-11-21"}});
  CHECK(post(at, path, chat_body("meta-llama/llama-4-scout-17b-16e-instruct", "Hi.", ""))
            .json()["error"]["code"] == "model_decommissioned");
}

TEST_CASE("NVIDIA takes image tags at its older addresses and refuses 180 KB inline") {
  const Running at;
  const auto tagged = [&](const std::string& uri) {
    Json messages = Json::array();
    messages.push_back({{"role", "user"}, {"content", "Describe. <img src=\"" + uri + "\" />"}});
    return Json{{"messages", messages}, {"max_tokens", 100}};
  };
  const Json kosmos = post(at, "/nvidia/v1/vlm/microsoft/kosmos-2", tagged(red_uri())).json();
  CHECK(kosmos["choices"][0]["message"]["content"] == red_caption);
  CHECK(kosmos["choices"][0]["message"]["entities"].is_array());
  Json named = tagged(red_uri());
  named["model"] = "microsoft/kosmos-2";
  CHECK(post(at, "/nvidia/v1/vlm/microsoft/kosmos-2", named).status == 422);
  CHECK(post(at, "/nvidia/v1/gr/meta/llama-3.2-90b-vision-instruct/chat/completions",
             chat_body("meta/llama-3.2-90b-vision-instruct", "Describe.", red_uri()))
            .status == 200);
  CHECK(post(at, "/nvidia/v1/vlm/nvidia/vila", tagged("data:image/png;base64," + std::string(180'000, 'A')))
            .status == 413);
  CHECK(text_in(post(at, "/nvidia/v1/chat/completions",
                     chat_body("nvidia/nemotron-nano-12b-v2-vl", "Describe.", red_uri()))
                    .json()["choices"][0]["message"],
                "content")
            .rfind("<think>", 0) == 0);
  CHECK(post(at, "/nvidia/v1/chat/completions", chat_body("gone/model", "Hi.", "")).json()["title"] ==
        "Not Found");
  post(at, "/control/models", {{"today", "2026-11-21"}});
  CHECK(post(at, "/nvidia/v1/vlm/nvidia/vila", tagged(red_uri())).status == 410);
}

TEST_CASE("NVIDIA's assets replace inline data, 202 is polled, FLUX draws, nvclip embeds pictures") {
  const Running at;
  const Json asset =
      post(at, "/nvidia/v2/nvcf/assets", {{"contentType", "image/png"}, {"description", "img"}}).json();
  const std::string id = text_in(asset, "assetId"), url = text_in(asset, "uploadUrl");
  CHECK(got(at.client().Put(url.substr(url.find("/nvidia")), {{"x-amz-meta-nvcf-asset-description", "img"}},
                            png_of(plain(2000, 1000, blue)), "image/png"))
            .status == 200);
  Json messages = Json::array();
  messages.push_back(
      {{"role", "user"}, {"content", "Describe. <img src=\"data:image/png;asset_id," + id + "\" />"}});
  httplib::Headers headers = bearer();
  headers.emplace("NVCF-INPUT-ASSET-REFERENCES", id);
  const Got seen =
      post(at, "/nvidia/v1/vlm/nvidia/vila", {{"model", "nvidia/vila"}, {"messages", messages}}, headers);
  CHECK(seen.body.find("a 2000x1000 picture, mostly blue") != std::string::npos);

  post(at, "/control/faults", {{"provider", "nvidia"}, {"method", "POST"}, {"times", 1}, {"pending", 2}});
  const Got later =
      post(at, "/nvidia/v1/chat/completions", chat_body("google/gemma-4-31b-it", "Describe.", red_uri()));
  CHECK(later.status == 202);
  const std::string status_path = "/nvidia/v2/nvcf/pexec/status/" + later.header("NVCF-REQID");
  CHECK(get(at, status_path).status == 202);
  CHECK(get(at, status_path).json()["choices"][0]["message"]["content"] == red_caption);

  const Json art = post(at, "/nvidia/v1/genai/black-forest-labs/flux.1-schnell",
                        {{"prompt", "a yellow sun"}, {"steps", 4}, {"width", 256}, {"height", 256}})
                       .json();
  CHECK(
      see(std::string(as_text(decode_base64(text_in(art["artifacts"][0], "base64")).value())))->colours[0] ==
      "yellow");
  const Json clip =
      post(at, "/nvidia/v1/embeddings", {{"model", "nvidia/nvclip"}, {"input", {"a red chair", red_uri()}}})
          .json();
  CHECK(clip["data"][1]["embedding"].size() == 1024);
  CHECK(post(at, "/nvidia/v1/embeddings", {{"model", "nvidia/nv-embedqa-e5-v5"}, {"input", "a"}}).status ==
        422);
}

TEST_CASE("Hugging Face serves the router's chat and the tasks that take raw bytes") {
  const Running at;
  CHECK(post(at, "/hf/v1/chat/completions",
             chat_body("google/gemma-3-27b-it:featherless-ai", "Describe.", red_uri()))
            .json()["choices"][0]["message"]["content"] == red_caption);
  CHECK(post(at, "/hf/v1/chat/completions", chat_body("no/such", "Hi.", "")).json()["error"]["code"] ==
        "model_not_supported");
  const std::string tasks = "/hf/hf-inference/models/";
  CHECK(got(at.client().Post(tasks + "Salesforce/blip-image-captioning-large", bearer(),
                             png_of(plain(640, 480, red)), "image/png"))
            .json()[0]["generated_text"] == red_caption);
  CHECK(got(at.client().Post(tasks + "openai/whisper-large-v3", bearer(), wav_tone(300, 1), "audio/wav"))
            .json()["text"] == "a tone of 300 hertz for 1.0 seconds");
  CHECK(post(at, tasks + "sentence-transformers/all-MiniLM-L6-v2/pipeline/feature-extraction",
             {{"inputs", {"a", "b"}}})
            .json()[1]
            .size() == 384);
  const Got drawn = post(at, tasks + "black-forest-labs/FLUX.1-schnell",
                         {{"inputs", "a red wall"}, {"parameters", {{"width", 128}, {"height", 64}}}});
  CHECK(drawn.header("Content-Type") == "image/jpeg");
  CHECK(see(drawn.body)->width == 128);
  post(at, "/control/faults", {{"provider", "hf"}, {"status", 503}, {"times", 1}});
  CHECK(post(at, "/hf/v1/chat/completions", chat_body("google/gemma-3-27b-it", "Hi.", ""))
            .json()["estimated_time"] == 20.0);
}

TEST_CASE("OpenRouter comments in its streams and fails with numeric codes") {
  const Running at;
  Json body = chat_body("google/gemini-3.5-flash-lite", "Describe.", red_uri());
  body["stream"] = true;
  const Got stream = post(at, "/openrouter/api/v1/chat/completions", body);
  CHECK(stream.body.rfind(": OPENROUTER PROCESSING\n\n", 0) == 0);
  CHECK(streamed_text(stream.body) == red_caption);
  CHECK(post(at, "/openrouter/api/v1/chat/completions", body, {}).json()["error"]["code"] == 401);
}

TEST_CASE("Together and Mistral answer in OpenAI's shape with their own differences") {
  const Running at;
  CHECK(get(at, "/together/v1/models").json().is_array());
  const Json drawn = post(at, "/together/v1/images/generations",
                          {{"model", "black-forest-labs/FLUX.1-schnell"},
                           {"prompt", "a pink house"},
                           {"width", 128},
                           {"height", 128}})
                         .json();
  const std::string url = text_in(drawn["data"][0], "url");
  CHECK(see(get(at, url.substr(url.find("/together"))).body)->colours[0] == "pink");
  CHECK(post(at, "/mistral/v1/chat/completions", chat_body("pixtral-12b-latest", "Describe.", red_uri()))
            .json()["choices"][0]["message"]["content"] == red_caption);
  CHECK(post(at, "/mistral/v1/chat/completions", chat_body("pixtral-12b-latest", "Hi.", ""), {})
            .json()["detail"] == "Unauthorized");
}

TEST_CASE("Ollama streams lines by default, wants bare base64, and needs no key") {
  const Running at;
  const std::string b64 = red_uri().substr(red_uri().find(',') + 1);
  const auto body = [&](const std::string& image) {
    Json messages = Json::array();
    messages.push_back({{"role", "user"}, {"content", "Describe."}, {"images", {image}}});
    return Json{{"model", "gemma3:4b"}, {"messages", messages}};
  };
  const Got stream = post(at, "/ollama/api/chat", body(b64), {});
  CHECK(stream.header("Content-Type") == "application/x-ndjson");
  CHECK(stream.body.find("\"done\":true,\"done_reason\":\"stop\"") != std::string::npos);
  Json whole = body(b64);
  whole["stream"] = false;
  CHECK(post(at, "/ollama/api/chat", whole, {}).json()["message"]["content"] == red_caption);
  CHECK(post(at, "/ollama/api/chat", body(red_uri()), {}).status == 400);
  CHECK(post(at, "/ollama/api/chat", {{"model", "none"}}, {}).json()["error"] == "model 'none' not found");
  CHECK(post(at, "/ollama/api/show", {{"model", "gemma3:4b"}}, {}).json()["capabilities"] ==
        Json({"completion", "vision"}));
  CHECK(post(at, "/ollama/api/embed", {{"model", "all-minilm"}, {"input", {"a", "b"}}}, {})
            .json()["embeddings"]
            .size() == 2);
  CHECK(post(at, "/ollama/v1/chat/completions", chat_body("llava", "Describe.", red_uri()), {})
            .json()["choices"][0]["message"]["content"] == red_caption);
}

TEST_CASE("llama.cpp, vLLM and LM Studio serve chat without a key") {
  const Running at;
  for (const char* where : {"/llamacpp/v1", "/vllm/v1", "/lmstudio/v1"}) {
    const Got answer = post(at, std::string(where) + "/chat/completions",
                            chat_body("Qwen/Qwen3-VL-8B-Instruct", "Describe.", red_uri()), {});
    CHECK(answer.json()["choices"][0]["message"]["content"] == red_caption);
  }
  CHECK(get(at, "/llamacpp/health", {}).json()["status"] == "ok");
  CHECK(post(at, "/vllm/v1/chat/completions", chat_body("none", "Hi.", ""), {}).json()["error"]["type"] ==
        "NotFoundError");
}

TEST_CASE("whisper.cpp's text begins with a space, and an empty number breaks it") {
  const Running at;
  httplib::MultipartFormDataItems items = {{"response_format", "json", "", ""},
                                           {"file", wav_tone(440, 1), "take.wav", "audio/wav"}};
  CHECK(got(at.client().Post("/whispercpp/inference", items)).json()["text"] ==
        " a tone of 440 hertz for 1.0 seconds\n");
  items.push_back({"temperature", "", "", ""});
  CHECK(got(at.client().Post("/whispercpp/inference", items)).status == 500);
}

TEST_CASE("the WebUI draws with its seed in a string of JSON") {
  const Running at;
  const Json answer = post(at, "/sdwebui/sdapi/v1/txt2img",
                           {{"prompt", "a purple hat"}, {"width", 128}, {"height", 64}, {"seed", 7}}, {})
                          .json();
  CHECK(parse_json(text_in(answer, "info"))["seed"] == 7);
  CHECK(
      see(std::string(as_text(decode_base64(answer["images"][0].get<std::string>()).value())))->colours[0] ==
      "purple");
}

TEST_CASE("describe-anything reads the mask from alpha and refuses a picture without one") {
  const Running at;
  Pixels masked = plain(100, 80, red);
  put_rectangle(masked, 20, 10, 60, 50, blue);
  for (int y = 0; y < 80; ++y)
    for (int x = 0; x < 100; ++x)
      masked.rgba[static_cast<std::size_t>((y * 100 + x) * 4 + 3)] =
          x >= 20 && x < 60 && y >= 10 && y < 50 ? 255 : 0;
  const Got seen = post(
      at, "/dam/chat/completions",
      chat_body("describe_anything_model", "Describe the masked region in detail.", png_uri(masked)), {});
  CHECK(seen.json()["choices"][0]["message"]["content"] ==
        "The region at x 20 to 60, y 10 to 50 of a 100x80 picture is mostly blue.");
  CHECK(post(at, "/dam/chat/completions", chat_body("describe_anything_model", "Describe.", red_uri()), {})
            .status == 500);
}
