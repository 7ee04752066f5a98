#include "relay/forward/upload.hpp"

#include <array>

#include "relay/forward/answers.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

/// What a provider says before it has all of the request can only be a refusal.
net::awaitable<Problem> refusal_of(Job& job, Failure sending) {
  if (sending == Failure::Cancelled || sending == Failure::Late) co_return problem_of(sending);
  const Failure failure = co_await job.live.read_head(std::chrono::seconds(2));
  if (failure != Failure::None) co_return problem_of(sending);
  std::string body;
  co_await job.live.reply().read_all(body, 64 * 1024);
  const ReplyHead& head = job.live.reply().head;
  job.upstream_status = head.status;
  co_return problem_of(
      provider::read_error({.status = head.status, .headers = head.fields, .body = body}, wall_clock_ms()));
}

std::optional<Problem> admitted_after_all(Job& job, ChatFacts& facts, const Skimmer& skim) {
  const ChatFacts promised = facts;
  if (auto problem = read_chat_facts(skim, facts)) return problem;
  if (auto problem = check_media(*job.plan, skim)) return problem;
  if (facts.max_tokens != promised.max_tokens)
    return Problem{
        .status = 400, .code = "invalid_request", .message = "The limit of tokens is given twice."};
  return std::nullopt;
}

}  // namespace

net::awaitable<bool> upload_chat(Job& job, ChatFacts& facts, Skimmer& skim, std::string& begin) {
  Conversation& talk = job.talk;
  const Plan& plan = *job.plan;
  const std::int64_t tokens = output_tokens(plan, facts, job.who.fleet().config(), *job.who.caller().terms);
  if (auto none = job.take_key()) {
    co_await refuse(job, *none);
    co_return false;
  }
  ++job.attempts;
  Failure failure = co_await job.live.connect(plan.where);
  if (failure != Failure::None) {
    if (job.ring_key() != nullptr) KeyRing::failed(*job.ring_key(), Clock::now());
    job.upstream_error("unreachable");
    co_await refuse(job, problem_of(failure));
    co_return false;
  }

  // The original's opening brace goes; ours and our members come in its place.
  blank_members(plan, skim, 0, begin);
  std::string own = "{" + own_members(plan, facts, tokens);
  if (needs_comma(plan, skim)) own += ',';
  std::uint64_t sent = skim.settled();  // of the original
  const std::uint64_t length = own.size() + begin.size() - 1 + talk.body_left();
  {
    const std::array<provider::Header, 2> headers{
        {{"Content-Type", "application/json"},
         {"Accept", facts.stream ? "text/event-stream" : "application/json"}}};
    const CallHead head("POST", plan.target, plan.where, plan.route->provider.auth, job.key(), headers,
                        length);
    const std::array<std::string_view, 3> parts{
        head.text(), own, std::string_view(begin).substr(1, static_cast<std::size_t>(sent) - 1)};
    failure = co_await job.live.send(parts);
  }
  std::string behind = begin.substr(static_cast<std::size_t>(sent));  // held back
  std::string().swap(begin);

  std::optional<Problem> problem;
  while (failure == Failure::None && !problem && talk.body_left() > 0) {
    const BodyPart part = co_await talk.next_body();
    if (part.gone) {
      job.live.cancel();
      job.note();
      talk.break_off();
      co_return false;
    }
    problem = part.problem;
    if (problem) break;
    const std::uint64_t at = skim.position() - behind.size();
    if (!skim.feed(part.bytes) || (talk.body_left() == 0 && !skim.finish())) {
      problem = Problem{.status = 400, .code = "bad_request", .message = skim.mistake()};
      break;
    }
    for (const Member& member : skim.members()) {
      if (keeps(plan, member) == Keep::Translate)
        problem = Problem{.status = 422,
                          .code = "param_not_allowed",
                          .message = "Write “" + member.name + "” before “messages”."};
    }
    if (problem) break;
    // In place where nothing was held back, which is nearly always.
    std::span<char> bytes(const_cast<char*>(part.bytes.data()), part.bytes.size());
    std::string joined;
    if (!behind.empty()) {
      joined = behind + std::string(part.bytes);
      bytes = joined;
    }
    blank_members(plan, skim, at, bytes);
    const std::size_t ready = static_cast<std::size_t>(skim.settled() > at ? skim.settled() - at : 0);
    behind.assign(bytes.data() + ready, bytes.size() - ready);
    const std::array<std::string_view, 1> parts{std::string_view(bytes.data(), ready)};
    if (ready > 0) failure = co_await job.live.send(parts);
  }
  if (failure != Failure::None) {
    problem = co_await refusal_of(job, failure);
    job.upstream_error("broken");
  } else if (!problem) {
    problem = admitted_after_all(job, facts, skim);
    if (!problem)
      problem = co_await job.reserve(chat_ceiling(plan.priced, skim.text_bytes(), skim.images(), tokens));
  }
  if (problem) {
    job.live.connection().cancel();  // what it has of the request is not a request
    co_await refuse(job, *problem);
    co_return false;
  }

  talk.watch([&job] { job.live.cancel(); });
  const std::array<std::string_view, 1> rest{behind};
  failure = co_await job.live.send(rest);
  if (failure == Failure::None || failure == Failure::Broken) {
    failure = co_await job.live.read_head(job.desk.pool.limits.first_byte);
  }
  Key* key = job.ring_key();
  if (failure != Failure::None) {
    job.charge_all();
    job.upstream_error(failure == Failure::Late ? "timeout" : "broken");
    if (key != nullptr && failure != Failure::Cancelled) KeyRing::failed(*key, Clock::now());
    co_await refuse(job, problem_of(failure));
    co_return false;
  }
  const ReplyHead& head = job.live.reply().head;
  job.upstream_status = head.status;
  job.first_byte();
  if (head.status == 200 && head.field("content-encoding").empty()) {
    if (key != nullptr) KeyRing::worked(*key);
    co_return true;
  }
  std::string body;
  co_await job.live.reply().read_all(body, 64 * 1024);
  const provider::ProviderError error =
      provider::read_error({.status = head.status, .headers = head.fields, .body = body}, wall_clock_ms());
  co_await refuse(job, settle_refusal(job, error));
  co_return false;
}

}  // namespace vignette::relay
