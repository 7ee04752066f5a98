#pragma once
#include <optional>
#include <string>

#include "shared/json/read.hpp"
#include "wasm/app/effects.hpp"
#include "wasm/app/events.hpp"

namespace vignette {

// The storage side's share of the wire (docs/catalogue.md has the shape of changes and items). A commit is
// written by hand, member by member: it may hold megabytes, and its change is JSON already.

std::string storage_wire(const Commit& e);
std::string storage_wire(const OpenDataset& e);
std::string storage_wire(const CreateDataset& e);
std::string storage_wire(const ListDatasets& e);
std::string storage_wire(const DuplicateDataset& e);
std::string storage_wire(const RenameStoredDataset& e);
std::string storage_wire(const TrashDataset& e);
std::string storage_wire(const RestoreDataset& e);
std::string storage_wire(const LoadMoment& e);
std::string storage_wire(const LoadCaptionHistory& e);
std::string storage_wire(const SaveProject& e);
std::string storage_wire(const OpenProject& e);
std::string storage_wire(const SaveCatalogue& e);
std::string storage_wire(const StoreJob& e);
std::string storage_wire(const ForgetJob& e);
std::string storage_wire(const AskPersist& e);
std::string storage_wire(const LoadUsage& e);
std::string storage_wire(const LinkFolder& e);
std::string storage_wire(const ResumeFolder& e);
std::string storage_wire(const UnlinkFolder& e);

/// Nothing when the kind is none of the storage side's.
std::optional<Event> storage_event(const std::string& kind, const Json& json);

}  // namespace vignette
