#include <chrono>

#include "relay/forward/desk.hpp"
#include "relay/log/access_line.hpp"
#include "shared/base/utf8.hpp"
#include "shared/provider/face_reply.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr std::size_t most_bearer = 1024;
constexpr std::size_t least_own_key = 16;

std::string_view bearer_of(const Request& request) {
  const std::string* field = request.field("Authorization");
  if (field == nullptr) return {};
  const std::string_view value = *field;
  if (value.size() < 8 || !same_field_name(value.substr(0, 7), "Bearer ")) return {};
  return trim(value.substr(7));
}

/// Access codes are three groups of four, session tokens begin with "r1.": neither is ever sent to a
/// provider.
bool may_be_provider_key(std::string_view bearer) {
  if (bearer.size() < least_own_key || bearer.starts_with("r1.")) return false;
  for (const char c : bearer) {
    if (c <= 0x20 || c >= 0x7F) return false;
  }
  return true;
}

Problem from_face(const provider::FaceError& face) {
  Problem problem{.status = face.status, .code = face.code, .message = face.message};
  if (face.retry_after_ms)
    problem.retry_after_s =
        static_cast<int>(std::min<std::int64_t>((*face.retry_after_ms + 999) / 1000, 3600));
  return problem;
}

}  // namespace

TimeMs wall_clock_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

std::string today() { return format_iso8601(wall_clock_ms()).substr(0, 10); }

net::awaitable<std::optional<Admitted>> admit(Desk& desk, Conversation& talk) {
  const std::string_view bearer = bearer_of(talk.request);
  if (bearer.empty() || bearer.size() > most_bearer) {
    co_await talk.refuse({.status = 401,
                          .code = "invalid_token",
                          .message = "Send your access code as a bearer: Authorization: Bearer CODE."});
    co_return std::nullopt;
  }
  const std::shared_ptr<Fleet> fleet = desk.fleet;
  auto found = co_await desk.accounts.identify(bearer, talk.peer());
  if (auto* caller = std::get_if<Caller>(&found)) {
    talk.exchange.more += ",\"code\":" + json_text(caller->code_id);
    if (!caller->session_id.empty()) talk.exchange.more += ",\"session\":" + json_text(caller->session_id);
    co_return Admitted(std::move(*caller), Secret(), fleet);
  }
  Problem& problem = std::get<Problem>(found);
  if (fleet->config().own_keys && problem.status == 401 && may_be_provider_key(bearer)) {
    static const auto no_terms = std::make_shared<const Terms>();
    talk.exchange.more += ",\"code\":\"own-key\"";
    co_return Admitted(Caller{.code_id = std::string(own_key_id), .session_id = {}, .terms = no_terms},
                       Secret(bearer), fleet);
  }
  desk.metrics.auth_failures += 1;
  co_await talk.refuse(problem);
  co_return std::nullopt;
}

Problem problem_of(const provider::ProviderError& error) {
  Problem problem = from_face(provider::face_error(error));
  if (error.kind == provider::ErrorClass::RateLimit) problem.code = "upstream_rate_limited";
  return problem;
}

Problem problem_of(const Error& error) { return from_face(provider::face_error(error)); }

Problem problem_of(Failure failure) {
  switch (failure) {
    case Failure::Unreachable:
    case Failure::Refused:
      return {.status = 502,
              .code = "upstream_error",
              .message = "The provider cannot be reached.",
              .retry_after_s = 5};
    case Failure::Late:
      return {.status = 504,
              .code = "upstream_timeout",
              .message = "The provider did not answer in time. Try again."};
    case Failure::TooLarge:
      return {
          .status = 502, .code = "upstream_bad_response", .message = "The provider's answer is too large."};
    case Failure::Nonsense:
      return {
          .status = 502, .code = "upstream_bad_response", .message = "The provider's answer makes no sense."};
    case Failure::None:
    case Failure::Broken:
    case Failure::Cancelled: break;
  }
  return {.status = 502, .code = "upstream_error", .message = "The provider broke off. Try again."};
}

}  // namespace vignette::relay
