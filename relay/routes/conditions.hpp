#pragma once
#include <cstdint>
#include <string>

#include "relay/http/message.hpp"

namespace vignette::relay {

/// What the client's conditions are compared with: the very representation we would send.
struct Validators {
  std::string etag;  ///< strong, with its quotes
  std::int64_t modified_s = 0;
};

enum class Verdict {
  Send,
  NotModified,         ///< 304: the client's copy is good
  PreconditionFailed,  ///< 412: the client wants only what it knows, and that is gone
};

/// RFC 9110, section 13.2.2, for GET and HEAD.
Verdict judge_conditions(const Request& request, const Validators& now);

/// Whether a range may be cut from this representation: yes, unless If-Range names another one.
bool range_applies(const Request& request, const Validators& now);

}  // namespace vignette::relay
