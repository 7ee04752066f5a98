#pragma once
#include <optional>
#include <string>

#include "shared/json/read.hpp"
#include "wasm/app/effects.hpp"
#include "wasm/app/events.hpp"

namespace vignette {

// The share of the wire that captioning has: requests, connections, the ledger.

std::string sending_wire(const KeepSecret& e);
std::string sending_wire(const ForgetSecret& e);
std::string sending_wire(const StoreConnections& e);
std::string sending_wire(const OpenSession& e);
std::string sending_wire(const Fetch& e);
std::string sending_wire(const CancelFetch& e);
std::string sending_wire(const SetLocalOnly& e);
std::string sending_wire(const FindLocalServers& e);
std::string sending_wire(const SaveText& e);
std::string sending_wire(const PickText& e);
std::string sending_wire(const AddToLedger& e);
std::string sending_wire(const LookAt& e);
std::string sending_wire(const StopLooking& e);

/// Nothing when the kind is none of captioning's.
std::optional<Event> sending_event(const std::string& kind, const Json& json);

}  // namespace vignette
