#include <doctest/doctest.h>

#include "shared/image/decode.hpp"
#include "tests/emulator/senses/picture.hpp"
#include "tests/emulator/tests/client.hpp"

using namespace vignette;
using namespace vignette::emulator;

namespace {
std::string caption(const Got& answer) { return text_in(answer.json()["choices"][0]["message"], "content"); }
double cosine(const Json& a, const Json& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i].get<double>() * b[i].get<double>();
  return sum;
}
}  // namespace

TEST_CASE("a caption tells the size, the colours and the light of the picture that arrived") {
  const Running at;
  Pixels two = plain(300, 400, blue);
  put_rectangle(two, 0, 0, 300, 150, white);
  CHECK(caption(post(at, "/openai/v1/chat/completions", chat_body("gpt-6-luna", "Describe.", red_uri()))) ==
        "a 640x480 picture, mostly red, dark, landscape");
  CHECK(
      caption(post(at, "/openai/v1/chat/completions", chat_body("gpt-6-luna", "Describe.", png_uri(two)))) ==
      "a 300x400 picture, mostly blue and white, of middle brightness, portrait");
}

TEST_CASE("a caption begins with the context, keeps the word limit, and can be a sentence") {
  const Running at;
  const auto ask = [&](const char* prompt) {
    return caption(post(at, "/openai/v1/chat/completions", chat_body("gpt-6-luna", prompt, red_uri())));
  };
  CHECK(ask("Begin with: TU Delft studio\nDescribe it.").rfind("TU Delft studio, a 640x480", 0) == 0);
  CHECK(ask("The context is \"our lab\".").rfind("our lab, a 640x480", 0) == 0);
  CHECK(ask("Describe in at most 3 words.") == "a 640x480 picture");
  CHECK(ask("Describe in one sentence.") == "A 640x480 picture, mostly red, dark, landscape.");
}

TEST_CASE("a stream has the same text as the whole answer, usage when asked for, and a terminator") {
  const Running at;
  Json body = chat_body("gpt-6-luna", "Describe.", red_uri());
  const std::string whole = caption(post(at, "/openai/v1/chat/completions", body));
  body["stream"] = true;
  body["stream_options"] = {{"include_usage", true}};
  const Got stream = post(at, "/openai/v1/chat/completions", body);
  CHECK(stream.header("Content-Type") == "text/event-stream");
  CHECK(streamed_text(stream.body) == whole);
  CHECK(stream.body.find("\"choices\":[],\"usage\"") != std::string::npos);
  CHECK(stream.body.substr(stream.body.size() - 14) == "data: [DONE]\n\n");
}

TEST_CASE("a missing or a wrong key is OpenAI's own 401") {
  const Running at;
  const Json body = chat_body("gpt-6-luna", "Hi.", "");
  CHECK(post(at, "/openai/v1/chat/completions", body, {}).status == 401);
  const Got wrong =
      post(at, "/openai/v1/chat/completions", body, {{"Authorization", "Bearer sk-nonsense-1234"}});
  CHECK(wrong.status == 401);
  CHECK(wrong.json()["error"]["code"] == "invalid_api_key");
}

TEST_CASE("parameters a model does not take are refused by name") {
  const Running at;
  const auto refused = [&](const char* model, const char* field, Json value) {
    Json body = chat_body(model, "Hi.", "");
    body[field] = std::move(value);
    const Got answer = post(at, "/openai/v1/chat/completions", body);
    return answer.status == 200 ? "" : text_in(answer.json()["error"], "param");
  };
  CHECK(refused("gpt-6-luna", "max_tokens", 10) == "max_tokens");
  CHECK(refused("gpt-6-luna", "temperature", 0.2) == "temperature");
  CHECK(refused("gpt-6-luna", "colour", "red") == "colour");
  CHECK(refused("gpt-4o", "temperature", 0.2) == "");
  CHECK(refused("gpt-9", "n", 1) == "model");
  CHECK(refused("gpt-3.5-turbo", "n", 1) == "");
  CHECK(post(at, "/openai/v1/chat/completions", chat_body("gpt-3.5-turbo", "Hi.", red_uri())).status == 400);
  CHECK(post(at, "/openai/v1/chat/completions", chat_body("gpt-6-luna", "Hi.", "data:image/png;base64,AAAA"))
            .json()["error"]["code"] == "invalid_image_format");
}

TEST_CASE("a token limit cuts the answer and says so") {
  const Running at;
  Json body = chat_body("gpt-6-luna", "Describe.", red_uri());
  body["max_completion_tokens"] = 2;
  const Json answer = post(at, "/openai/v1/chat/completions", body).json();
  CHECK(answer["choices"][0]["finish_reason"] == "length");
  CHECK(answer["choices"][0]["message"]["content"] == "a 640x480 ");
}

TEST_CASE("a JSON schema binds the answer, and a strict one must be strict") {
  const Running at;
  Json body = chat_body("gpt-6-luna", "Describe.", red_uri());
  Json schema{{"type", "object"},
              {"properties", {{"caption", {{"type", "string"}}}, {"is_series", {{"type", "boolean"}}}}}};
  body["response_format"] = {{"type", "json_schema"},
                             {"json_schema", {{"name", "c"}, {"strict", true}, {"schema", schema}}}};
  CHECK(post(at, "/openai/v1/chat/completions", body).status == 400);
  schema["additionalProperties"] = false;
  schema["required"] = {"caption", "is_series"};
  body["response_format"]["json_schema"]["schema"] = schema;
  const Json value = parse_json(caption(post(at, "/openai/v1/chat/completions", body)));
  CHECK(value["caption"] == "a 640x480 picture, mostly red, dark, landscape");
  CHECK(value["is_series"] == false);
}

