// Every reply reader of every family, and the error reader, on any status and body.
#include <cstdint>

#include "shared/provider/adapter.hpp"
#include "shared/provider/face_reply.hpp"
#include "shared/provider/listing.hpp"

namespace {

using namespace vignette::provider;

const std::vector<Route>& routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> out;
    for (const char* name :
         {"openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite", "anthropic/claude-haiku-5-5",
          "ollama/gemma3:4b", "replicate/salesforce/blip", "nvidia/nvidia/vila", "hf/openai/whisper-large-v3",
          "sdwebui/txt2img", "whispercpp/whisper", "dam/describe_anything_model"}) {
      out.push_back(*Catalogue::built_in().find(name));
    }
    out.push_back(out.front());
    out.back().model.family = Family::Responses;
    return out;
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const Route& route = routes()[data[0] % routes().size()];
  constexpr int statuses[] = {200, 200, 200, 202, 302, 400, 401, 404, 429, 500, 503};
  HttpReply reply;
  reply.status = statuses[data[1] % std::size(statuses)];
  const std::string_view body(reinterpret_cast<const char*>(data + 3), size - 3);
  // Some of the bytes serve as the headers that are parsed.
  const std::string_view value = body.substr(0, data[2]);
  reply.headers = {{"Retry-After", std::string(value)},
                   {"nvcf-reqid", std::string(value)},
                   {"x-request-id", std::string(value)},
                   {"x-ratelimit-reset-tokens", std::string(value)}};
  reply.body = body;
  const FaceStamp stamp = {"id", 1, "m"};
  const Reply<Answer> answer = read_chat(route, reply, 1);
  if (const auto* read = std::get_if<Answer>(&answer)) write_completion(*read, stamp);
  if (const auto* error = std::get_if<ProviderError>(&answer)) write_error(face_error(*error, true));
  const Reply<Transcript> speech = read_speech(route, reply, 1);
  if (const auto* read = std::get_if<Transcript>(&speech)) write_transcript(*read, "vtt");
  const Reply<Drawing> drawing = read_drawing(route, reply, 1);
  if (const auto* read = std::get_if<Drawing>(&drawing)) write_drawing(*read, stamp);
  const Reply<Embeddings> vectors = read_embeddings(route, reply, 1);
  if (const auto* read = std::get_if<Embeddings>(&vectors)) write_embeddings(*read, stamp, true);
  (void)read_list(route.provider, reply, 1);
  (void)read_fetched(reply, 1);
  (void)fetch_call(route, body);
  read_error(reply, 1);
  return 0;
}
