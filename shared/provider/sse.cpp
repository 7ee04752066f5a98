#include "shared/provider/sse.hpp"

namespace vignette::provider {
namespace {

// An image arrives as one event of some megabytes of base64; nothing legitimate is longer than this.
constexpr std::size_t kMostEventBytes = 64 * 1024 * 1024;

}  // namespace

void SseReader::take_line(std::string_view line, std::vector<SseEvent>& out) {
  if (at_start_ && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  at_start_ = false;
  if (line.empty()) {
    if (has_data_) out.push_back(std::move(event_));
    event_ = {};
    has_data_ = false;
    return;
  }
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data") {
    if (has_data_) event_.data += '\n';
    event_.data += value;
    has_data_ = true;
    if (event_.data.size() > kMostEventBytes) overflowed_ = true;
  } else if (name == "event") {
    event_.event = value;
  }
}

std::vector<SseEvent> SseReader::feed(std::string_view bytes) {
  std::vector<SseEvent> out;
  while (!bytes.empty() && !overflowed_) {
    if (last_was_cr_ && bytes.front() == '\n') bytes.remove_prefix(1);
    last_was_cr_ = false;
    const std::size_t end = bytes.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      line_ += bytes;
      if (line_.size() > kMostEventBytes) overflowed_ = true;
      break;
    }
    if (line_.empty()) {
      take_line(bytes.substr(0, end), out);
    } else {
      line_ += bytes.substr(0, end);
      take_line(line_, out);
      line_.clear();
    }
    last_was_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
  }
  return out;
}

std::vector<SseEvent> SseReader::finish() {
  std::vector<SseEvent> out;
  if (overflowed_) return out;
  if (!line_.empty()) take_line(line_, out);
  line_.clear();
  take_line({}, out);
  return out;
}

std::vector<std::string> LineReader::feed(std::string_view bytes) {
  std::vector<std::string> out;
  while (!bytes.empty() && !overflowed_) {
    const std::size_t end = bytes.find('\n');
    line_ += bytes.substr(0, end);
    if (line_.size() > kMostEventBytes) overflowed_ = true;
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
    if (line_.ends_with('\r')) line_.pop_back();
    if (!line_.empty()) out.push_back(std::move(line_));
    line_.clear();
  }
  return out;
}

std::vector<std::string> LineReader::finish() {
  std::vector<std::string> out;
  if (!overflowed_ && !line_.empty()) out.push_back(std::move(line_));
  line_.clear();
  return out;
}

}  // namespace vignette::provider
