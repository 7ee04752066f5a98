// What a client of the relay may send: every request reader, and every builder behind it, on any bytes. What
// is built must have the length it claims.
#include <cstdint>
#include <cstdlib>

#include "shared/json/salvage.hpp"
#include "shared/provider/adapter.hpp"
#include "shared/provider/face_request.hpp"

namespace {

using namespace vignette;
using namespace vignette::provider;

void check(const Result<HttpCall>& call) {
  if (call && join(call->body).size() != size_of(call->body)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto& models = Catalogue::built_in().models();
  const Route& route = *models[data[0] % models.size()];
  (void)Catalogue::built_in().find(body.substr(0, 64));
  if (const auto chat = read_face_chat(body)) {
    const Result<HttpCall> call = chat_call(route, chat->request);
    check(call);
    // A JSON body must be JSON, whatever the texts in it were.
    if (call && route.model.family != Family::HfTask && !parse_json(join(call->body), {80, 2000, 400'000}))
      std::abort();
  }
  if (const auto draw = read_face_draw(body)) check(draw_call(route, draw->request));
  if (const auto embed = read_face_embed(body)) check(embed_call(route, embed->request));
  if (const auto speech = read_face_speech("multipart/form-data; boundary=b", body))
    check(speech_call(route, speech->request, "x"));
  (void)salvage_json(body);
  return 0;
}
