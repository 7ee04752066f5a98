#pragma once
#include <string>
#include <string_view>

#include "shared/json/read.hpp"
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/multipart.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// What an OpenAI client sends to the relay → our own requests. Fields we do not know are dropped, as such
// gateways do; fields we know must have the right type, and an Error names the one that has not.

struct FaceChat {
  std::string model;
  ChatRequest request;
};
struct FaceDraw {
  std::string model;
  DrawRequest request;
};
struct FaceSpeech {
  std::string model;
  SpeechRequest request;
  std::string response_format;  ///< "json", "text", "verbose_json", "srt", "vtt"
};
struct FaceEmbed {
  std::string model;
  EmbedRequest request;
  bool base64 = false;  ///< how the answer's numbers are to be written
};

Result<FaceChat> read_face_chat(std::string_view body);
Result<FaceDraw> read_face_draw(std::string_view body);
Result<FaceEmbed> read_face_embed(std::string_view body);
/// `body` must stay alive as long as the request: the recording is not copied. `owner`, when given, sees to
/// that.
Result<FaceSpeech> read_face_speech(std::string_view content_type, std::string_view body,
                                    std::shared_ptr<const void> owner = {});

}  // namespace vignette::provider
