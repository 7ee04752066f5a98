#pragma once
#include <optional>
#include <string>

#include "relay/http/message.hpp"

namespace vignette::relay {

/// Why a request is not answered with what it asked for.
struct Problem {
  int status = 400;
  std::string code;     ///< stable, for programs: "bad_framing"
  std::string message;  ///< a sentence for a person; never holds what the client sent
  std::optional<int> retry_after_s = std::nullopt;
};

/// OpenAI's error object with two more members, so that its clients understand ours:
///   {"error":{"message","type","param","code","retry_after_ms","request_id"}}
Response problem_response(const Problem& problem, const std::string& request_id);

}  // namespace vignette::relay
