#include <doctest/doctest.h>

#include "shared/json/read.hpp"
#include "shared/provider/face_reply.hpp"
#include "shared/provider/face_request.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
const FaceStamp kStamp = {"chatcmpl-1", 1795219200, "gemini/gemini-3.5-flash-lite"};
std::string mistake(std::string_view body) {
  const Result<FaceChat> chat = read_face_chat(body);
  return chat ? "" : chat.error().message;
}
}  // namespace

TEST_CASE("an OpenAI request with a picture becomes any provider's request") {
  const Result<FaceChat> chat = read_face_chat(
      R"({"model":"gemini/gemini-3.5-flash-lite","max_tokens":1500,"temperature":0.2,"stop":"\n","user":"x","tools":[],"stream":true,"stream_options":{"include_usage":true},)"
      R"("reasoning_effort":"none","messages":[{"role":"system","content":"You write captions."},{"role":"user","content":[{"type":"text","text":"Describe."},)"
      R"({"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/","detail":"low"}}]}]})");
  REQUIRE(chat.has_value());
  CHECK(chat->model == "gemini/gemini-3.5-flash-lite");
  CHECK(chat->request.stream_usage);
  CHECK(
      body_of(chat_call(route_to(chat->model), chat->request)) ==
      R"({"systemInstruction":{"parts":[{"text":"You write captions."}]},"generationConfig":{"maxOutputTokens":1500,"temperature":0.2,"stopSequences":["\n"],)"
      R"("thinkingConfig":{"thinkingLevel":"MINIMAL"}},"contents":[{"role":"user","parts":[{"text":"Describe."},{"inlineData":{"mimeType":"image/jpeg","data":"/9j/"}}]}]})");
}

TEST_CASE("a schema keeps its order on its way") {
  const Result<FaceChat> chat = read_face_chat(
      R"({"model":"openai/gpt-6-luna","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"z":1,"a":{"y":2,"b":3}}}}})");
  REQUIRE(chat.has_value());
  CHECK(chat->request.json->schema == R"({"z":1,"a":{"y":2,"b":3}})");
}

TEST_CASE("a mistake in a request is named") {
  CHECK(mistake("{").find("not JSON") != std::string::npos);
  CHECK(mistake("[]").find("object") != std::string::npos);
  CHECK(mistake(R"({"messages":[]})").find("model") != std::string::npos);
  CHECK(mistake(R"({"model":"m"})").find("messages") != std::string::npos);
  CHECK(mistake(R"({"model":"m","messages":["x"]})").find("message") != std::string::npos);
  CHECK(mistake(R"({"model":"m","messages":[{"role":"tool","content":"x"}]})").find("role") !=
        std::string::npos);
  CHECK(mistake(R"({"model":"m","messages":[{"role":"user","content":[{"type":"image_url"}]}]})")
            .find("image_url") != std::string::npos);
  CHECK(mistake(R"({"model":"m","temperature":"hot","messages":[{"role":"user","content":"x"}]})")
            .find("temperature") != std::string::npos);
  CHECK(mistake(R"({"model":"m","n":3,"messages":[{"role":"user","content":"x"}]})").find("“n”") !=
        std::string::npos);
  CHECK(mistake(R"({"model":"m","max_tokens":-1,"messages":[{"role":"user","content":"x"}]})")
            .find("max_tokens") != std::string::npos);
  CHECK(mistake(R"({"model":"m","stop":[1],"messages":[{"role":"user","content":"x"}]})").find("stop") !=
        std::string::npos);
  CHECK(mistake(R"({"model":"m","messages":[{"role":"user","content":"x"}]})") == "");
}

TEST_CASE("drawing, embedding and speech requests are read, too") {
  const Result<FaceDraw> draw = read_face_draw(
      R"({"model":"m","prompt":"a chair","n":2,"size":"1536x1024","response_format":"b64_json"})");
  REQUIRE(draw.has_value());
  CHECK(draw->request.width == 1536);
  CHECK(draw->request.n == 2);
  CHECK_FALSE(read_face_draw(R"({"model":"m","prompt":"x","size":"big"})").has_value());
  CHECK_FALSE(read_face_draw(R"({"model":"m","prompt":"x","n":99})").has_value());
  CHECK_FALSE(read_face_draw(R"({"model":"m"})").has_value());

  const Result<FaceEmbed> embed = read_face_embed(
      R"({"model":"m","input":["a","data:image/jpeg;base64,/9j/",{"text":"b"}],"encoding_format":"base64"})");
  REQUIRE(embed.has_value());
  CHECK(embed->request.inputs.size() == 3);
  CHECK(embed->request.inputs[1].kind == Part::Kind::Image);
  CHECK(embed->base64);
  CHECK_FALSE(read_face_embed(R"({"model":"m","input":[1,2,3]})").has_value());
  CHECK_FALSE(read_face_embed(R"({"model":"m","input":[]})").has_value());

  const std::string form = golden("multipart_groq.bin");
  const Result<FaceSpeech> speech = read_face_speech("multipart/form-data; boundary=----studio7f3a", form);
  REQUIRE(speech.has_value());
  CHECK(speech->model == "whisper-large-v3-turbo");
  CHECK(speech->request.timestamps);
  CHECK(speech->request.audio.data.text == "RIFF");
  CHECK_FALSE(read_face_speech("application/json", form).has_value());
}

