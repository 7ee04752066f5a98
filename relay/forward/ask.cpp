#include <algorithm>
#include <array>
#include <random>

#include "relay/forward/job.hpp"
#include "shared/provider/error.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr int most_attempts = 3;
constexpr std::size_t most_error_bytes = 64 * 1024;

/// How an attempt ended, as far as the next one cares.
struct Outcome {
  enum class Kind {
    Good,
    Final,    ///< nothing else will help
    Another,  ///< nothing was spent: another key or model may do
    Again,    ///< it may have been charged: only for what is cheap
    Gone,
  };
  Kind kind = Kind::Good;
  Problem problem = {};
};

std::chrono::milliseconds pause_before(int attempt) {
  static std::minstd_rand random{std::random_device{}()};
  const int most = 200 << std::min(attempt, 4);
  return std::chrono::milliseconds(std::uniform_int_distribution<int>(1, most)(random));
}

/// The class of failures that decides about money: relay.md calls it the failure table.
Outcome after_failure(Job& job, Failure failure) {
  using Kind = Outcome::Kind;
  if (failure == Failure::Cancelled) {
    job.charge_all();
    return {Kind::Gone};
  }
  const bool unsent = failure == Failure::Unreachable || failure == Failure::Refused;
  job.upstream_error(unsent ? "unreachable" : (failure == Failure::Late ? "timeout" : "broken"));
  if (job.ring_key() != nullptr) KeyRing::failed(*job.ring_key(), Clock::now());
  if (unsent) {
    job.release();
  } else {
    job.charge_all();
  }
  return {unsent ? Kind::Another : Kind::Again, problem_of(failure)};
}