TEST_CASE("asked for JSON in words, the scene comes in a fence with the patches that are there") {
  const Running at;
  Pixels scene = plain(600, 300, white);
  put_rectangle(scene, 0 + 30, 30, 130, 90, blue);
  const std::string text =
      caption(post(at, "/openai/v1/chat/completions",
                   chat_body("gpt-4o", "Answer in JSON with scene_summary and objects.", png_uri(scene))));
  REQUIRE(text.rfind("```json\n", 0) == 0);
  const Json json = parse_json(text.substr(8, text.rfind("```") - 8));
  REQUIRE(json["objects"].size() == 1);
  CHECK(json["objects"][0]["color"] == "blue");
  CHECK(json["objects"][0]["position"] == "top left");
}

TEST_CASE("the Responses API answers whole and in named events") {
  const Running at;
  Json content = Json::array();
  content.push_back({{"type", "input_text"}, {"text", "Describe."}});
  content.push_back({{"type", "input_image"}, {"image_url", red_uri()}});
  Json input = Json::array();
  input.push_back({{"role", "user"}, {"content", content}});
  Json body{{"model", "gpt-6-luna"}, {"input", input}, {"store", false}};
  CHECK(post(at, "/openai/v1/responses", body).json()["output"][1]["content"][0]["text"] ==
        "a 640x480 picture, mostly red, dark, landscape");
  body["stream"] = true;
  const Got stream = post(at, "/openai/v1/responses", body);
  CHECK(stream.body.find("event: response.output_text.delta\n") != std::string::npos);
  CHECK(stream.body.find("event: response.completed\n") != std::string::npos);
}

TEST_CASE("a transcript names the pitch and the length of the tone in the file") {
  const Running at;
  const auto transcribe = [&](const char* format, const char* model = "whisper-1") {
    const httplib::MultipartFormDataItems items = {{"model", model, "", ""},
                                                   {"response_format", format, "", ""},
                                                   {"file", wav_tone(440, 1.5), "take.wav", "audio/wav"}};
    return got(at.client().Post("/openai/v1/audio/transcriptions", bearer(), items));
  };
  CHECK(transcribe("json").json()["text"] == "a tone of 440 hertz for 1.5 seconds");
  CHECK(transcribe("text").body == "a tone of 440 hertz for 1.5 seconds\n");
  CHECK(transcribe("verbose_json").json()["duration"] == 1.5);
  CHECK(transcribe("srt").body.find("00:00:00,000 --> 00:00:01,500") != std::string::npos);
  CHECK(transcribe("srt", "gpt-transcribe").status == 400);
}

TEST_CASE("two tones in one recording are heard in their order") {
  const Running at;
  const std::string wav = wav_tone(440, 1) + wav_tone(880, 1).substr(44);
  std::string joined = wav;
  const std::uint32_t data = static_cast<std::uint32_t>(wav.size() - 44);
  for (int i = 0; i < 4; ++i) joined[static_cast<std::size_t>(40 + i)] = static_cast<char>(data >> (8 * i));
  const httplib::MultipartFormDataItems items = {{"model", "gpt-transcribe", "", ""},
                                                 {"file", joined, "take.wav", "audio/wav"}};
  CHECK(got(at.client().Post("/openai/v1/audio/transcriptions", bearer(), items)).json()["text"] ==
        "a tone of 440 hertz for 1.0 seconds, then a tone of 880 hertz for 1.0 seconds");
}

TEST_CASE("a generated picture is a real one in the colour the prompt names, and repeats") {
  const Running at;
  const Json body{{"model", "gpt-image-2"}, {"prompt", "a green field"}, {"size", "256x128"}};
  const std::string b64 =
      text_in(post(at, "/openai/v1/images/generations", body).json()["data"][0], "b64_json");
  const auto picture = see(std::string(as_text(decode_base64(b64).value())));
  REQUIRE(picture);
  CHECK(picture->width == 256);
  CHECK(picture->height == 128);
  CHECK(picture->colours[0] == "green");
  CHECK(text_in(post(at, "/openai/v1/images/generations", body).json()["data"][0], "b64_json") == b64);
  CHECK(post(at, "/openai/v1/images/generations",
             {{"model", "gpt-image-2"}, {"prompt", "x"}, {"response_format", "b64_json"}})
            .status == 400);
}

TEST_CASE("embeddings of similar texts are close, and base64 holds the same numbers") {
  const Running at;
  Json body{{"model", "text-embedding-3-small"},
            {"input", {"a red chair in a studio", "a studio with red chairs", "the stock market fell"}}};
  const Json data = post(at, "/openai/v1/embeddings", body).json()["data"];
  REQUIRE(data[0]["embedding"].size() == 1536);
  const double near = cosine(data[0]["embedding"], data[1]["embedding"]),
               far = cosine(data[0]["embedding"], data[2]["embedding"]);
  CHECK(near > 0.7);
  CHECK(far < 0.3);
  body["encoding_format"] = "base64";
  const std::string b64 = text_in(post(at, "/openai/v1/embeddings", body).json()["data"][0], "embedding");
  CHECK(decode_base64(b64).value().size() == 1536 * 4);
}

TEST_CASE("the model list names the models, and one that shut down is gone once it is that day") {
  const Running at;
  CHECK(get(at, "/openai/v1/models/gpt-4o").status == 200);
  CHECK(post(at, "/control/models", {{"today", "2027-02-01"}}).status == 200);
  CHECK(get(at, "/openai/v1/models/gpt-4o").json()["error"]["code"] == "model_not_found");
  CHECK(get(at, "/openai/v1/models").body.find("\"gpt-6-luna\"") != std::string::npos);
}
