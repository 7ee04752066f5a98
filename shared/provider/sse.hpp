#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vignette::provider {

struct SseEvent {
  std::string event;  ///< the name after "event:", often empty
  std::string data;   ///< the data lines, joined by line feeds
};

/// Server-sent events from bytes that arrive cut anywhere, also within a character or between \r and \n.
/// Lines end in \n, \r\n or \r; comments, ids and retry times are dropped.
class SseReader {
 public:
  /// The events that `bytes` completed.
  std::vector<SseEvent> feed(std::string_view bytes);
  /// At the end of the stream: an event whose empty line never came still counts.
  std::vector<SseEvent> finish();
  /// More came without a line end than any event of ours has; the reader is then deaf.
  bool overflowed() const { return overflowed_; }

 private:
  void take_line(std::string_view line, std::vector<SseEvent>& out);

  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool last_was_cr_ = false;
  bool overflowed_ = false;
  bool at_start_ = true;
};

/// One JSON text a line (Ollama). The same promises.
class LineReader {
 public:
  std::vector<std::string> feed(std::string_view bytes);
  std::vector<std::string> finish();
  bool overflowed() const { return overflowed_; }

 private:
  std::string line_;
  bool overflowed_ = false;
};

}  // namespace vignette::provider
