#pragma once
#include "shared/provider/model.hpp"
#include "shared/provider/stream_state.hpp"
#include "shared/provider/think.hpp"

namespace vignette::provider {

/// What became known since the last time.
struct StreamPart {
  std::string text;      ///< to show: thoughts are held back
  std::string thinking;  ///< for those who want to see it, never for a caption
  bool ended = false;
};

struct StreamEnd {
  Answer answer;          ///< its text is the whole text and the last word on it
  std::string rest;       ///< to show, after all that feed() let through
  bool complete = false;  ///< false: the stream stopped before its end; what came is in `answer`
  std::optional<ProviderError> error;
};

/// Reads a streamed answer of any provider from bytes cut anywhere. Also right when the provider ignores the
/// wish to stream and answers with one JSON.
///
///   AnswerStream stream(*route);
///   while (bytes arrive) show(stream.feed(bytes).text);
///   StreamEnd end = stream.finish();
class AnswerStream {
 public:
  explicit AnswerStream(const Route& route);
  StreamPart feed(std::string_view bytes);
  /// No more bytes will come.
  StreamEnd finish();

 private:
  void take(const SseEvent& event);
  StreamPart new_since_last();

  Route route_;
  ReadEvent read_event_;
  bool by_lines_;
  SseReader events_;
  LineReader lines_;
  StreamState state_;
  ThinkFilter filter_;
  std::size_t text_shown_ = 0;
  std::size_t thinking_shown_ = 0;
  bool any_event_ = false;
  std::string first_bytes_;  // kept only while they may be a plain JSON reply
};

}  // namespace vignette::provider
