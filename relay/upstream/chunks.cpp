#include "relay/upstream/chunks.hpp"

#include <algorithm>
#include <cstring>

namespace vignette::relay {
namespace {

constexpr int most_extension = 256;
constexpr int most_trailer = 4096;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

ChunkReader::Step ChunkReader::feed(std::span<char> bytes) {
  Step step;
  while (step.consumed < bytes.size() && state_ != State::Done && state_ != State::Broken) {
    if (state_ != State::Content) {
      take(bytes[step.consumed++]);
      continue;
    }
    const std::size_t n = std::min<std::uint64_t>(left_, bytes.size() - step.consumed);
    if (step.content != step.consumed) std::memmove(&bytes[step.content], &bytes[step.consumed], n);
    step.content += n;
    step.consumed += n;
    left_ -= n;
    if (left_ == 0) state_ = State::ContentCr;
  }
  return step;
}

void ChunkReader::take(char c) {
  switch (state_) {
    case State::Size: {
      const int value = hex_value(c);
      if (value >= 0 && digits_ < 15) {
        left_ = left_ * 16 + static_cast<std::uint64_t>(value);
        ++digits_;
      } else if (digits_ > 0 && c == '\r') {
        state_ = State::SizeEnd;
      } else if (digits_ > 0 && (c == ';' || c == ' ' || c == '\t')) {
        state_ = State::Extension;
      } else {
        state_ = State::Broken;
      }
      return;
    }
    case State::Extension:
      if (c == '\r') {
        state_ = State::SizeEnd;
      } else if (c == '\n' || ++extension_bytes_ > most_extension) {
        state_ = State::Broken;
      }
      return;
    case State::SizeEnd:
      digits_ = 0;
      state_ = c != '\n' ? State::Broken : (left_ > 0 ? State::Content : State::Trailer);
      return;
    case State::ContentCr: state_ = c == '\r' ? State::ContentLf : State::Broken; return;
    case State::ContentLf: state_ = c == '\n' ? State::Size : State::Broken; return;
    case State::Trailer:
      // Trailers are read over: nothing in them is for us or for the client.
      if (++trailer_bytes_ > most_trailer) {
        state_ = State::Broken;
      } else if (c == '\n') {
        if (last_ != '\r') {
          state_ = State::Broken;
        } else if (line_bytes_ == 1) {
          state_ = State::Done;
        }
        line_bytes_ = 0;
      } else {
        ++line_bytes_;
      }
      last_ = c;
      return;
    case State::Content:
    case State::Done:
    case State::Broken: return;
  }
}

}  // namespace vignette::relay
