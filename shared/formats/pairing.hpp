#pragma once
#include <map>
#include <string>
#include <vector>

#include "shared/dataset/item.hpp"

namespace vignette {

/// What a file is to an import, judged by its name alone; contents decide later.
enum class FileRole { Picture, CaptionText, Archive, Junk, Other };
/// Junk is what operating systems leave behind: hidden files, __MACOSX, Thumbs.db, desktop.ini.
FileRole role_of(std::string_view path);

/// Which caption goes to which picture. "dir/a.b.jpg" takes "dir/a.b.txt", else "dir/a.b.caption"; a
/// picture's own full name ("a.jpg.txt") wins over its stem, so that a.jpg and a.png can differ.
struct Pairing {
  std::map<std::string, std::string> caption_of;  ///< picture path → caption path
  std::vector<std::string> orphans;               ///< caption files without a picture
  std::vector<std::string> shared;                ///< caption files that serve several pictures of one stem
};
Pairing pair_captions(const std::vector<std::string>& pictures, const std::vector<std::string>& captions);

/// A caption file's words: byte-order mark and outer white space gone, line ends as \n.
std::string caption_from_file(std::string_view text);

}  // namespace vignette
