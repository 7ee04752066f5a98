// What goes over the wire, byte for byte, for every family.
#include <doctest/doctest.h>

#include "shared/provider/listing.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
std::string header(const Result<HttpCall>& call, std::string_view name) {
  if (!call) return "no call";
  for (const Header& each : call->headers) {
    if (each.name == name) return each.value;
  }
  return "";
}
Media rgba_png() {
  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H',
               'D',  'R', 0,   0,   0,    1,    0,    0,    0, 1, 8, 6,  0};
  return raw_media("image/png", png);
}
ChatRequest captioned(Media media) {
  ChatRequest request = describe(std::move(media));
  request.messages.insert(request.messages.begin(),
                          Message{Role::System, {text_part("You write captions.")}});
  return request;
}
}  // namespace

TEST_CASE("OpenAI: small fields first, the picture last, the key named but absent") {
  ChatRequest request = captioned(tiny_jpeg());
  request.params.max_tokens = 200;
  request.params.effort = Effort::Off;
  request.stream = true;
  request.json = JsonFormat{"caption", R"({"type":"object"})", true};
  const Result<HttpCall> call = chat_call(route_to("openai/gpt-6-luna"), request);
  CHECK(
      body_of(call) ==
      R"({"model":"gpt-6-luna","max_completion_tokens":200,"reasoning_effort":"none","stream":true,"stream_options":{"include_usage":true},)"
      R"("response_format":{"type":"json_schema","json_schema":{"name":"caption","strict":true,"schema":{"type":"object"}}},)"
      R"("messages":[{"role":"developer","content":"You write captions."},{"role":"user","content":[{"type":"text","text":"Describe."},)"
      R"({"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/"}}]}]})");
  CHECK(url_of(route_to("openai/gpt-6-luna"), *call) == "https://api.openai.com/v1/chat/completions");
  CHECK(call->auth.name == "Authorization");
  CHECK(call->auth.prefix == "Bearer ");
  CHECK(call->streams);
}

TEST_CASE("OpenRouter is asked not to let anybody keep the data") {
  CHECK(body_of(chat_call(route_to("openrouter/google/gemma"), describe(tiny_jpeg())))
            .find(R"("provider":{"data_collection":"deny"})") != std::string::npos);
}

TEST_CASE("Mistral takes the address of a picture as plain text") {
  CHECK(body_of(chat_call(route_to("mistral/m"), describe(tiny_jpeg())))
            .find(R"("image_url":"data:image/jpeg;base64,/9j/")") != std::string::npos);
}

