#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "shared/dataset/document.hpp"

namespace vignette {

/// Moments are numbered upwards as they are made; 0 is what was before all of them.
using MomentId = std::uint64_t;

/// A step as the undo list names it.
struct MomentInfo {
  MomentId id = 0;
  std::string label;
  TimeMs time = 0;
};

struct Moment {
  MomentInfo info;
  std::string merge_key;
  /// What the dataset was after this step. Of a step read from a catalogue only the name is known, until its
  /// changes have been loaded and walked along.
  std::optional<Document> document;
};

/// The list of moments and a cursor; it has no idea what a command does. Undo moves the cursor.
class History {
 public:
  explicit History(Document first = {});
  /// As a catalogue has it: every moment by name, the document of the one at `cursor`. Moments of such a
  /// history are never forgotten, only their documents are: the catalogue has their changes.
  History(Document now, std::vector<MomentInfo> moments, MomentId cursor);

  const Document& now() const { return *moments_[cursor_].document; }

  struct Pushed {
    MomentInfo moment;
    std::optional<MomentId> forget_after;  ///< steps after this one can no longer be redone
  };
  /// `merge_key` joins what a person feels as one edit: typing in one field, one import.
  Pushed push(Document document, std::string label, std::string merge_key = {}, TimeMs time = 0);
  /// What a merged step is called once it is known as a whole: an import knows its numbers at its end.
  std::vector<MomentInfo> rename_step(const std::string& merge_key, const std::string& label);
  /// The gesture ended; the next edit is a step of its own.
  void seal() { sealed_ = true; }
  /// A long run goes on after other gestures; it still joins only a step of its own key.
  void unseal() { sealed_ = false; }

  bool can_undo() const { return cursor_ > 0; }
  bool can_redo() const { return cursor_ + 1 < moments_.size(); }
  /// What undo would take back, and redo bring again: "" when there is nothing.
  std::string undo_label() const { return can_undo() ? moments_[cursor_].info.label : ""; }
  std::string redo_label() const { return can_redo() ? moments_[cursor_ + 1].info.label : ""; }
  /// False when there is no such step, or its document is not in memory.
  bool undo() { return can_undo() && go_to(cursor_ - 1); }
  bool redo() { return go_to(cursor_ + 1); }
  bool go_to(std::size_t position);

  /// Moments from the oldest to the newest; the first is the state before them all and has no name.
  std::size_t size() const { return moments_.size(); }
  const Moment& at(std::size_t position) const { return moments_[position]; }
  std::size_t cursor() const { return cursor_; }
  std::optional<std::size_t> position_of(MomentId id) const;
  std::size_t steps() const { return moments_.size() - 1; }
  /// The document of a moment that was known by name only.
  void give(std::size_t position, Document document);
  /// Stands at this moment again, which is made when it is not known: a step that was taken before the
  /// history was read anew.
  void resume(const MomentInfo& moment, Document document);

 private:
  void forget_oldest();

  std::deque<Moment> moments_;
  std::size_t cursor_ = 0;
  MomentId last_id_ = 0;
  bool stored_ = false;
  bool sealed_ = true;
};

}  // namespace vignette
