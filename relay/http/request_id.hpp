#pragma once
#include <string>

namespace vignette::relay {

/// 16 hex digits that no other request of this process has, and none of another is likely to have.
/// A name to find a request in the log by, not a secret.
std::string next_request_id();

}  // namespace vignette::relay
