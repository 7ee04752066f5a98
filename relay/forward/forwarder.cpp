#include "relay/forward/forwarder.hpp"

#include "relay/forward/routes.hpp"
#include "relay/routes/cors.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr std::uint64_t KiB = 1024;
constexpr std::uint64_t json_bytes = 12 * KiB * KiB;
constexpr std::uint64_t audio_bytes = 25 * KiB * KiB;

using Guarded = net::awaitable<void> (*)(Desk&, Conversation&, const Admitted&);
using Open = net::awaitable<void> (*)(Desk&, Conversation&);

std::optional<Problem> wrong_content(const Request& request, std::string_view wanted) {
  const auto unsupported = [](std::string message) {
    return Problem{.status = 415, .code = "unsupported_media_type", .message = std::move(message)};
  };
  if (const std::string* coding = request.field("Content-Encoding"); coding && *coding != "identity")
    return unsupported("Send the body without a Content-Encoding.");
  if (wanted.empty()) return std::nullopt;
  const std::string* type = request.field("Content-Type");
  const std::string kind =
      type ? to_lower_ascii(trim(std::string_view(*type).substr(0, type->find(';')))) : "";
  if (kind == wanted) return std::nullopt;
  return unsupported("Send the body as " + std::string(wanted) + ".");
}

}  // namespace

struct Forwarder::Row {
  const char* method;
  const char* path;
  std::uint64_t body_bytes;
  const char* content;  ///< the type of its body
  Guarded guarded;
  Open open;
};

const std::vector<Forwarder::Row>& Forwarder::table() {
  static const std::vector<Row> rows = {
      {"POST", "/v1/session", KiB, "application/json", nullptr, answer_session},
      {"GET", "/v1/models", 0, "", answer_models, nullptr},
      {"GET", "/v1/usage", 0, "", answer_usage, nullptr},
      {"POST", "/v1/chat/completions", json_bytes, "application/json", answer_chat, nullptr},
      {"POST", "/v1/embeddings", json_bytes, "application/json", answer_embeddings, nullptr},
      {"POST", "/v1/images/generations", 256 * KiB, "application/json", answer_drawing, nullptr},
      {"POST", "/v1/audio/transcriptions", audio_bytes, "multipart/form-data", answer_speech, nullptr},
  };
  return rows;
}

std::vector<Forwarder::Route> Forwarder::routes() {
  std::vector<Route> out;
  for (const Row& row : table()) out.push_back({row.method, row.path, row.guarded != nullptr});
  return out;
}

Forwarder::Forwarder(Loop& loop, Accounts& accounts, std::shared_ptr<const Config> config,
                     UpstreamLimits limits, const std::string& ca_file)
    : desk_{.loop = loop,
            .accounts = accounts,
            .pool = Pool(loop, limits, ca_file),
            .fleet = std::make_shared<Fleet>(std::move(config)),
            .metrics = {}} {
  for (const Row& row : table()) {
    Endpoint endpoint;
    endpoint.body_bytes = row.body_bytes;
    endpoint.answer = [this, &row](Conversation& talk) -> net::awaitable<void> {
      if (const auto problem = wrong_content(talk.request, row.content)) {
        co_await talk.refuse(*problem);
      } else if (row.open != nullptr) {
        co_await row.open(desk_, talk);
      } else if (const auto who = co_await admit(desk_, talk)) {
        co_await row.guarded(desk_, talk, *who);
      }
      desk_.metrics.count(row.path, talk.exchange.status);
    };
    endpoints_.emplace_back(&row, std::move(endpoint));
  }
  endpoints_.emplace_back(
      nullptr, Endpoint{.body_bytes = 0, .answer = [this](Conversation& talk) -> net::awaitable<void> {
                          const bool kept = ready_ && co_await desk_.accounts.flush();
                          Response response;
                          response.set("Content-Type", "text/plain; charset=utf-8");
                          response.set("Cache-Control", "no-store");
                          response.status = kept ? 200 : 503;
                          response.body = kept ? "ready\n" : "not ready\n";
                          co_await talk.answer(std::move(response));
                        }});
  wrong_method_.body_bytes = json_bytes;
  wrong_method_.answer = [](Conversation& talk) -> net::awaitable<void> {
    std::string allowed;
    for (const Row& row : table()) {
      if (api_path(talk.request) == row.path)
        allowed += (allowed.empty() ? "" : ", ") + std::string(row.method);
    }
    Response response = problem_response({.status = 405,
                                          .code = "method_not_allowed",
                                          .message = "This address answers " + allowed + " only."},
                                         talk.request.id);
    response.set("Allow", allowed);
    co_await talk.answer(std::move(response));
  };
}

const Endpoint* Forwarder::endpoint(const Request& request) const {
  const std::string_view path = api_path(request);
  if (request.path() == "/readyz" && request.method == "GET") return &endpoints_.back().second;
  if (path.empty()) return nullptr;
  bool known = false;
  for (const auto& [row, endpoint] : endpoints_) {
    if (row == nullptr || path != row->path) continue;
    if (request.method == row->method) return &endpoint;
    known = true;
  }
  return known ? &wrong_method_ : nullptr;
}

}  // namespace vignette::relay
