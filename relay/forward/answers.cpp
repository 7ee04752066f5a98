#include "relay/forward/answers.hpp"

#include <algorithm>

#include "relay/forward/key_guard.hpp"
#include "shared/provider/answer_stream.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

constexpr std::chrono::seconds heartbeat{15};
constexpr std::size_t most_upstream_id = 128;
// An answer that is no stream is held until it is whole, unless it is longer than nearly all of them are: so
// its head can say what it cost.
constexpr std::size_t most_held = 64 * 1024;

std::string_view known_type(std::string_view type) {
  if (type.starts_with("text/event-stream")) return "text/event-stream";
  if (type.starts_with("text/plain")) return "text/plain; charset=utf-8";
  return "application/json";
}

void add_fields(std::string_view type, std::vector<Field>& fields) {
  fields.push_back({"Content-Type", std::string(type)});
  fields.push_back({"Cache-Control", "no-store"});
  fields.push_back({"Cross-Origin-Resource-Policy", "cross-origin"});
  if (type == "text/event-stream") fields.push_back({"X-Accel-Buffering", "no"});
}

std::string error_event(const Job& job, const Problem& problem) {
  const Response response = problem_response(problem, job.talk.request.id);
  std::string json = std::get<std::string>(response.body);
  while (json.ends_with('\n')) json.pop_back();
  return "event: relay_error\ndata: " + json + "\n\n";
}

/// Some of the body of an answer; while an event stream is silent the client hears that we are still there.
net::awaitable<ReplyReader::Part> next_part(Job& job, bool events) {
  const auto& limits = job.desk.pool.limits;
  const auto silent_since = Clock::now();
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        silent_since + limits.between_bytes - Clock::now());
    job.live.connection().limit(events ? std::min<std::chrono::milliseconds>(heartbeat, left) : left);
    ReplyReader::Part part = co_await job.live.reply().read_body();
    const bool only_silent =
        part.failure == Failure::Late && events &&
        Clock::now() - silent_since < limits.between_bytes - std::chrono::milliseconds(100);
    if (!only_silent) co_return part;
    if (!co_await job.talk.write(": keep-alive\n\n")) {
      part.failure = Failure::Cancelled;
      co_return part;
    }
  }
}

}  // namespace

provider::FaceStamp stamp_of(const Job& job, const std::string& model) {
  return {.id = "chatcmpl-" + job.talk.request.id, .created_s = wall_clock_ms() / 1000, .model = model};
}

net::awaitable<void> answer_json(Job& job, std::string json, std::string_view type) {
  if (KeyGuard(job.key()).finds_key_in(json)) {
    co_await refuse(job, problem_of(Failure::Nonsense));
    co_return;
  }
  job.live.end();
  job.note();
  Response response;
  add_fields(type, response.fields);
  job.add_fields(response.fields);
  response.body = std::move(json);
  co_await job.talk.answer(std::move(response));
}

net::awaitable<void> refuse(Job& job, const Problem& problem) {
  job.live.end();
  job.note();
  if (job.talk.gone()) {
    job.talk.exchange.status = 499;
    job.talk.break_off();
    co_return;
  }
  Response response = problem_response(problem, job.talk.request.id);
  job.add_fields(response.fields);
  co_await job.talk.answer(std::move(response));
}

