#pragma once
#include <string>
#include <variant>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/dataset/document.hpp"

namespace vignette {

/// Adds new pictures. One whose bytes are already there only adds its path to the known item; one whose
/// path is already there with other bytes takes the item's place and keeps its captions.
struct AddItems {
  std::vector<Item> items;
};
struct RemoveItems {
  std::vector<ItemId> items;
};
struct SetCaption {
  ItemId item;
  std::string text;
  Author author;
  TimeMs time = 0;
  std::string set = kMainSet;
};
/// Puts words before and after captions; not where they already are, so pressing twice does no harm.
struct AffixCaptions {
  std::vector<ItemId> items;
  std::string prefix;
  std::string suffix;
  TimeMs time = 0;
  std::string set = kMainSet;
};
/// Captions found in files: given to items that have none yet, so that an import never overwrites anybody's
/// words.
struct ImportCaptions {
  std::vector<std::pair<ItemId, std::string>> captions;
  TimeMs time = 0;
  std::string set = kMainSet;
};
struct RenameDataset {
  std::string name;
};
struct ChangeSettings {
  DatasetSettings settings;
};
using Command = std::variant<AddItems, RemoveItems, SetCaption, AffixCaptions, ImportCaptions, RenameDataset,
                             ChangeSettings>;

struct Performed {
  Document document;
  std::string label;  ///< what the undo list calls it: "Edit caption of cat.jpg"
  int changed = 0;    ///< how many items are different now; 0 = nothing worth an undo step
};

/// Pure: same document and command in, same document out. Never partly applied.
Result<Performed> perform(const Document& before, const Command& command);

}  // namespace vignette
