#pragma once
#include <string>

#include "shared/dataset/change.hpp"
#include "shared/json/read.hpp"
#include "shared/json/writer.hpp"

namespace vignette {

// A change as a catalogue stores it (docs/catalogue.md):
//
//   {"items":    [{"id", "before": ITEM|null, "after": ITEM|null}],
//    "captions": [{"item", "set", "before": CAPTION|null, "after": CAPTION|null}],
//    "dataset":  {"before": DATASET, "after": DATASET}}
//
// Each member is absent when it has nothing to say. Reading is lenient: what is missing reads as its default.

std::string write_change(const Change& change);
Change read_change(const Json& json);

/// The facts of an item, without captions.
void write_item(JsonWriter& json, const Item& item);
Item read_item(const Json& json);
Caption read_caption(const Json& json);
DatasetSettings read_settings(const Json& json);

/// 16 hex digits, as perceptual hashes are written.
std::uint64_t phash_from_hex(std::string_view digits);
/// The format with this extension or name: "jpg", "JPEG".
Format format_named(std::string_view name);

}  // namespace vignette
