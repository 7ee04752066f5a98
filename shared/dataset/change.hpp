#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/dataset/document.hpp"

namespace vignette {

// What differs between two moments of a dataset, in both directions. It is what a catalogue stores of a step:
// applied forwards it makes the later document out of the earlier one, backwards the earlier out of the
// later.

/// An item that came, went, or is another file now. Its captions are told apart from it, its revision not at
/// all.
struct ItemChange {
  std::shared_ptr<const Item> before, after;  ///< null: it is not there
  const ItemId& id() const { return after ? after->id : before->id; }
};

struct CaptionChange {
  ItemId item;
  std::string set;
  std::optional<Caption> before, after;
};

/// What belongs to the dataset as a whole.
struct DatasetFacts {
  std::string name;
  DatasetSettings settings;
  bool operator==(const DatasetFacts&) const = default;
};

struct DatasetChange {
  DatasetFacts before, after;
};

struct Change {
  std::vector<ItemChange> items;
  std::vector<CaptionChange> captions;
  std::optional<DatasetChange> dataset;
  bool empty() const { return items.empty() && captions.empty() && !dataset; }
};

/// Looks at each item's pointer once; only what does not share it is compared.
Change difference(const Document& before, const Document& after);

enum class Direction { Forwards, Backwards };

/// The document on the other side of the change. Items it does not know are left alone, so a change can also
/// be put on top of a document that others have changed.
Document applied(const Document& document, const Change& change, Direction direction);

/// The same picture file with the same facts; captions and revision may differ.
bool same_facts(const Item& a, const Item& b);
/// Items in the order documents have them, ready to be looked up.
void put_in_order(Document& document);

}  // namespace vignette
