#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/provider/chat.hpp"

namespace vignette::relay {

/// The members of a "usage" object as OpenAI's relatives write it, from its text. Nothing where a count is
/// absent, negative or no whole number: then the whole reservation is charged.
std::optional<provider::Usage> usage_from_text(std::string_view object);

/// Looks at an answer that passes by, cut anywhere, for what it cost and whether it came to its end.
class AnswerWatch {
 public:
  explicit AnswerWatch(bool events) : events_(events) {}
  void feed(std::string_view bytes);
  /// No more will come.
  void finish();

  const std::optional<provider::Usage>& usage() const { return usage_; }
  /// An event stream said that it was over; other answers say so by their length.
  bool ended() const { return ended_; }
  bool has_error() const { return error_; }

 private:
  void take_line(std::string_view line);
  void take_json(std::string_view json);

  bool events_;
  std::string kept_;  // the line, or the whole short answer, so far
  bool too_long_ = false;
  bool ended_ = false;
  bool error_ = false;
  std::optional<provider::Usage> usage_;
};

}  // namespace vignette::relay