TEST_CASE("an answer is written as OpenAI writes it") {
  Answer answer;
  answer.text = "A \"cat\".";
  answer.thinking = "hm";
  answer.finish = Finish::Stop;
  answer.usage = {.input = 12, .output = 3};
  CHECK(
      write_completion(answer, kStamp) ==
      R"({"id":"chatcmpl-1","object":"chat.completion","created":1795219200,"model":"gemini/gemini-3.5-flash-lite","choices":[{"index":0,)"
      R"("message":{"role":"assistant","content":"A \"cat\".","refusal":null},"finish_reason":"stop","logprobs":null}],)"
      R"("usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}})");
}

TEST_CASE("any provider's stream, rewritten, reads as an OpenAI stream") {
  for (const auto& [file, route] : {std::pair{"gemini.sse", "gemini/gemini-3.5-flash-lite"},
                                    std::pair{"anthropic.sse", "anthropic/claude-haiku-5-5"},
                                    std::pair{"ollama.ndjson", "ollama/gemma3:4b"}}) {
    CAPTURE(file);
    AnswerStream in(route_to(route));
    std::string wire = write_stream_begin(kStamp);
    for (const char c : golden(file)) wire += write_stream_part(in.feed({&c, 1}), kStamp);
    wire += write_stream_end(in.finish(), kStamp, true);
    CHECK(wire.ends_with("data: [DONE]\n\n"));
    CHECK(wire.find("hm") == std::string::npos);  // no thought passes
    AnswerStream out(route_to("openai/gpt-6-luna"));
    CHECK(out.feed(wire).text == "A cat.");
    const StreamEnd end = out.finish();
    CHECK(end.complete);
    CHECK(end.answer.text == "A cat.");
    CHECK(end.answer.usage.input == 12);
    CHECK(end.answer.finish == Finish::Stop);
  }
}

TEST_CASE("a broken stream ends with an error and without [DONE]") {
  AnswerStream in(route_to("openai/gpt-6-luna"));
  in.feed("data: {\"choices\":[{\"delta\":{\"content\":\"A\"}}]}\n\n");
  const std::string wire = write_stream_end(in.finish(), kStamp, true);
  CHECK(wire.find("\"error\"") != std::string::npos);
  CHECK(wire.find("[DONE]") == std::string::npos);
}

TEST_CASE("an error says what to do, keeps the wait, and does not quote the provider unless told to") {
  ProviderError error =
      read_error(reply_of(429, R"({"error":{"message":"private words","code":"rate_limit_exceeded"}})",
                          {{"retry-after", "2"}, {"x-request-id", "r1"}}));
  CHECK(
      write_error(face_error(error)) ==
      R"({"error":{"message":"The provider's rate limit is reached. Wait a moment, then try again.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded","retry_after_ms":2000,"request_id":"r1"}})");
  CHECK(face_error(error, true).message.find("private words") != std::string::npos);
  CHECK(face_error(read_error(reply_of(401, ""))).status == 502);  // not the client's own key
  CHECK(face_error(read_error(reply_of(410, ""))).code == "model_retired");
  CHECK(face_error(Error{ErrorCode::TooLarge, "m", "h"}).status == 413);
}

TEST_CASE("speech, pictures, vectors and models are written as OpenAI writes them") {
  Transcript transcript;
  transcript.text = "A chair.";
  transcript.segments = {{0, 3.2, "A chair."}};
  CHECK(write_transcript(transcript, "json") == R"({"text":"A chair."})");
  CHECK(write_transcript(transcript, "text") == "A chair.\n");
  CHECK(write_transcript(transcript, "srt") == "1\n00:00:00,000 --> 00:00:03,200\nA chair.\n\n");
  CHECK(write_transcript(transcript, "vtt") == "WEBVTT\n\n00:00:00.000 --> 00:00:03.200\nA chair.\n\n");
  Drawing drawing;
  drawing.pictures = {{tiny_jpeg(), 7, {}},
                      {Media{"", Media::Form::Url, share("https://replicate.delivery/x")}, {}, {}}};
  CHECK(write_drawing(drawing, kStamp) ==
        R"({"created":1795219200,"data":[{"b64_json":"/9j/","seed":7}],"output_format":"jpeg"})");
  Embeddings embeddings;
  embeddings.vectors = {{0.5F, -1.0F, 0.25F}};
  CHECK(write_embeddings(embeddings, kStamp, true).find(R"("embedding":"AAAAPwAAgL8AAIA+")") !=
        std::string::npos);
  CHECK(write_embeddings(embeddings, kStamp, false).find(R"("embedding":[0.5,-1,0.25])") !=
        std::string::npos);
  const std::string models = write_models(Catalogue::built_in().models(), "2026-11-21");
  const Result<Json> tree = parse_json(models);
  REQUIRE(tree.has_value());
  CHECK(items_at(*tree, "data").size() == Catalogue::built_in().models().size());
  CHECK(
      models.find(
          R"("id":"gemini/gemini-3.5-flash-lite","object":"model","created":0,"owned_by":"gemini","name":"gemini-3.5-flash-lite","abilities":["text","vision","audio"])") !=
      std::string::npos);
}
