#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/dataset/item.hpp"

namespace vignette {

struct DatasetSettings {
  std::string context;  ///< what the captions are about; names the export
  std::string trigger;  ///< the word that [trigger] in captions stands for
  bool operator==(const DatasetSettings&) const = default;
};

/// One immutable moment of a dataset. Copying it copies pointers, not captions, so an undo step costs
/// what changed and nothing else. Pixels live elsewhere.
struct Document {
  std::string id;
  std::string name;
  DatasetSettings settings;
  std::vector<std::shared_ptr<const Item>> items;  ///< in natural order of their paths

  const Item* find(const ItemId& item) const;
  const Item* find_path(std::string_view path) const;
  /// Position in `items`, or -1.
  int position(const ItemId& item) const;

  /// Call after `items` changed in number, order, id or path; caption edits need not.
  void reindex();

 private:
  struct Index {
    std::unordered_map<std::string, int> by_id;
    std::unordered_map<std::string, int> by_path;
  };
  std::shared_ptr<const Index> index_;  ///< shared by all moments with the same items in the same order
};

}  // namespace vignette