TEST_CASE("Gemini: system apart, picture inline, path with the verb") {
  ChatRequest request = captioned(tiny_jpeg());
  request.params.temperature = 0.4;
  request.params.max_tokens = 2048;
  request.json = JsonFormat{"caption", R"({"type":"object"})", false};
  const Route route = route_to("gemini/gemini-3.5-flash-lite");
  const Result<HttpCall> call = chat_call(route, request);
  CHECK(
      body_of(call) ==
      R"({"systemInstruction":{"parts":[{"text":"You write captions."}]},"generationConfig":{"maxOutputTokens":2048,"temperature":0.4,)"
      R"("responseMimeType":"application/json","responseJsonSchema":{"type":"object"}},)"
      R"("contents":[{"role":"user","parts":[{"text":"Describe."},{"inlineData":{"mimeType":"image/jpeg","data":"/9j/"}}]}]})");
  CHECK(url_of(route, *call) ==
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash-lite:generateContent");
  CHECK(call->auth.name == "x-goog-api-key");
  CHECK(call->auth.prefix == "");
  request.stream = true;
  CHECK(url_of(route, *chat_call(route, request)).ends_with(":streamGenerateContent?alt=sse"));
}

TEST_CASE("Anthropic: max_tokens always, picture first, version by the model") {
  const Result<HttpCall> call = chat_call(route_to("anthropic/claude-haiku-5-5"), captioned(tiny_jpeg()));
  CHECK(
      body_of(call) ==
      R"({"model":"claude-haiku-5-5","max_tokens":1024,"system":"You write captions.","messages":[{"role":"user","content":[)"
      R"({"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/"}},{"type":"text","text":"Describe."}]}]})");
  CHECK(header(call, "anthropic-version") == "2026-10-21");
  CHECK(header(chat_call(route_to("anthropic/claude-haiku-4-5"), describe(tiny_jpeg())),
               "anthropic-version") == "2023-06-01");
}

TEST_CASE("Ollama: bare base64 and room in the context for the picture") {
  ChatRequest request = captioned(tiny_jpeg());
  request.params.max_tokens = 200;
  CHECK(
      body_of(chat_call(route_to("ollama/gemma3:4b"), request)) ==
      R"({"model":"gemma3:4b","stream":false,"options":{"num_predict":200,"num_ctx":5120},"messages":[{"role":"system","content":"You write captions."},)"
      R"({"role":"user","content":"Describe.","images":["/9j/"]}]})");
}

TEST_CASE("NVIDIA's older models read the picture as a tag in the text; Kosmos-2 is not told its name") {
  ChatRequest request = describe(raw_media("image/png", {0xFF, 0xD8, 0xFF}));
  request.params.max_tokens = 100;
  request.params.temperature = 0.2;
  const Route vila = route_to("nvidia/nvidia/vila");
  CHECK(
      body_of(chat_call(vila, request)) ==
      R"({"model":"nvidia/vila","max_tokens":100,"temperature":0.2,"messages":[{"role":"user","content":"Describe. <img src=\"data:image/png;base64,/9j/\" />"}]})");
  CHECK(url_of(vila, *chat_call(vila, request)) == "https://ai.api.nvidia.com/v1/vlm/nvidia/vila");
  const Route kosmos = route_to("nvidia/microsoft/kosmos-2");
  CHECK(body_of(chat_call(kosmos, request)).find("\"model\"") == std::string::npos);
  CHECK(url_of(kosmos, *chat_call(kosmos, request)) == "https://ai.api.nvidia.com/v1/vlm/microsoft/kosmos-2");
  CHECK(url_of(route_to("nvidia/meta/llama-3.2-90b-vision-instruct"),
               *chat_call(route_to("nvidia/meta/llama-3.2-90b-vision-instruct"), request)) ==
        "https://ai.api.nvidia.com/v1/gr/meta/llama-3.2-90b-vision-instruct/chat/completions");
}

TEST_CASE("Hugging Face tasks: the bytes are the body") {
  const Route blip = route_to("hf/Salesforce/blip-image-captioning-large");
  const Result<HttpCall> call =
      chat_call(blip, describe(*media_from_url(share("data:image/jpeg;base64,/9j/"))));
  CHECK(body_of(call) == "\xFF\xD8\xFF");
  CHECK(header(call, "Content-Type") == "image/jpeg");
  CHECK(url_of(blip, *call) ==
        "https://router.huggingface.co/hf-inference/models/Salesforce/blip-image-captioning-large");
  CHECK(body_of(draw_call(route_to("hf/black-forest-labs/FLUX.1-schnell"),
                          {.prompt = "a chair", .width = 1024, .height = 768, .seed = 7})) ==
        R"({"inputs":"a chair","parameters":{"width":1024,"height":768,"seed":7}})");
  CHECK(body_of(embed_call(route_to("hf/sentence-transformers/all-MiniLM-L6-v2"),
                           {.inputs = {text_part("a"), text_part("b")}})) ==
        R"({"normalize":true,"truncate":true,"inputs":["a","b"]})");
  CHECK(body_of(speech_call(route_to("hf/openai/whisper-large-v3"), {.audio = raw_media("audio/wav", {'R'})},
                            "b")) == "R");
}

