#include "shared/provider/answer_stream.hpp"

#include "shared/base/utf8.hpp"
#include "shared/provider/adapter.hpp"
#include "shared/provider/anthropic.hpp"
#include "shared/provider/gemini.hpp"
#include "shared/provider/ollama.hpp"
#include "shared/provider/openai_chat.hpp"
#include "shared/provider/openai_responses.hpp"
#include "shared/provider/replicate.hpp"

namespace vignette::provider {
namespace {

constexpr std::size_t kMostPlainReply = 8 * 1024 * 1024;
constexpr std::size_t kMostText = 16 * 1024 * 1024;

ReadEvent reader_for(Family family) {
  switch (family) {
    case Family::Responses: return read_responses_event;
    case Family::Gemini: return read_gemini_event;
    case Family::Anthropic: return read_anthropic_event;
    case Family::Ollama: return read_ollama_event;
    case Family::Replicate: return read_replicate_event;
    default: return read_openai_event;
  }
}

/// Gemini's stream says it is over with a reason and may still send usage; the others have a last word.
bool deaf_after_end(Family family) { return family != Family::Gemini; }

}  // namespace

AnswerStream::AnswerStream(const Route& route)
    : route_(route),
      read_event_(reader_for(route.model.family)),
      by_lines_(route.model.family == Family::Ollama),
      filter_(route.model.thinking.opens_silently) {}

void AnswerStream::take(const SseEvent& event) {
  any_event_ = true;
  if (state_.error || (state_.ended && deaf_after_end(route_.model.family))) return;
  if (state_.text.size() + state_.thinking.size() > kMostText) return;
  read_event_(event, state_);
}

StreamPart AnswerStream::new_since_last() {
  StreamPart part;
  part.text = filter_.feed(std::string_view(state_.text).substr(text_shown_));
  part.thinking = state_.thinking.substr(thinking_shown_);
  text_shown_ = state_.text.size();
  thinking_shown_ = state_.thinking.size();
  part.ended = state_.ended;
  return part;
}

StreamPart AnswerStream::feed(std::string_view bytes) {
  if (by_lines_) {
    for (std::string& line : lines_.feed(bytes)) take({{}, std::move(line)});
    return new_since_last();
  }
  if (!any_event_ && first_bytes_.size() < kMostPlainReply) first_bytes_ += bytes.substr(0, kMostPlainReply);
  for (const SseEvent& event : events_.feed(bytes)) take(event);
  if (any_event_) first_bytes_.clear();
  return new_since_last();
}

StreamEnd AnswerStream::finish() {
  for (std::string& line : lines_.finish()) take({{}, std::move(line)});
  for (const SseEvent& event : events_.finish()) take(event);
  StreamEnd end;
  end.rest = new_since_last().text + filter_.finish();
  const std::string_view plain = trim(first_bytes_);
  if (!any_event_ && (plain.starts_with('{') || plain.starts_with('['))) {
    Reply<Answer> reply = read_chat(route_, {200, {}, plain});
    if (auto* answer = std::get_if<Answer>(&reply)) {
      end.answer = std::move(*answer);
      end.rest = end.answer.text;
      end.complete = true;
      return end;
    }
    if (auto* error = std::get_if<ProviderError>(&reply)) end.error = std::move(*error);
    end.answer.finish = Finish::Error;
    return end;
  }
  end.answer = state_.answer;
  end.answer.thinking = state_.thinking;
  end.error = state_.error;
  end.complete = state_.ended && !state_.error;
  if (route_.model.thinking.opens_silently && state_.text.find("</think>") == std::string::npos) {
    // It never got out of its thoughts.
    end.answer.thinking += state_.text;
    end.answer.finish = Finish::Length;
    return end;
  }
  settle_text(end.answer, state_.text);
  // Some servers name no reason for an end that was one.
  if (end.complete && end.answer.finish == Finish::Unknown && end.answer.finish_detail.empty())
    end.answer.finish = Finish::Stop;
  return end;
}

}  // namespace vignette::provider
