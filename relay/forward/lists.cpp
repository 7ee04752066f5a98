#include "relay/accounts/wire.hpp"
#include "relay/forward/answers.hpp"
#include "relay/forward/routes.hpp"
#include "shared/json/read.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

Response json_response(std::string json) {
  Response response;
  response.set("Content-Type", "application/json");
  response.set("Cache-Control", "no-store");
  response.body = std::move(json);
  return response;
}

}  // namespace

net::awaitable<void> answer_models(Desk&, Conversation& talk, const Admitted& who) {
  const std::string date = today();
  std::vector<std::shared_ptr<const provider::Route>> routes = who.fleet().offered(date);
  if (who.own_key().empty()) {
    std::erase_if(routes, [&](const auto& route) {
      return !may_use(*who.caller().terms, provider::full_name(*route));
    });
  }
  co_await talk.answer(json_response(provider::write_models(routes, date)));
}

net::awaitable<void> answer_usage(Desk& desk, Conversation& talk, const Admitted& who) {
  if (!who.own_key().empty()) {
    co_await talk.refuse(
        {.status = 404, .code = "no_account", .message = "A key of your own has no account here."});
    co_return;
  }
  const UsageView view = co_await desk.accounts.usage(who.caller());
  co_await talk.answer(json_response(usage_json(view, wall_clock_ms())));
}

net::awaitable<void> answer_session(Desk& desk, Conversation& talk) {
  HeldBody held;
  const BodyPart part = co_await talk.whole_body(held);
  if (part.gone) {
    talk.break_off();
    co_return;
  }
  if (part.problem) {
    co_await talk.refuse(*part.problem);
    co_return;
  }
  const Result<Json> tree = parse_json(held.bytes);
  const Json* code = tree ? member(*tree, "code") : nullptr;
  if (code == nullptr || !code->is_string()) {
    co_await talk.refuse({.status = 400, .code = "bad_request", .message = "Send {\"code\":\"…\"}."});
    co_return;
  }
  auto opened = co_await desk.accounts.open_session(code->get<std::string>(), talk.peer());
  if (auto* problem = std::get_if<Problem>(&opened)) {
    desk.metrics.auth_failures += 1;
    co_await talk.refuse(*problem);
    co_return;
  }
  co_await talk.answer(json_response(session_json(std::get<OpenedSession>(opened))));
}

}  // namespace vignette::relay
