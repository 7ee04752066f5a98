#include "shared/provider/think.hpp"

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

constexpr std::string_view kOpen = "<think>";
constexpr std::string_view kClose = "</think>";

std::string_view without_leading_space(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  return from == std::string_view::npos ? std::string_view{} : text.substr(from);
}

}  // namespace

Spoken without_thinking(std::string_view answer) {
  const std::string_view body = without_leading_space(answer);
  const bool opened = body.starts_with(kOpen);
  const std::size_t close = body.rfind(kClose);
  if (close == std::string_view::npos) {
    if (!opened) return {std::string(answer), {}, false};
    return {{}, std::string(trim(body.substr(kOpen.size()))), true};
  }
  const std::string_view thoughts =
      body.substr(opened ? kOpen.size() : 0, close - (opened ? kOpen.size() : 0));
  return {std::string(without_leading_space(body.substr(close + kClose.size()))), std::string(trim(thoughts)),
          false};
}

std::string ThinkFilter::feed(std::string_view more) {
  if (state_ == State::Speaking) return std::string(more);
  held_ += more;
  if (state_ == State::Start) {
    const std::string_view seen = without_leading_space(held_);
    if (seen.starts_with(kOpen)) {
      state_ = State::Thinking;
    } else if (kOpen.starts_with(seen)) {
      return {};  // it may still become the tag
    } else {
      state_ = State::Speaking;
      std::string out;
      out.swap(held_);
      return out;
    }
  }
  if (state_ == State::Thinking) {
    const std::size_t close = held_.find(kClose);
    if (close == std::string::npos) {
      // Enough to recognise a tag that is cut in two.
      if (held_.size() > kClose.size()) held_.erase(0, held_.size() - kClose.size());
      return {};
    }
    held_.erase(0, close + kClose.size());
    state_ = State::AfterThinking;
  }
  const std::string out(without_leading_space(held_));
  held_.clear();
  if (!out.empty()) state_ = State::Speaking;
  return out;
}

std::string ThinkFilter::finish() {
  std::string out;
  if (state_ == State::Start) out.swap(held_);
  held_.clear();
  return out;
}

}  // namespace vignette::provider
