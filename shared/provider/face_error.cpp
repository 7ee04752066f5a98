#include "shared/json/writer.hpp"
#include "shared/provider/face_reply.hpp"

namespace vignette::provider {

FaceError face_error(const ProviderError& error, bool quote) {
  FaceError out;
  using enum ErrorClass;
  switch (error.kind) {
    case RateLimit: out.status = 429, out.type = "rate_limit_error", out.code = "rate_limit_exceeded"; break;
    case Overloaded: out.status = 503, out.type = "overloaded", out.code = "overloaded"; break;
    // The client's own key (its code) is fine; it is the relay's account that is not.
    case BadKey:
    case NoPermission: out.status = 502, out.type = "upstream_error", out.code = "upstream_key"; break;
    case NoCredit: out.status = 502, out.type = "upstream_error", out.code = "upstream_credit"; break;
    case NotFound: out.status = 404, out.type = "not_found_error", out.code = "model_not_found"; break;
    case Retired: out.status = 404, out.type = "not_found_error", out.code = "model_retired"; break;
    case Refused: out.status = 400, out.type = "invalid_request_error", out.code = "content_filter"; break;
    case TooLarge:
      out.status = 413, out.type = "invalid_request_error", out.code = "request_too_large";
      break;
    case Invalid: out.status = 400, out.type = "invalid_request_error", out.code = "invalid_request"; break;
    case Timeout: out.status = 504, out.type = "timeout", out.code = "timeout"; break;
    case Server:
    case Unknown: out.status = 502, out.type = "upstream_error", out.code = "upstream_error"; break;
  }
  out.message = sentence_for(error.kind);
  if (quote && !error.message.empty() && error.message != out.message) {
    out.message += " It said: " + error.message;
  } else {
    out.message += std::string(" ") + hint_for(error.kind);
  }
  if (error.retryable) out.retry_after_ms = error.retry_after_ms;
  out.request_id = error.request_id;
  return out;
}

FaceError face_error(const Error& error) {
  FaceError out;
  out.message = error.message + (error.hint.empty() ? "" : " " + error.hint);
  out.type = "invalid_request_error";
  switch (error.code) {
    case ErrorCode::TooLarge: out.status = 413, out.code = "request_too_large"; break;
    case ErrorCode::NotFound:
      out.status = 404, out.type = "not_found_error", out.code = "model_not_found";
      break;
    case ErrorCode::Unsupported: out.status = 400, out.code = "unsupported"; break;
    case ErrorCode::Internal: out.status = 500, out.type = "server_error", out.code = "internal"; break;
    default: out.status = 400, out.code = "invalid_request"; break;
  }
  return out;
}

std::string write_error(const FaceError& error) {
  JsonWriter json;
  json.open_object().key("error").open_object();
  json.field("message", error.message)
      .field("type", error.type)
      .key("param")
      .null()
      .field("code", error.code);
  json.key("retry_after_ms");
  if (error.retry_after_ms) {
    json.integer(*error.retry_after_ms);
  } else {
    json.null();
  }
  json.field("request_id", error.request_id).close_object().close_object();
  return json.take();
}

}  // namespace vignette::provider
