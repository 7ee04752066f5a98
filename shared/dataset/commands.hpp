#pragma once
#include <string>
#include <variant>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/dataset/document.hpp"
#include "shared/dataset/replace.hpp"

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
/// Many captions, each with its own text and author, as one step.
struct SetCaptions {
  std::vector<std::pair<ItemId, Caption>> captions;
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
/// Words for other words, wherever they stand in the captions of these items.
struct ReplaceInCaptions {
  std::vector<ItemId> items;
  std::string find;
  std::string replace;
  ReplaceRules rules;
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
/// Texts for pictures, from one author and under a name of their own in the undo list.
struct WriteCaptions {
  struct Text {
    ItemId item;
    std::string set;
    std::string text;
  };
  std::vector<Text> texts;
  Author author;
  TimeMs time = 0;
  std::string label;
};
struct RenameDataset {
  std::string name;
};
struct ChangeSettings {
  DatasetSettings settings;
  std::string label = "Change the context";
};
using Command = std::variant<AddItems, RemoveItems, SetCaption, SetCaptions, AffixCaptions, ReplaceInCaptions,
                             ImportCaptions, WriteCaptions, RenameDataset, ChangeSettings>;

struct Performed {
  Document document;
  std::string label;  ///< what the undo list calls it: "Edit caption of cat.jpg"
  int changed = 0;    ///< how many items are different now; 0 = nothing worth an undo step
};

/// Pure: same document and command in, same document out. Never partly applied.
Result<Performed> perform(const Document& before, const Command& command);

}  // namespace vignette
