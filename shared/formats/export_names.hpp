#pragma once
#include <set>
#include <string>
#include <string_view>

namespace vignette {

/// A file stem every zip tool, file system and trainer accepts: letters, digits, '.', '_', '-' and space;
/// everything else becomes '_'; no leading or trailing dot or space, no reserved Windows name, at most 200
/// characters.
std::string safe_stem(std::string_view name);

/// Lower case, words joined by '_': "Red Vase, studio" → "red_vase_studio".
std::string slug(std::string_view text);

/// Hands out stems that are unique without regard to case: name, name_2, name_3 …
class UniqueStems {
 public:
  std::string take(const std::string& wanted);

 private:
  std::set<std::string> taken_;  // in lower case
};

}  // namespace vignette
