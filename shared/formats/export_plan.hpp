#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "shared/dataset/item.hpp"

namespace vignette {

// What every layout that people export has in common: which files it will hold, and what is wrong before
// anything is written.

enum class MissingCaption { Skip, WriteEmpty, Stop };

/// One picture and its text as they will lie in the archive.
struct ExportPair {
  ItemId item;
  std::string picture_path;
  std::string text_path;  ///< "" when no text is written
  std::string text;
};
/// A file of the layout itself, such as label.json.
struct ExportFile {
  std::string path;
  std::string content;
};
struct ExportProblem {
  ItemId item;
  std::string text;       ///< "cat.png has no caption."
  bool blocking = false;  ///< the export cannot start before this is solved or an option changed
};
struct ExportPlan {
  std::string archive_name;
  std::vector<ExportPair> pairs;
  std::vector<ExportFile> files;  ///< after the pairs
  std::vector<ExportProblem> problems;
  int skipped = 0;
  std::uint64_t bytes = 0;  ///< of all pictures and texts, before the archive's own headers
  bool can_start() const;
};

bool blocks(const std::vector<ExportProblem>& problems);

/// A caption as a trainer should get it: one line, without the punctuation at its end. The trainers join
/// lines with commas by themselves, and a full stop would be learned as part of the subject.
std::string text_for_training(std::string_view caption);

/// [trigger] replaced by the word, which is how one set of captions serves several trainings. An empty word
/// leaves it: most trainers replace it themselves.
std::string with_trigger_word(std::string caption, std::string_view word);

}  // namespace vignette
