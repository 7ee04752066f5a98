#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/emulator/core/call.hpp"

namespace vignette::emulator {

/// What a provider answers, before faults.rule decides how it travels.
struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Pairs headers;
  /// A stream: each is sent as one chunk, already framed as the provider frames it.
  std::vector<std::string> events;
  bool streamed = false;
  /// How many of the last events only say "this was all".
  std::size_t closing_events = 0;
  /// What the provider sends when it fails in the middle of a stream.
  std::string error_event;
  /// Time the provider itself takes, for example to paint while "Prefer: wait" holds the line.
  std::int64_t works_ms = 0;
};

Answer json_answer(const Json& body, int status = 200);
Answer text_answer(std::string body, std::string content_type = "text/plain; charset=utf-8",
                   int status = 200);
Answer bytes_answer(std::string body, std::string content_type);
Answer empty_answer(int status);

/// "data: {…}\n\n", with "event: name\n" before it when there is a name.
std::string sse(const Json& data, const std::string& event = {});

/// What is wrong with a request, in terms every provider can put into its own words.
struct Trouble {
  int status = 400;
  std::string message;
  std::string code;        ///< the provider's machine-readable word; most have a usual one for the status
  std::string param;       ///< which field
  double retry_after = 0;  ///< seconds; 0 says nothing about it
};

}  // namespace vignette::emulator
