// The Files API: a resumable upload in two steps, then a file with a state.
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/core/digest.hpp"
#include "tests/emulator/providers/gemini.hpp"

namespace vignette::emulator {
namespace {

Json file_json(const Call& call, const std::string& id, const Stored& stored) {
  return {{"name", "files/" + id},
          {"mimeType", stored.mime},
          {"sizeBytes", std::to_string(stored.bytes.size())},
          {"createTime", wall_iso()},
          {"expirationTime", format_iso8601(wall_ms() + 48 * 3'600'000)},
          {"sha256Hash", sha256(stored.bytes)},
          {"uri", call.base() + "/v1beta/files/" + id},
          {"state", "ACTIVE"}};
}

}  // namespace

Answer gemini_files(Call& call, World& world) {
  std::string id;
  if (is(call, "POST", "/upload/v1beta/files")) {
    if (const std::string upload = call.param("upload_id"); !upload.empty()) {
      auto stored = world.shelf.get("gemini:" + upload);
      if (!stored) return refuse_gemini({404, "Upload not found."});
      stored->bytes += call.body;
      world.shelf.put_at("gemini:" + upload, *stored);
      const bool final = call.header("x-goog-upload-command").find("finalize") != std::string::npos;
      Answer out = final ? json_answer({{"file", file_json(call, upload, *stored)}}) : empty_answer(200);
      out.headers.emplace_back("x-goog-upload-status", final ? "final" : "active");
      return out;
    }
    if (call.header("x-goog-upload-protocol") != "resumable" ||
        call.header("x-goog-upload-command") != "start")
      return refuse_gemini({400, "Only resumable uploads are served here."});
    id = new_id(12);
    world.shelf.put_at("gemini:" + id, {"", call.header("x-goog-upload-header-content-type")});
    Answer out = empty_answer(200);
    out.headers.emplace_back("x-goog-upload-url", call.base() + "/upload/v1beta/files?upload_id=" + id);
    out.headers.emplace_back("x-goog-upload-status", "active");
    return out;
  }
  if (is(call, "GET", "/v1beta/files/*", &id)) {
    const auto stored = world.shelf.get("gemini:" + id);
    return stored ? json_answer(file_json(call, id, *stored))
                  : refuse_gemini({403, "You do not have permission to access the File " + id +
                                            " or it may not exist."});
  }
  if (is(call, "DELETE", "/v1beta/files/*", &id))
    return world.shelf.remove("gemini:" + id) ? json_answer(Json::object())
                                              : refuse_gemini({403, "The File does not exist."});
  return refuse_gemini({404, "Requested entity was not found."});
}

}  // namespace vignette::emulator