Outcome after_refusal(Job& job, const provider::ProviderError& error) {
  using Kind = Outcome::Kind;
  using enum provider::ErrorClass;
  Key* key = job.ring_key();
  const auto now = Clock::now();
  job.upstream_error(provider::name_of(error.kind));
  const Problem problem = problem_of(error);
  if (error.status >= 200 && error.status < 300) {
    // It was answered, but with nothing we could use; the provider may have counted it.
    job.charge_all();
    return {Kind::Final, problem};
  }
  switch (error.kind) {
    case RateLimit:
    case Overloaded:
      job.release();
      if (key != nullptr) KeyRing::limited(*key, now, error.retry_after_ms);
      return {Kind::Another, problem};
    case BadKey:
      job.release();
      if (key != nullptr) KeyRing::refused(*key);
      return {Kind::Another, problem};
    case NoCredit:
      job.release();
      if (key != nullptr) KeyRing::limited(*key, now, 60'000);
      return {Kind::Another, problem};
    default: break;
  }
  if (error.status >= 500) {
    job.charge_all();
    if (key != nullptr) KeyRing::failed(*key, now);
    return {Kind::Again, problem};
  }
  job.release();
  return {error.kind == NoPermission ? Kind::Another : Kind::Final, problem};
}

provider::HttpReply reply_of(const ReplyHead& head, std::string_view body) {
  return {.status = head.status, .headers = head.fields, .body = body};
}

/// Sends one call and reads the head of its answer.
net::awaitable<Failure> exchange(Job& job, const provider::HttpCall& call,
                                 std::chrono::milliseconds patience) {
  const Plan& plan = *job.plan;
  Address other;
  const bool usual = call.url.empty() && call.path == plan.path && call.base == plan.route->model.base;
  if (!usual) {
    auto address = read_address(provider::url_of(*plan.route, call));
    if (!address) co_return Failure::Refused;
    other = std::move(*address);
  }
  const Destination& where = usual ? plan.where : other.where;
  const Failure connected = co_await job.live.connect(where);
  if (connected != Failure::None) co_return connected;
  std::optional<std::uint64_t> length;
  if (call.method != "GET") length = provider::size_of(call.body);
  const std::string_view key = call.url.empty() ? job.key() : std::string_view();
  const CallHead head(call.method, usual ? plan.target : other.path, where, call.auth, key, call.headers,
                      length);
  Failure failure = Failure::None;
  const bool plain = call.body.size() <= 2 &&
                     std::all_of(call.body.begin(), call.body.end(),
                                 [](const auto& piece) { return piece.as == provider::Piece::As::Plain; });
  if (plain) {
    std::array<std::string_view, 3> parts{head.text()};
    for (std::size_t i = 0; i < call.body.size(); ++i) parts[i + 1] = call.body[i].data.text;
    failure = co_await job.live.send(parts);
  } else {
    const std::array<std::string_view, 1> parts{head.text()};
    failure = co_await job.live.send(parts);
    if (failure == Failure::None) failure = co_await job.live.send(call.body);
  }
  // A provider may refuse before it has read everything, and close: its answer is there all the same.
  if (failure == Failure::Cancelled || failure == Failure::Late) co_return failure;
  const Failure read = co_await job.live.read_head(patience);
  co_return read != Failure::None&& failure != Failure::None ? failure : read;
}

/// Follows a prediction until it is over. The client may leave meanwhile: then it is stopped.
net::awaitable<Outcome> poll(Job& job, const Question& question, provider::Pending pending,
                             Clock::time_point end) {
  for (;;) {
    co_await job.live.rest(std::chrono::milliseconds(std::clamp<std::int64_t>(pending.wait_ms, 50, 10'000)));
    const bool late = Clock::now() >= end;
    if (job.live.cancelled() || late) {
      job.charge_all();
      if (pending.cancel) {
        Live stop(job.desk.pool, job.desk.loop);
        const auto address = read_address(provider::url_of(*job.plan->route, *pending.cancel));
        if (address && co_await stop.connect(address->where) == Failure::None) {
          const CallHead head(pending.cancel->method, address->path, address->where, pending.cancel->auth,
                              job.key(), pending.cancel->headers, provider::size_of(pending.cancel->body));
          const std::string body = provider::join(pending.cancel->body);
          const std::array<std::string_view, 2> parts{head.text(), body};
          if (co_await stop.send(parts) == Failure::None) co_await stop.read_head(std::chrono::seconds(2));
        }
      }
      if (late) co_return Outcome{Outcome::Kind::Final, problem_of(Failure::Late)};
      co_return Outcome{Outcome::Kind::Gone};
    }
    Failure failure = co_await exchange(job, pending.poll, question.patience);
    std::string body;
    if (failure == Failure::None) failure = co_await job.live.reply().read_all(body, question.most_bytes);
    if (failure != Failure::None) {
      job.charge_all();  // the work was begun, and goes on without us
      Outcome outcome = after_failure(job, failure);
      if (outcome.kind != Outcome::Kind::Gone) outcome.kind = Outcome::Kind::Final;
      co_return outcome;
    }
    Question::Verdict verdict = question.read(*job.plan, reply_of(job.live.reply().head, body));
    job.live.end();
    if (std::holds_alternative<Done>(verdict)) co_return Outcome{};
    if (auto* error = std::get_if<provider::ProviderError>(&verdict)) {
      job.charge_all();  // the work was begun
      co_return Outcome{Outcome::Kind::Final, problem_of(*error)};
    }
    pending = std::move(std::get<provider::Pending>(verdict));
  }
}

net::awaitable<Outcome> attempt(Job& job, const Question& question) {
  using Kind = Outcome::Kind;
  Result<provider::HttpCall> call = question.build(*job.plan);
  if (!call) {
    job.release();
    co_return Outcome{Kind::Final, problem_of(call.error())};
  }
  ++job.attempts;
  const Clock::time_point end = Clock::now() + job.desk.pool.limits.total;
  Failure failure = co_await exchange(job, *call, question.patience);
  if (failure != Failure::None) co_return after_failure(job, failure);
  call->body.clear();  // a picture of megabytes is not needed while its caption is written
  ReplyReader& reply = job.live.reply();
  job.upstream_status = reply.head.status;
  job.first_byte();
  if (const auto coding = reply.head.field("content-encoding"); !coding.empty() && coding != "identity")
    co_return after_failure(job, Failure::Nonsense);
  const bool fine = reply.head.status >= 200 && reply.head.status < 300;
  if (fine && question.hold && reply.head.status == 200) {
    if (job.ring_key() != nullptr) KeyRing::worked(*job.ring_key());
    co_return Outcome{};
  }
  std::string body;
  failure = co_await reply.read_all(body, fine ? question.most_bytes : most_error_bytes);
  if (failure != Failure::None && fine) co_return after_failure(job, failure);
  Question::Verdict verdict = question.read(*job.plan, reply_of(reply.head, body));
  job.live.end();
  if (auto* error = std::get_if<provider::ProviderError>(&verdict)) co_return after_refusal(job, *error);
  if (job.ring_key() != nullptr) KeyRing::worked(*job.ring_key());
  if (auto* pending = std::get_if<provider::Pending>(&verdict))
    co_return co_await poll(job, question, std::move(*pending), end);
  co_return Outcome{};
}

}  // namespace

Problem settle_refusal(Job& job, const provider::ProviderError& error) {
  return after_refusal(job, error).problem;
}

net::awaitable<std::optional<Problem>> ask(Job& job, const Question& question) {
  using Kind = Outcome::Kind;
  const std::shared_ptr<const Plan> first = job.plan;
  std::size_t next_model = 0;
  const auto other_model = [&] {
    if (!job.who.own_key().empty() || next_model >= first->fallbacks.size()) return false;
    job.plan = first->fallbacks[next_model++];
    return true;
  };
  job.talk.watch([&job] { job.live.cancel(); });
  std::optional<Problem> last;
  for (;;) {
    if (auto none = job.take_key()) {
      job.release();
      if (other_model()) continue;
      co_return last ? last : none;  // what the provider said tells more than that nobody is left
    }
    if (!job.reserved()) {
      if (auto denied = co_await job.reserve(question.ceiling(*job.plan))) co_return denied;
    }
    Outcome outcome = co_await attempt(job, question);
    if (outcome.kind == Kind::Good) co_return std::nullopt;
    job.live.end();
    if (outcome.kind == Kind::Gone || job.live.cancelled())
      co_return Problem{.status = 499, .code = "client_gone", .message = "The client left."};
    last = std::move(outcome.problem);
    if (outcome.kind == Kind::Final || job.attempts >= most_attempts) co_return last;
    if (outcome.kind == Kind::Again && !question.cheap) co_return last;
    // An own key has no stand-in; a rate limit of it is the caller's to wait for.
    if (!job.who.own_key().empty() && outcome.kind == Kind::Another) co_return last;
    if (job.desk.retry_credit < 1) co_return last;
    job.desk.retry_credit -= 1;
    job.desk.metrics.retries += 1;
    if (outcome.kind == Kind::Again) co_await job.live.rest(pause_before(job.attempts));
    if (job.live.cancelled())
      co_return Problem{.status = 499, .code = "client_gone", .message = "The client left."};
  }
}

net::awaitable<std::variant<provider::Media, Problem>> fetch(Job& job, const std::string& url) {
  const Result<provider::HttpCall> call = provider::fetch_call(*job.plan->route, url);
  if (!call) {  // a host that is not on the provider's list
    co_return Problem{.status = 502, .code = "upstream_bad_response", .message = call.error().message};
  }
  Failure failure = co_await exchange(job, *call, job.desk.pool.limits.first_byte);
  std::string body;
  if (failure == Failure::None) {
    failure = co_await job.live.reply().read_all(body, job.desk.pool.limits.image_bytes);
  }
  if (failure != Failure::None) co_return problem_of(failure);
  provider::Reply<provider::Media> read = provider::read_fetched(reply_of(job.live.reply().head, body));
  job.live.end();
  if (auto* media = std::get_if<provider::Media>(&read)) co_return std::move(*media);
  if (auto* error = std::get_if<provider::ProviderError>(&read)) co_return problem_of(*error);
  co_return problem_of(Failure::Nonsense);
}

}  // namespace vignette::relay