TEST_CASE("Replicate: official models by address, community models by version") {
  const Route flux = route_to("replicate/black-forest-labs/flux-schnell");
  const Result<HttpCall> call = draw_call(
      flux,
      {.prompt = "a drawing studio", .n = 2, .width = 1500, .height = 1000, .seed = 7, .format = "jpeg"});
  CHECK(
      body_of(call) ==
      R"({"input":{"prompt":"a drawing studio","aspect_ratio":"3:2","num_outputs":2,"seed":7,"output_format":"jpg"}})");
  CHECK(url_of(flux, *call) ==
        "https://api.replicate.com/v1/models/black-forest-labs/flux-schnell/predictions");
  CHECK(header(call, "Prefer") == "wait");
  const Result<HttpCall> blip = chat_call(route_to("replicate/salesforce/blip"), describe(tiny_jpeg()));
  CHECK(
      body_of(blip) ==
      R"({"version":"2e1dddc8621f72155f24cf2e0adbde548458d3cab9f00c0139eea840d0ac4746","input":{"task":"image_captioning","image":"data:image/jpeg;base64,/9j/"}})");
  CHECK(blip->path == "/predictions");
}

TEST_CASE("Describe Anything: one text, one masked PNG, nothing else") {
  const Route dam = route_to("dam/describe_anything_model");
  ChatRequest request = captioned(rgba_png());
  request.messages[1].parts[0].text = "<image>Describe the masked region.";
  request.params.temperature = 0.2;
  const std::string body = body_of(chat_call(dam, request));
  CHECK(body.starts_with(
      R"({"model":"describe_anything_model","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo)"));
  CHECK(body.ends_with(R"({"type":"text","text":"\nYou write captions.\nDescribe the masked region."}]}]})"));
  CHECK(url_of(dam, *chat_call(dam, request)) == "http://127.0.0.1:8000/chat/completions");
  CHECK_FALSE(chat_call(dam, describe(tiny_jpeg())).has_value());
  CHECK_FALSE(chat_call(dam, describe(raw_media("image/png", {0x89, 'P'}))).has_value());
}

TEST_CASE("transcription: the form of OpenAI's, and whisper.cpp's without a model and without empty fields") {
  SpeechRequest request{
      .audio = raw_media("audio/wav", {'R', 'I', 'F', 'F'}), .file_name = "take.wav", .timestamps = true};
  const Result<HttpCall> groq =
      speech_call(route_to("groq/whisper-large-v3-turbo"), request, "----studio7f3a");
  const std::string body = body_of(groq);
  CHECK(body.find("name=\"model\"\r\n\r\nwhisper-large-v3-turbo\r\n") != std::string::npos);
  CHECK(body.find("name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n") != std::string::npos);
  CHECK(header(groq, "Content-Type") == "multipart/form-data; boundary=----studio7f3a");
  CHECK(groq->path == "/audio/transcriptions");
  request.timestamps = false;
  const Result<HttpCall> local = speech_call(route_to("whispercpp/whisper"), request, "b");
  CHECK(local->path == "/inference");
  CHECK(body_of(local) ==
        "--b\r\nContent-Disposition: form-data; name=\"response_format\"\r\n\r\njson\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"take.wav\"\r\nContent-Type: "
        "audio/wav\r\n\r\nRIFF\r\n--b--\r\n");
  request.audio.mime = "audio/webm";
  CHECK_FALSE(speech_call(route_to("whispercpp/whisper"), request, "b").has_value());
  CHECK_FALSE(speech_call(route_to("gemini/gemini-3.5-flash-lite"), request, "b").has_value());
  CHECK_FALSE(speech_call(route_to("openai/gpt-6-luna"), request, "b").has_value());
}

TEST_CASE("drawing: each provider's own words for a size") {
  const DrawRequest request{.prompt = "a chair", .width = 1536, .height = 1024, .steps = 4};
  CHECK(body_of(draw_call(route_to("openai/gpt-image-2"), request)) ==
        R"({"model":"gpt-image-2","prompt":"a chair","size":"1536x1024"})");
  CHECK(
      body_of(draw_call(route_to("together/black-forest-labs/FLUX.1-schnell"), request)) ==
      R"({"model":"black-forest-labs/FLUX.1-schnell","prompt":"a chair","width":1536,"height":1024,"steps":4,"response_format":"base64"})");
  CHECK(
      body_of(draw_call(route_to("gemini/gemini-3.1-flash-image"), request)) ==
      R"({"generationConfig":{"responseModalities":["IMAGE"],"imageConfig":{"aspectRatio":"3:2"}},"contents":[{"role":"user","parts":[{"text":"a chair"}]}]})");
  CHECK(body_of(draw_call(route_to("nvidia/black-forest-labs/flux.1-schnell"), request)) ==
        R"({"prompt":"a chair","cfg_scale":0,"width":1536,"height":1024,"steps":4})");
  CHECK(
      body_of(draw_call(route_to("sdwebui/txt2img"), request)) ==
      R"({"prompt":"a chair","steps":4,"width":1536,"height":1024,"send_images":true,"save_images":false})");
  CHECK_FALSE(draw_call(route_to("openai/gpt-6-luna"), request).has_value());
  CHECK_FALSE(draw_call(route_to("openai/gpt-image-2"), {}).has_value());
}

TEST_CASE("embedding: texts and pictures in each provider's form") {
  const EmbedRequest texts{.inputs = {text_part("a")}, .dimensions = 512};
  CHECK(body_of(embed_call(route_to("openai/text-embedding-3-small"), texts)) ==
        R"({"model":"text-embedding-3-small","encoding_format":"base64","dimensions":512,"input":["a"]})");
  CHECK(
      body_of(embed_call(route_to("gemini/gemini-embedding-001"), texts)) ==
      R"({"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_DOCUMENT","outputDimensionality":512}]})");
  CHECK(
      body_of(embed_call(route_to("nvidia/nvidia/llama-nemotron-embed-1b-v2"), texts)) ==
      R"({"model":"nvidia/llama-nemotron-embed-1b-v2","encoding_format":"float","input_type":"passage","truncate":"END","input":["a"]})");
  CHECK(body_of(embed_call(route_to("nvidia/nvidia/nvclip"),
                           {.inputs = {text_part("a"), image_part(tiny_jpeg())}})) ==
        R"({"model":"nvidia/nvclip","encoding_format":"float","input":["a","data:image/jpeg;base64,/9j/"]})");
  CHECK(body_of(embed_call(route_to("ollama/all-minilm"), texts)) ==
        R"({"model":"all-minilm","truncate":true,"dimensions":512,"input":["a"]})");
  CHECK_FALSE(embed_call(route_to("openai/text-embedding-3-small"), {.inputs = {image_part(tiny_jpeg())}})
                  .has_value());
}

TEST_CASE("a finished file is fetched only from a host on the list, and never with the key") {
  const Route flux = route_to("replicate/black-forest-labs/flux-schnell");
  CHECK(fetch_call(flux, "https://replicate.delivery/xyz/out-0.png")->auth.name.empty());
  CHECK(fetch_call(flux, "https://pbxt.replicate.delivery/out.png").has_value());
  for (const char* url :
       {"https://replicate.delivery.evil.example/x", "https://evil.example/replicate.delivery",
        "http://replicate.delivery/x", "https://user@replicate.delivery/x",
        "https://evilreplicate.delivery/x", "https://replicate.delivery:8443/x", "https://127.0.0.1/x",
        "https://replicate.delivery\\@evil.example/x", "https://.replicate.delivery@x/",
        "ftp://replicate.delivery/x", "", "https://replicate.delivery/\r\nX: y"}) {
    CAPTURE(url);
    CHECK_FALSE(fetch_call(flux, url).has_value());
  }
  CHECK_FALSE(fetch_call(route_to("openai/gpt-image-2"), "https://replicate.delivery/x").has_value());
}

TEST_CASE("lists of models are asked for where there are any") {
  CHECK(list_call(*Catalogue::built_in().provider("gemini"))->path == "/models?pageSize=1000");
  CHECK_FALSE(list_call(*Catalogue::built_in().provider("dam")).has_value());
}
