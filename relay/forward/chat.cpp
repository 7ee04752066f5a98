#include <array>
#include <memory>

#include "relay/forward/answers.hpp"
#include "relay/forward/chat_edits.hpp"
#include "relay/forward/routes.hpp"
#include "relay/forward/upload.hpp"
#include "shared/provider/face_request.hpp"
#include "shared/provider/plan.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

/// Bodies up to this size are simply held; only larger ones are worth sending on while they arrive.
constexpr std::size_t small_body = 64 * 1024;

/// All that admission needs stands before the messages, and they are all that is missing.
bool can_begin(const Skimmer& skim) {
  if (skim.members().empty()) return false;  // so far only blanks
  const Member* model = skim.member("model");
  const Member* limit = skim.member("max_tokens");
  if (limit == nullptr) limit = skim.member("max_completion_tokens");
  const Member& last = skim.members().back();
  return last.name == "messages" && last.value_begin > 0 && last.value_end == 0 && model != nullptr &&
         limit != nullptr && limit->value_end > 0;
}

/// Passed on as it was written, with retries: the whole body is here. False: it was refused, and the client
/// knows.
net::awaitable<bool> pass_chat(Job& job, const ChatFacts& facts, Skimmer& skim, std::string& body) {
  const Config& config = job.who.fleet().config();
  const Terms& terms = *job.who.caller().terms;
  std::string own;
  Question question;
  question.hold = true;
  question.patience = job.desk.pool.limits.first_byte;
  std::string original;  // kept only where another model may have to be asked, which wants other edits
  if (!job.plan->fallbacks.empty()) original = body;
  question.build = [&](const Plan& plan) -> Result<provider::HttpCall> {
    if (!original.empty()) body = original;
    blank_members(plan, skim, 0, body);
    own = "{" + own_members(plan, facts, output_tokens(plan, facts, config, terms));
    if (needs_comma(plan, skim)) own += ',';
    provider::HttpCall call;
    call.base = plan.route->model.base;
    call.path = plan.path;
    call.auth = plan.route->provider.auth;
    call.headers = {{"Content-Type", "application/json"},
                    {"Accept", facts.stream ? "text/event-stream" : "application/json"}};
    call.streams = facts.stream;
    call.body.push_back({{{}, own}, provider::Piece::As::Plain});
    call.body.push_back({{{}, std::string_view(body).substr(1)}, provider::Piece::As::Plain});
    return call;
  };
  question.read = [](const Plan& plan, const provider::HttpReply& reply) -> Question::Verdict {
    auto read = provider::read_chat(*plan.route, reply, wall_clock_ms());
    if (auto* error = std::get_if<provider::ProviderError>(&read)) return std::move(*error);
    return provider::unreadable(reply, "The provider's answer makes no sense.");
  };
  question.ceiling = [&](const Plan& plan) {
    return chat_ceiling(plan.priced, skim.text_bytes(), skim.images(),
                        output_tokens(plan, facts, config, terms));
  };
  const std::optional<Problem> problem = co_await ask(job, question);
  if (problem) co_await refuse(job, *problem);
  co_return !problem;
}

/// Read as a whole, and said again in the provider's own way.
net::awaitable<void> translate_chat(Job& job, HeldBody& held, bool stream_asked) {
  Result<provider::FaceChat> face = provider::read_face_chat(held.bytes);
  held.drop();
  if (!face) {
    co_await refuse(job, problem_of(face.error()));
    co_return;
  }
  provider::ChatRequest& request = face->request;
  const Config& config = job.who.fleet().config();
  const Terms& terms = *job.who.caller().terms;
  const ChatFacts facts{
      .model = face->model, .max_tokens = request.params.max_tokens, .stream = stream_asked};
  for (const provider::Message& message : request.messages) {
    for (const provider::Part& part : message.parts) {
      if (part.kind == provider::Part::Kind::Text || part.media.form != provider::Media::Form::Url) continue;
      co_await refuse(job,
                      {.status = 422,
                       .code = "param_not_allowed",
                       .message = "Send pictures themselves, as data: addresses; this relay fetches none."});
      co_return;
    }
  }
  const bool with_usage = request.stream && request.stream_usage;
  request.stream_usage = true;  // for our own books
  if (!request.params.max_tokens)
    request.params.max_tokens =
        std::min<std::int64_t>(config.max_tokens, terms.max_tokens.value_or(config.max_tokens));
  std::optional<provider::Answer> answer;
  Question question;
  question.patience = job.desk.pool.limits.first_byte;
  question.most_bytes = job.desk.pool.limits.json_bytes;
  question.build = [&](const Plan& plan) { return provider::chat_call(*plan.route, request); };
  question.read = read_into(answer, provider::read_chat);
  question.ceiling = [&](const Plan& plan) {
    return chat_ceiling(plan.priced, request, output_tokens(plan, facts, config, terms));
  };
  // A prediction that has to be polled is not a stream whatever was asked.
  const provider::Family family = job.plan->route->model.family;
  question.hold = request.stream && family != provider::Family::Replicate &&
                  family != provider::Family::Nvcf && family != provider::Family::HfTask &&
                  family != provider::Family::SdWebui;
  const bool streamed = request.stream;
  if (!question.hold) request.stream = false;
  const std::optional<Problem> problem = co_await ask(job, question);
  request.messages.clear();
  if (problem) {
    co_await refuse(job, *problem);
  } else if (!answer) {
    co_await translate_stream(job, facts.model, with_usage);
  } else if (!streamed) {
    job.settle(answer->usage);
    co_await answer_json(job, provider::write_completion(*answer, stamp_of(job, facts.model)));
  } else {
    // It was asked for as a stream: one part and the end.
    job.settle(answer->usage);
    const provider::FaceStamp stamp = stamp_of(job, facts.model);
    provider::StreamEnd end;
    end.rest = answer->text;
    end.complete = true;
    end.answer = std::move(*answer);
    co_await answer_json(job,
                         provider::write_stream_begin(stamp) +
                             provider::write_stream_end(end, stamp, with_usage) + job.last_event(),
                         "text/event-stream");
  }
}

