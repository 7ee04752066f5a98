#include "shared/dataset/history.hpp"

namespace vignette {
namespace {

// A moment of 10,000 items costs about 160 KB of pointers, so a long day fits into a few hundred steps, and a
// dataset ten times that size keeps fewer.
constexpr std::size_t kMostSteps = 500;
constexpr std::size_t kMostPointers = 8'000'000;

}  // namespace

History::History(Document first) { moments_.push_back({std::move(first), "", ""}); }

void History::push(Document document, std::string label, std::string merge_key) {
  moments_.erase(moments_.begin() + static_cast<std::ptrdiff_t>(cursor_) + 1, moments_.end());
  Moment& last = moments_.back();
  const bool merges = !sealed_ && !merge_key.empty() && last.merge_key == merge_key && cursor_ > 0;
  if (merges) {
    last.document = std::move(document);
    last.label = std::move(label);
  } else {
    moments_.push_back({std::move(document), std::move(label), std::move(merge_key)});
    ++cursor_;
    forget_oldest();
  }
  sealed_ = false;
}

void History::rename_step(const std::string& merge_key, const std::string& label) {
  for (Moment& moment : moments_) {
    if (moment.merge_key == merge_key) moment.label = label;
  }
}

void History::undo() {
  if (can_undo()) --cursor_;
  seal();
}

void History::redo() {
  if (can_redo()) ++cursor_;
  seal();
}

void History::forget_oldest() {
  const std::size_t per_step = now().items.size() + 1;
  while (moments_.size() > 2 &&
         (moments_.size() > kMostSteps || moments_.size() * per_step > kMostPointers)) {
    moments_.pop_front();
    --cursor_;
  }
}

}  // namespace vignette
