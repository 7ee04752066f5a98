#include "shared/dataset/history.hpp"

#include <algorithm>

namespace vignette {
namespace {

// A moment of 10,000 items costs about 160 KB of pointers, so a long day fits into a few hundred steps, and a
// dataset ten times that size keeps fewer.
constexpr std::size_t kMostSteps = 500;
constexpr std::size_t kMostPointers = 8'000'000;

}  // namespace

History::History(Document first) { moments_.push_back({{}, "", std::move(first)}); }

History::History(Document now, std::vector<MomentInfo> moments, MomentId cursor) : stored_(true) {
  moments_.emplace_back();
  for (MomentInfo& info : moments) {
    last_id_ = std::max(last_id_, info.id);
    moments_.push_back({std::move(info), "", std::nullopt});
  }
  // A cursor whose own moment is gone stands after the last one before it.
  while (cursor_ + 1 < moments_.size() && moments_[cursor_ + 1].info.id <= cursor) ++cursor_;
  moments_[cursor_].document = std::move(now);
}

History::Pushed History::push(Document document, std::string label, std::string merge_key, TimeMs time) {
  Pushed pushed;
  if (can_redo()) pushed.forget_after = moments_[cursor_].info.id;
  moments_.erase(moments_.begin() + static_cast<std::ptrdiff_t>(cursor_) + 1, moments_.end());
  Moment& last = moments_.back();
  const bool merges = !sealed_ && !merge_key.empty() && last.merge_key == merge_key && cursor_ > 0;
  if (merges) {
    last.document = std::move(document);
    last.info.label = std::move(label);
    last.info.time = time;
  } else {
    moments_.push_back({{++last_id_, std::move(label), time}, std::move(merge_key), std::move(document)});
    ++cursor_;
    forget_oldest();
  }
  sealed_ = false;
  pushed.moment = moments_[cursor_].info;
  return pushed;
}

std::vector<MomentInfo> History::rename_step(const std::string& merge_key, const std::string& label) {
  std::vector<MomentInfo> renamed;
  for (Moment& moment : moments_) {
    if (moment.merge_key != merge_key || moment.info.label == label) continue;
    moment.info.label = label;
    renamed.push_back(moment.info);
  }
  return renamed;
}

bool History::go_to(std::size_t position) {
  if (position >= moments_.size() || !moments_[position].document) return false;
  cursor_ = position;
  seal();
  return true;
}

std::optional<std::size_t> History::position_of(MomentId id) const {
  for (std::size_t i = 0; i < moments_.size(); ++i) {
    if (moments_[i].info.id == id) return i;
  }
  return std::nullopt;
}

void History::give(std::size_t position, Document document) {
  moments_[position].document = std::move(document);
}

void History::resume(const MomentInfo& moment, Document document) {
  if (const auto known = position_of(moment.id)) {
    cursor_ = *known;
  } else {
    moments_.erase(moments_.begin() + static_cast<std::ptrdiff_t>(cursor_) + 1, moments_.end());
    moments_.push_back({moment, "", std::nullopt});
    ++cursor_;
    last_id_ = std::max(last_id_, moment.id);
  }
  moments_[cursor_].document = std::move(document);
  seal();
}

void History::forget_oldest() {
  const std::size_t per_step = now().items.size() + 1;
  const auto too_many = [&](std::size_t count) {
    return count > 2 && (count > kMostSteps || count * per_step > kMostPointers);
  };
  if (!stored_) {
    while (too_many(moments_.size())) {
      moments_.pop_front();
      --cursor_;
    }
    return;
  }
  auto loaded = static_cast<std::size_t>(std::count_if(
      moments_.begin(), moments_.end(), [](const Moment& m) { return m.document.has_value(); }));
  for (std::size_t i = 0; i < moments_.size() && too_many(loaded); ++i) {
    if (i == cursor_ || !moments_[i].document) continue;
    moments_[i].document.reset();
    --loaded;
  }
}

}  // namespace vignette
