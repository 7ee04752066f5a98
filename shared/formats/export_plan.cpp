#include "shared/formats/export_plan.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"

namespace vignette {

bool blocks(const std::vector<ExportProblem>& problems) {
  return std::any_of(problems.begin(), problems.end(), [](const ExportProblem& p) { return p.blocking; });
}

bool ExportPlan::can_start() const { return !pairs.empty() && !blocks(problems); }

std::string text_for_training(std::string_view caption) {
  std::string line;
  for (const char c : trim(caption)) {
    const bool space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!space) {
      line.push_back(c);
    } else if (!line.empty() && line.back() != ' ') {
      line.push_back(' ');
    }
  }
  while (!line.empty() && std::string_view(".!?,;: ").find(line.back()) != std::string_view::npos)
    line.pop_back();
  return line;
}

std::string with_trigger_word(std::string caption, std::string_view word) {
  constexpr std::string_view kMark = "[trigger]";
  if (word.empty()) return caption;
  for (std::size_t at = caption.find(kMark); at != std::string::npos;
       at = caption.find(kMark, at + word.size()))
    caption.replace(at, kMark.size(), word);
  return caption;
}

}  // namespace vignette
