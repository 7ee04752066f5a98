// What comes back over the wire, for every family.
#include <doctest/doctest.h>

#include "shared/provider/listing.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
Answer answer_of(const char* route, std::string_view body) {
  const Reply<Answer> reply = read_chat(route_to(route), reply_of(200, body));
  const Answer* answer = std::get_if<Answer>(&reply);
  REQUIRE(answer != nullptr);
  return *answer;
}
template <class T>
ProviderError error_of(const Reply<T>& reply) {
  const ProviderError* error = std::get_if<ProviderError>(&reply);
  REQUIRE(error != nullptr);
  return *error;
}
std::string openai(const char* content) {
  return std::string(R"({"choices":[{"message":{"role":"assistant")") + content +
         R"(},"finish_reason":"stop"}]})";
}
}  // namespace

TEST_CASE("content may be text, null, absent or a list") {
  const auto text = [](const char* content) { return answer_of("openai/gpt-6-luna", openai(content)).text; };
  CHECK(text(R"(,"content":"x")") == "x");
  CHECK(text(R"(,"content":null)") == "");
  CHECK(text("") == "");
  CHECK(text(R"(,"content":[{"type":"text","text":"x"}])") == "x");
  CHECK(text(R"(,"content":[{"type":"output_text","text":"x"}])") == "x");
}

TEST_CASE("OpenAI: text, usage, thoughts apart, refusals as such") {
  const Answer answer = answer_of(
      "groq/qwen/qwen3.6-27b",
      R"({"id":"c1","model":"m","choices":[{"message":{"content":"<think>a</think>\n\nA cat.","reasoning":"hm"},"finish_reason":"length"}],)"
      R"("usage":{"prompt_tokens":1105,"completion_tokens":38,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":7}}})");
  CHECK(answer.text == "A cat.");
  CHECK(answer.thinking == "hm\na");
  CHECK(answer.finish == Finish::Length);
  CHECK(answer.usage.input == 1105);
  CHECK(answer.usage.thinking == 7);
  CHECK(answer.usage.cached == 5);
  const Answer refused = answer_of("openai/gpt-6-luna", openai(R"(,"content":null,"refusal":"I can't.")"));
  CHECK(refused.finish == Finish::Refused);
  CHECK(refused.finish_detail == "I can't.");
}

TEST_CASE("Gemini: thoughts apart, filters as such, thinking counted as output") {
  const Answer answer = answer_of(
      "gemini/gemini-3.5-flash-lite",
      R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":"A "},{"text":"cat."}]},"finishReason":"STOP"}],)"
      R"("usageMetadata":{"promptTokenCount":1102,"candidatesTokenCount":38,"thoughtsTokenCount":120},"modelVersion":"v","responseId":"r"})");
  CHECK(answer.text == "A cat.");
  CHECK(answer.thinking == "hm");
  CHECK(answer.usage.output == 158);
  CHECK(answer.id == "r");
  const Answer blocked = answer_of("gemini/gemini-3.5-flash-lite",
                                   R"({"candidates":[],"promptFeedback":{"blockReason":"SAFETY"}})");
  CHECK(blocked.finish == Finish::Filtered);
  CHECK(
      answer_of("gemini/gemini-3.5-flash-lite", R"({"candidates":[{"finishReason":"MAX_TOKENS"}]})").finish ==
      Finish::Length);
  CHECK(
      answer_of("gemini/gemini-3.5-flash-lite", R"({"candidates":[{"finishReason":"RECITATION"}]})").finish ==
      Finish::Filtered);
  CHECK(
      answer_of("gemini/gemini-3.5-flash-lite", R"({"candidates":[{"finishReason":"NEW_REASON"}]})").finish ==
      Finish::Unknown);
}

TEST_CASE("Anthropic: blocks, refusal with its explanation") {
  const Answer answer = answer_of(
      "anthropic/claude-haiku-5-5",
      R"({"id":"msg_1","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"A cat."}],"stop_reason":"end_turn","usage":{"input_tokens":1600,"output_tokens":40}})");
  CHECK(answer.text == "A cat.");
  CHECK(answer.thinking == "hm");
  CHECK(answer.finish == Finish::Stop);
  CHECK(answer_of("anthropic/claude-haiku-5-5",
                  R"({"content":[],"stop_reason":"refusal","stop_details":{"explanation":"No."}})")
            .finish_detail == "No.");
}

