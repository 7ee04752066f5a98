// Every dialect's stream reader on any bytes: nothing crashes, and where the bytes are cut changes nothing.
#include <cstdint>
#include <cstdlib>

#include "shared/provider/answer_stream.hpp"
#include "shared/provider/catalogue.hpp"
#include "shared/provider/face_reply.hpp"

namespace {

using namespace vignette::provider;

const std::vector<Route>& routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> out;
    for (const char* name : {"openai/gpt-6-luna", "gemini/gemini-3.5-flash-lite",
                             "anthropic/claude-haiku-5-5", "ollama/gemma3:4b", "replicate/salesforce/blip"}) {
      out.push_back(*Catalogue::built_in().find(name));
    }
    out.push_back(out.front());
    out.back().model.family = Family::Responses;
    out.push_back(out.front());
    out.back().model.thinking.opens_silently = true;
    return out;
  }();
  return all;
}

std::string heard(const Route& route, std::string_view bytes, std::size_t step) {
  AnswerStream stream(route);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += step) text += stream.feed(bytes.substr(at, step)).text;
  const StreamEnd end = stream.finish();
  write_stream_end(end, {"id", 1, "m"}, true);
  return text + end.rest + "|" + end.answer.text + "|" + end.answer.thinking;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Route& route = routes()[data[0] % routes().size()];
  const std::string_view bytes(reinterpret_cast<const char*>(data + 2), size - 2);
  const std::string whole = heard(route, bytes, bytes.size() + 1);
  if (heard(route, bytes, data[1] % 16U + 1) != whole) std::abort();
  return 0;
}