bool wants_translation(const Plan& plan, const Skimmer& skim) {
  for (const Member& member : skim.members()) {
    if (keeps(plan, member) == Keep::Translate) return true;
  }
  return false;
}

}  // namespace

net::awaitable<void> answer_chat(Desk& desk, Conversation& talk, const Admitted& who) {
  Job job(desk, talk, who);
  auto skimmer = std::make_unique<Skimmer>([](std::string_view name) { return name != "messages"; });
  Skimmer& skim = *skimmer;
  ChatFacts facts;
  HeldBody held;
  const bool large = talk.body_left() > small_body;
  bool early = false;
  bool pool_taken = !large;
  do {
    const BodyPart part = co_await talk.next_body();
    if (part.gone) {
      talk.break_off();
      co_return;
    }
    if (part.problem) {
      co_await refuse(job, *part.problem);
      co_return;
    }
    if (!skim.feed(part.bytes)) break;
    held.bytes += part.bytes;
    early = large && talk.body_left() > 0 && can_begin(skim);
    if (!early && held.bytes.size() > small_body && !std::exchange(pool_taken, true)) {
      held.share = desk.loop.bodies.take(held.bytes.size() + talk.body_left());
      if (!held.share) {
        co_await refuse(job, {.status = 503,
                              .code = "overloaded",
                              .message = "The server holds as much as it can; try again in a moment.",
                              .retry_after_s = 2});
        co_return;
      }
    }
  } while (!early && talk.body_left() > 0);

  std::optional<Problem> problem;
  if (skim.broken() || (!early && !skim.finish()))
    problem = Problem{.status = 400, .code = "bad_request", .message = skim.mistake()};
  if (!problem) problem = read_chat_facts(skim, facts);
  if (!problem && facts.model.empty())
    problem = Problem{.status = 400, .code = "invalid_request", .message = "“model” is missing."};
  if (!problem) problem = job.choose(facts.model);
  if (!problem) problem = check_caps(*who.caller().terms, facts, 1);
  const std::uint64_t size = held.bytes.size() + talk.body_left();
  if (!problem && job.plan->passes && job.plan->route->model.max_request_bytes &&
      size > static_cast<std::uint64_t>(*job.plan->route->model.max_request_bytes)) {
    problem = Problem{
        .status = 413,
        .code = "request_too_large",
        .message = "This request is too large for " + job.plan->route->model.name + ". Send a smaller copy."};
  }
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  const bool passes = job.plan->passes && !wants_translation(*job.plan, skim);
  // Another key or model to turn to needs the whole body at hand.
  const bool may_turn = who.own_key().empty() && (job.plan->keys->size() > 1 || !job.plan->fallbacks.empty());
  if (early && passes && !may_turn) {
    if (co_await upload_chat(job, facts, skim, held.bytes)) {
      skimmer.reset();
      co_await pass_answer(job);
    }
    co_return;
  }
  while (talk.body_left() > 0 && !problem) {
    if (!held.share) held.share = desk.loop.bodies.take(size);
    if (!held.share) {
      problem = Problem{.status = 503,
                        .code = "overloaded",
                        .message = "The server holds as much as it can; try again in a moment.",
                        .retry_after_s = 2};
      break;
    }
    const BodyPart part = co_await talk.next_body();
    if (part.gone) {
      talk.break_off();
      co_return;
    }
    problem = part.problem;
    held.bytes += part.bytes;
    if (!skim.feed(part.bytes) || (talk.body_left() == 0 && !skim.finish()))
      problem = Problem{.status = 400, .code = "bad_request", .message = skim.mistake()};
  }
  if (!problem && early) problem = read_chat_facts(skim, facts);
  if (!problem && early) problem = check_caps(*who.caller().terms, facts, 1);
  if (!problem && passes) problem = check_media(*job.plan, skim);
  if (problem) {
    co_await refuse(job, *problem);
  } else if (passes && !wants_translation(*job.plan, skim)) {
    const bool granted = co_await pass_chat(job, facts, skim, held.bytes);
    // An answer may take minutes; what the question was is not needed for it.
    held.drop();
    skimmer.reset();
    if (granted) co_await pass_answer(job);
  } else {
    co_await translate_chat(job, held, facts.stream);
  }
}

}  // namespace vignette::relay