TEST_CASE("Ollama, BLIP, WebUI, Describe Anything: each says its caption its own way") {
  CHECK(
      answer_of(
          "ollama/gemma3:4b",
          R"({"message":{"content":"A cat.","thinking":"hm"},"done":true,"done_reason":"stop","prompt_eval_count":280,"eval_count":38})")
          .usage.input == 280);
  CHECK(answer_of("hf/Salesforce/blip-image-captioning-large", R"([{"generated_text":"a dog on grass"}])")
            .text == "a dog on grass");
  CHECK(answer_of("hf/Salesforce/blip-image-captioning-large", R"({"generated_text":"a dog"})").text ==
        "a dog");
  CHECK(answer_of("sdwebui/interrogate-clip", R"({"caption":"a dog"})").text == "a dog");
  CHECK(answer_of("dam/describe_anything_model",
                  R"({"created":1795219200.12,"choices":[{"message":{"content":"A leg."}}]})")
            .finish == Finish::Stop);
}

TEST_CASE("Kosmos-2 also says where things are") {
  const Answer answer = answer_of(
      "nvidia/microsoft/kosmos-2",
      R"({"choices":[{"message":{"content":"A cat.","entities":[{"phrase":"A cat","bboxes":[[0.1,0.2,0.5,0.6],[1]]}]},"finish_reason":"stop"}]})");
  REQUIRE(answer.groundings.size() == 1);
  CHECK(answer.groundings[0].phrase == "A cat");
  CHECK(answer.groundings[0].box[3] == 0.6);
}

TEST_CASE("NVIDIA's 202 is asked again at its own address") {
  const Route route = route_to("nvidia/nvidia/vila");
  const Reply<Answer> reply = read_chat(route, reply_of(202, "", {{"NVCF-REQID", "1f2e-3d"}}));
  REQUIRE(std::holds_alternative<Pending>(reply));
  CHECK(url_of(route, std::get<Pending>(reply).poll) ==
        "https://api.nvcf.nvidia.com/v2/nvcf/pexec/status/1f2e-3d");
  CHECK(std::holds_alternative<ProviderError>(read_chat(route, reply_of(202, "", {{"NVCF-REQID", "../x"}}))));
}

