#pragma once
#include <deque>
#include <string>

#include "shared/dataset/document.hpp"

namespace vignette {

/// The list of moments and a cursor; it has no idea what a command does. Undo moves the cursor.
class History {
 public:
  explicit History(Document first = {});

  const Document& now() const { return moments_[cursor_].document; }
  /// `merge_key` joins what a person feels as one edit: typing in one field, one import.
  void push(Document document, std::string label, std::string merge_key = {});
  /// What a merged step is called once it is known as a whole: an import knows its numbers at its end.
  void rename_step(const std::string& merge_key, const std::string& label);
  /// The gesture ended; the next edit is a step of its own.
  void seal() { sealed_ = true; }

  bool can_undo() const { return cursor_ > 0; }
  bool can_redo() const { return cursor_ + 1 < moments_.size(); }
  /// What undo would take back, and redo bring again: "" when there is nothing.
  std::string undo_label() const { return can_undo() ? moments_[cursor_].label : ""; }
  std::string redo_label() const { return can_redo() ? moments_[cursor_ + 1].label : ""; }
  void undo();
  void redo();
  std::size_t steps() const { return moments_.size() - 1; }

 private:
  struct Moment {
    Document document;
    std::string label;
    std::string merge_key;
  };
  void forget_oldest();

  std::deque<Moment> moments_;
  std::size_t cursor_ = 0;
  bool sealed_ = true;
};

}  // namespace vignette
