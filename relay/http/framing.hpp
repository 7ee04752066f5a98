#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "relay/http/limits.hpp"
#include "relay/http/message.hpp"
#include "relay/http/problem.hpp"

// Where one request ends and the next begins is what request smuggling is about: two programs that read the
// same bytes must not disagree. So we are stricter than RFC 9112 (every browser's requests pass) and never
// read a second request after a doubtful first one.

namespace vignette::relay {

struct HeadScan {
  enum class State { Incomplete, Complete, Broken };
  State state = State::Incomplete;
  std::size_t bytes = 0;  ///< of the head with its empty line, once Complete
};
/// Looks for the end of the head. Broken as soon as the bytes cannot become HTTP/1 (a bare line feed, a TLS
/// greeting), so that nobody waits for a deadline. `scanned` bytes were looked at by an earlier call.
HeadScan scan_head(std::string_view received, std::size_t scanned);

/// Checks on the raw bytes of a complete head: what a parser would tidy up before we could see it.
std::optional<Problem> raw_head_problem(std::string_view head, const Limits& limits);

/// Checks on the parsed request.
std::optional<Problem> framing_problem(const Request& request, const Limits& limits);

}  // namespace vignette::relay