net::awaitable<void> pass_answer(Job& job) {
  ReplyReader& reply = job.live.reply();
  const std::string_view type = known_type(reply.head.field("content-type"));
  const bool events = type == "text/event-stream";
  AnswerWatch watch(events);
  std::vector<Field> fields;
  fields.reserve(6);
  add_fields(type, fields);
  KeyGuard guard(job.key());
  if (const std::string_view id = reply.head.field("x-request-id");
      !id.empty() && id.size() <= most_upstream_id && !guard.finds_key_in(id)) {
    Response checked;
    checked.set("X-Upstream-Request-Id", id);
    fields.push_back(std::move(checked.fields.front()));
  }
  if (events) {
    job.add_fields(fields);
    job.talk.begin(200, fields, std::nullopt);  // longer than it was announced, by our own last event
  }
  std::string held;
  for (;;) {
    ReplyReader::Part part = co_await next_part(job, events);
    if (part.failure == Failure::None && !reply.head.length && !events &&
        job.talk.exchange.bytes + part.bytes.size() > job.desk.pool.limits.json_bytes)
      part.failure = Failure::TooLarge;
    watch.feed(part.bytes);
    job.desk.metrics.stream_bytes += events ? part.bytes.size() : 0;
    if (const auto clean = guard.pass(part.bytes, part.end)) {
      part.bytes = *clean;
    } else {
      part = {.bytes = {}, .end = false, .failure = Failure::Nonsense};
    }
    const bool last = part.end && part.failure == Failure::None;
    if (last) {
      watch.finish();
      job.settle(watch.usage());
      job.note();
    }
    if (!job.talk.begun() && part.failure == Failure::None) {
      if (!last || !held.empty()) {
        held += part.bytes;
        part.bytes = held;
      }
      if (!last && held.size() <= most_held) continue;
      job.add_fields(fields);
      job.talk.begin(200, fields, last ? part.bytes.size() : reply.head.length);
    }
    const bool taken = !job.talk.begun() || part.bytes.empty() || co_await job.talk.write(part.bytes);
    std::string().swap(held);
    if (last) break;
    if (part.failure == Failure::None && taken) continue;
    watch.finish();
    job.settle(watch.usage());
    job.note();
    if (taken && !job.live.cancelled()) {
      job.upstream_error("truncated");
      if (!job.talk.begun()) {
        co_await refuse(job, problem_of(part.failure));
        co_return;
      }
      if (events) {
        co_await job.talk.write(
            error_event(job, {.status = 502,
                              .code = "upstream_truncated",
                              .message = "The provider's answer stopped before its end."}));
      }
    }
    job.talk.break_off();
    co_return;
  }
  job.live.end();
  if (events && !watch.ended() && !watch.has_error()) {
    job.upstream_error("truncated");
    co_await job.talk.write(error_event(job, {.status = 502,
                                              .code = "upstream_truncated",
                                              .message = "The provider's answer stopped before its end."}));
    job.talk.break_off();
    co_return;
  }
  if (events && !watch.has_error()) co_await job.talk.write(job.last_event());
  co_await job.talk.finish();
}

net::awaitable<void> translate_stream(Job& job, const std::string& model, bool with_usage) {
  const provider::FaceStamp stamp = stamp_of(job, model);
  provider::AnswerStream stream(*job.plan->route);
  const KeyGuard guard(job.key());
  std::vector<Field> fields;
  add_fields("text/event-stream", fields);
  job.add_fields(fields);
  job.talk.begin(200, fields, std::nullopt);
  bool taken = co_await job.talk.write(provider::write_stream_begin(stamp));
  Failure failure = Failure::None;
  while (taken) {
    const ReplyReader::Part part = co_await next_part(job, true);
    const provider::StreamPart news = stream.feed(part.bytes);
    const std::string event = provider::write_stream_part(news, stamp);
    failure = guard.finds_key_in(event) ? Failure::Nonsense : part.failure;
    if (!event.empty() && failure != Failure::Nonsense) taken = co_await job.talk.write(event);
    if (failure != Failure::None || part.end) break;
  }
  const provider::StreamEnd end = stream.finish();
  const bool whole = taken && failure == Failure::None && end.complete && !end.error;
  job.settle(end.answer.usage.input ? std::optional(end.answer.usage) : std::nullopt);
  job.live.end();
  job.note();
  if (whole) {
    if (co_await job.talk.write(provider::write_stream_end(end, stamp, with_usage) + job.last_event()))
      co_await job.talk.finish();
    co_return;
  }
  if (taken && !job.live.cancelled()) {
    job.upstream_error("truncated");
    const std::string rest = provider::write_stream_part({end.rest, {}, true}, stamp);
    const Problem problem = end.error ? problem_of(*end.error)
                                      : Problem{.status = 502,
                                                .code = "upstream_truncated",
                                                .message = "The provider's answer stopped before its end."};
    co_await job.talk.write(rest + error_event(job, problem));
  }
  job.talk.break_off();
}

}  // namespace vignette::relay
