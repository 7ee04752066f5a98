#include "wasm/worker/reply.hpp"

#include <array>
#include <emscripten/emscripten.h>
#include <nlohmann/json.hpp>

namespace vignette::worker {
namespace {

struct Reply {
  std::string json;
  std::array<Bytes, kReplyParts> parts;
};
Reply reply;

std::string text_of(const nlohmann::json& value) {
  // Bytes that are no UTF-8 must not end the worker: names come from strangers.
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int succeed(const nlohmann::json& value, Bytes first, Bytes second) {
  reply = {text_of(value), {std::move(first), std::move(second)}};
  return 1;
}

int fail(const Error& error) {
  reply = {text_of({{"code", name_of(error.code)}, {"message", error.message}, {"hint", error.hint}}), {}};
  return 0;
}

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* core_reply_json() { return reply.json.data(); }
EMSCRIPTEN_KEEPALIVE std::size_t core_reply_json_bytes() { return reply.json.size(); }
EMSCRIPTEN_KEEPALIVE const std::uint8_t* core_reply_part(std::size_t i) { return reply.parts[i].data(); }
EMSCRIPTEN_KEEPALIVE std::size_t core_reply_part_bytes(std::size_t i) { return reply.parts[i].size(); }
/// Gives the memory back; a 100 megapixel answer should not wait for the next call.
EMSCRIPTEN_KEEPALIVE void core_reply_clear() { reply = {}; }
}

}  // namespace vignette::worker
