#pragma once
#include <string>
#include <string_view>

#include "shared/provider/answer_stream.hpp"
#include "shared/provider/catalogue.hpp"
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// Answers of any provider in OpenAI's shape, for the relay.

/// What the relay knows and this library does not: there is no clock and no randomness here.
struct FaceStamp {
  std::string id;              ///< "chatcmpl-…"
  std::int64_t created_s = 0;  ///< seconds since 1970
  std::string model;           ///< as the client asked for it
};

std::string write_completion(const Answer& answer, const FaceStamp& stamp);
/// `response_format` as the client asked for it; srt and vtt are made from the segments.
std::string write_transcript(const Transcript& transcript, std::string_view response_format);
std::string transcript_content_type(std::string_view response_format);
/// Pictures that are still addresses are left out; fetch them first.
std::string write_drawing(const Drawing& drawing, const FaceStamp& stamp);
std::string write_embeddings(const Embeddings& embeddings, const FaceStamp& stamp, bool base64);
/// GET /v1/models: id, abilities, when it retires and what follows it. `routes` are those this caller may
/// use.
std::string write_models(const std::vector<std::shared_ptr<const Route>>& routes, std::string_view today);

// A streamed completion: begin, parts, end. Each is one or more whole events.
std::string write_stream_begin(const FaceStamp& stamp);
/// Empty when there is nothing to say.
std::string write_stream_part(const StreamPart& part, const FaceStamp& stamp);
/// The rest of the text, finish reason, usage if `usage` is wanted, [DONE]; or the error, and then no [DONE].
std::string write_stream_end(const StreamEnd& end, const FaceStamp& stamp, bool usage);

struct FaceError {
  int status = 500;
  std::string message;
  std::string type;
  std::string code;
  std::optional<std::int64_t> retry_after_ms;
  std::string request_id;
};
/// The provider's words are replaced by our own sentence unless `quote`: they may echo what nobody should
/// see.
FaceError face_error(const ProviderError& error, bool quote = false);
FaceError face_error(const Error& error);
std::string write_error(const FaceError& error);

}  // namespace vignette::provider
