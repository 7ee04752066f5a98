#pragma once
#include "relay/http/message.hpp"

namespace vignette::relay {

/// What a page of ours may do: run its own scripts and its own wasm, use the microphone, talk to this server
/// and to models on the user's own machine. Nobody may frame it.
void add_page_protection(Response& response);

}  // namespace vignette::relay