TEST_CASE("Replicate: pending, done, failed; the poll's address is never taken from the answer") {
  const Route flux = route_to("replicate/black-forest-labs/flux-schnell");
  const auto read = [&](const char* body) { return read_drawing(flux, reply_of(201, body)); };
  const Reply<Drawing> pending =
      read(R"({"id":"ufaw","status":"processing","urls":{"get":"https://evil.example/"}})");
  REQUIRE(std::holds_alternative<Pending>(pending));
  CHECK(url_of(flux, std::get<Pending>(pending).poll) == "https://api.replicate.com/v1/predictions/ufaw");
  CHECK(std::get<Pending>(pending).poll.auth.name == "Authorization");
  CHECK(std::get<Pending>(pending).cancel->path == "/predictions/ufaw/cancel");
  CHECK(std::holds_alternative<ProviderError>(read(R"({"id":"../../x","status":"starting"})")));
  const Reply<Drawing> done =
      read(R"({"id":"u","status":"succeeded","output":["https://replicate.delivery/a/out-0.png"]})");
  REQUIRE(std::holds_alternative<Drawing>(done));
  CHECK(std::get<Drawing>(done).pictures[0].picture.data.text == "https://replicate.delivery/a/out-0.png");
  CHECK(error_of(read(R"({"id":"u","status":"failed","error":"NSFW content detected"})")).kind ==
        ErrorClass::Refused);
  CHECK(error_of(read(R"({"id":"u","status":"canceled"})")).code == "canceled");
  CHECK(answer_of("replicate/salesforce/blip", R"({"id":"u","status":"succeeded","output":["A"," cat","."]})")
            .text == "A cat.");
  CHECK(answer_of("replicate/salesforce/blip", R"({"id":"u","status":"succeeded","output":"Caption: a cat"})")
            .text == "a cat");
}

TEST_CASE("drawn pictures arrive as base64, as bytes, or not at all") {
  const auto first = [](const Reply<Drawing>& reply) {
    const Drawing* drawing = std::get_if<Drawing>(&reply);
    return drawing != nullptr && !drawing->pictures.empty()
               ? drawing->pictures[0].picture.mime + " " +
                     std::to_string(raw_size(drawing->pictures[0].picture))
               : "none";
  };
  CHECK(first(read_drawing(route_to("openai/gpt-image-2"),
                           reply_of(200, R"({"data":[{"b64_json":"/9j/"}],"output_format":"jpeg"})"))) ==
        "image/jpeg 3");
  CHECK(
      first(read_drawing(
          route_to("gemini/gemini-3.1-flash-image"),
          reply_of(
              200,
              R"({"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"},"thought":true},{"inlineData":{"mimeType":"image/png","data":"/9j/"}}]}}]})"))) ==
      "image/png 3");
  CHECK(first(read_drawing(
            route_to("nvidia/black-forest-labs/flux.1-schnell"),
            reply_of(200, R"({"artifacts":[{"base64":"/9j/","finishReason":"SUCCESS","seed":7}]})"))) ==
        "image/jpeg 3");
  CHECK(first(read_drawing(route_to("sdwebui/txt2img"),
                           reply_of(200, R"({"images":["/9j/"],"info":"{\"seed\":7}"})"))) == "image/png 3");
  CHECK(first(read_drawing(route_to("hf/black-forest-labs/FLUX.1-schnell"),
                           reply_of(200, "\xFF\xD8\xFF\xE0"))) == "image/jpeg 4");
  CHECK(
      error_of(read_drawing(route_to("hf/black-forest-labs/FLUX.1-schnell"), reply_of(200, "<html>"))).kind ==
      ErrorClass::Unknown);
  CHECK(error_of(
            read_drawing(route_to("nvidia/black-forest-labs/flux.1-schnell"),
                         reply_of(200, R"({"artifacts":[{"base64":"","finishReason":"CONTENT_FILTERED"}]})")))
            .kind == ErrorClass::Refused);
  CHECK(error_of(read_drawing(route_to("gemini/gemini-3.1-flash-image"),
                              reply_of(200, R"({"candidates":[{"finishReason":"IMAGE_SAFETY"}]})")))
            .kind == ErrorClass::Refused);
}

TEST_CASE("a fetched file is believed by its bytes, and a redirect is not followed") {
  CHECK(std::get<Media>(read_fetched(reply_of(200, "\x89PNG\r\n\x1a\n....", {{"content-type", "text/html"}})))
            .mime == "image/png");
  CHECK(std::holds_alternative<ProviderError>(read_fetched(reply_of(200, "<html>"))));
  CHECK(std::holds_alternative<ProviderError>(
      read_fetched(reply_of(302, "", {{"location", "http://169.254.169.254/"}}))));
}

TEST_CASE("speech arrives as JSON with or without segments, or as plain text") {
  const auto heard = [](const char* route, const char* body) {
    const Reply<Transcript> reply = read_speech(route_to(route), reply_of(200, body));
    REQUIRE(std::holds_alternative<Transcript>(reply));
    return std::get<Transcript>(reply);
  };
  CHECK(heard("whispercpp/whisper", R"({"text":" A red chair.\n"})").text == "A red chair.");
  CHECK(heard("whispercpp/whisper", "A red chair.\n").text == "A red chair.");
  const Transcript verbose = heard(
      "groq/whisper-large-v3",
      R"({"language":"english","duration":3.2,"text":"A","segments":[{"id":0,"start":0.0,"end":3.2,"text":"A"}],"x_groq":{"id":"r"}})");
  CHECK(verbose.segments.size() == 1);
  CHECK(verbose.usage.seconds == 3.2);
  CHECK(heard("openai/gpt-transcribe", R"({"text":"A","usage":{"type":"duration","seconds":3}})")
            .usage.seconds == 3);
  CHECK(heard("hf/openai/whisper-large-v3", R"({"text":"A","chunks":[{"text":"A","timestamp":[0.0,null]}]})")
            .segments.size() == 1);
  CHECK(heard("gemini/gemini-3.5-flash-lite",
              R"({"candidates":[{"content":{"parts":[{"text":"A red chair."}]},"finishReason":"STOP"}]})")
            .text == "A red chair.");
  CHECK(error_of(read_speech(route_to("whispercpp/whisper"),
                             reply_of(400, R"({"error":"no 'file' field in the request"})")))
            .kind == ErrorClass::Invalid);
}

TEST_CASE("vectors arrive in order and with length 1, from all shapes of lists") {
  const auto vectors = [](const char* route, const char* body) {
    const Reply<Embeddings> reply = read_embeddings(route_to(route), reply_of(200, body));
    return std::holds_alternative<Embeddings>(reply) ? std::get<Embeddings>(reply).vectors
                                                     : std::vector<std::vector<float>>{};
  };
  const std::vector<std::vector<float>> expected = {{0.6F, 0.8F}, {1, 0}};
  CHECK(vectors("openai/text-embedding-3-small",
                R"({"data":[{"index":1,"embedding":[2,0]},{"index":0,"embedding":[3,4]}]})") == expected);
  CHECK(vectors("gemini/gemini-embedding-001", R"({"embeddings":[{"values":[3,4]},{"values":[2,0]}]})") ==
        expected);
  CHECK(vectors("ollama/all-minilm", R"({"embeddings":[[3,4],[2,0]]})") == expected);
  CHECK(vectors("hf/sentence-transformers/all-MiniLM-L6-v2", "[[3,4],[2,0]]") == expected);
  CHECK(vectors("hf/sentence-transformers/all-MiniLM-L6-v2", "[[[3,0],[0,4]],[[1,0],[1,0]]]") == expected);
  CHECK(vectors("hf/sentence-transformers/all-MiniLM-L6-v2", "[3,4]") ==
        std::vector<std::vector<float>>{{0.6F, 0.8F}});
  CHECK(
      vectors("openai/text-embedding-3-small", R"({"data":[{"index":0,"embedding":"AAAAPwAAgL8AAIA+"}]})")[0]
          .size() == 3);
  CHECK(vectors("openai/text-embedding-3-small", R"({"data":[{"index":5,"embedding":[1]}]})").empty());
  CHECK(vectors("openai/text-embedding-3-small", R"({"data":[]})").empty());
}

TEST_CASE("lists of models in all their shapes") {
  const auto list = [](const char* body) {
    const auto reply = read_list(Provider{}, reply_of(200, body));
    return std::holds_alternative<std::vector<ListedModel>>(reply) ? std::get<std::vector<ListedModel>>(reply)
                                                                   : std::vector<ListedModel>{};
  };
  CHECK(list(R"({"data":[{"id":"gpt-6-luna","shutdown_date":"2027-01-14"}]})")[0].retires == "2027-01-14");
  CHECK(list(R"([{"id":"a","type":"chat"},{"id":"b"}])").size() == 2);
  CHECK(list(R"({"models":[{"name":"models/gemini-3.5-flash","displayName":"Flash"}]})")[0].id ==
        "gemini-3.5-flash");
  CHECK(list(R"({"models":[{"name":"gemma3:4b","model":"gemma3:4b"}]})")[0].id == "gemma3:4b");
  CHECK(list(R"({"data":[{"id":"x","architecture":{"input_modalities":["text","image"]}}]})")[0].vision ==
        true);
  CHECK(
      list(R"({"data":[{"id":"x","lifecycle":"retired","retires_at":"2026-11-30T00:00:00Z"}]})")[0].retired);
  CHECK(list(R"({"data":"x"})").empty());
}
