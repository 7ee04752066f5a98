#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/time.hpp"
#include "shared/image/format.hpp"

namespace vignette {

/// The content hash of the picture's bytes: the same picture twice is one item.
using ItemId = std::string;

enum class AuthorKind { Human, Model, Import };

/// Who wrote a text. A model's name is "provider/model".
struct Author {
  AuthorKind kind = AuthorKind::Human;
  std::string model;
  bool operator==(const Author&) const = default;
};
/// "human", "import" or "model:provider/model": what scripts and files see.
std::string name_of(const Author& author);

struct Caption {
  std::string text;
  Author author;
  TimeMs time = 0;
  bool operator==(const Caption&) const = default;
};

/// The set every dataset has; others (tags, short, long …) sit beside it.
inline constexpr const char* kMainSet = "main";

/// One picture. Immutable once it is in a Document; a change makes a new one with a higher revision.
struct Item {
  ItemId id;
  std::string name;  ///< file name as it came
  std::string path;  ///< with its folders, '/' between them; unique in a document
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;  ///< of the original bytes, so that an export need not read them first
  Format format = Format::Unknown;
  int width = 0;  ///< upright, after EXIF orientation
  int height = 0;
  int orientation = 1;
  bool alpha = false;
  bool animated = false;
  std::uint64_t phash = 0;
  TimeMs modified = 0;
  std::optional<TimeMs> taken;
  std::map<std::string, Caption> captions;  ///< by set name; an absent set has no caption
  std::vector<std::string> also_at;         ///< further paths the same bytes came from
  std::uint32_t revision = 0;               ///< +1 on every change; late answers compare it
};

/// The text of a set, or "" where there is none.
const std::string& caption_text(const Item& item, const std::string& set = kMainSet);
bool is_captioned(const Item& item, const std::string& set = kMainSet);
/// Name without folders and last extension: "shoot/a.b.jpg" → "a.b".
std::string stem_of(std::string_view path);
std::string file_name_of(std::string_view path);

}  // namespace vignette
