#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace vignette::relay {

/// Takes "Transfer-Encoding: chunked" off, from bytes cut anywhere. Stricter than RFC 9112: extensions are
/// skipped up to a limit, trailers up to a limit, and everything odd is an end.
class ChunkReader {
 public:
  struct Step {
    std::size_t content = 0;   ///< bytes of content, moved to the front of what was given
    std::size_t consumed = 0;  ///< less than given only after the end
  };
  Step feed(std::span<char> bytes);
  bool done() const { return state_ == State::Done; }
  bool broken() const { return state_ == State::Broken; }

 private:
  enum class State { Size, Extension, SizeEnd, Content, ContentCr, ContentLf, Trailer, Done, Broken };
  void take(char c);

  State state_ = State::Size;
  std::uint64_t left_ = 0;
  int digits_ = 0;
  int extension_bytes_ = 0;
  int trailer_bytes_ = 0;
  int line_bytes_ = 0;
  char last_ = 0;
};

}  // namespace vignette::relay
