#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "shared/base/result.hpp"
#include "tests/emulator/core/call.hpp"

namespace vignette::emulator {

/// Where the connection ends when a rule drops it.
enum class Drop { Never, BeforeBody, BeforeHeaders, AfterHeaders, Middle };

/// One scripted fault: which requests it meets, how often, and what then happens to the answer.
/// The JSON names of the fields are listed in main.cpp.
struct Rule {
  int id = 0;

  // which requests
  std::string provider, path = "*", method, model, key;
  std::int64_t skip = 0;    ///< let so many pass first
  std::int64_t times = -1;  ///< then so many are met; -1 is all
  double probability = 1;
  std::uint64_t seed = 1;

  // when
  std::int64_t delay_ms = 0, event_delay_ms = 0, drip_ms = 0;
  std::size_t drip_bytes = 0;
  std::string hold;            ///< waits at this gate until it is opened
  int hold_after_events = -1;  ///< in the middle of a stream; -1 waits before the first byte

  // what
  int status = 0;
  std::optional<std::string> body;
  std::string message, code, content_type;
  Pairs headers;
  std::optional<double> retry_after, retry_after_date, retry_after_ms;
  bool early = false;  ///< answer from the headers alone, without reading the body
  std::string redirect;

  // how it breaks
  Drop drop = Drop::Never;
  bool reset = false;
  int drop_after_events = 1;
  std::int64_t truncate = -1;  ///< only so many bytes of the body, with a correct length
  bool malformed_chunk = false, no_terminator = false;
  std::size_t giant_bytes = 0;

  Script script;

  std::int64_t seen = 0, hits = 0;
};

Result<Rule> read_rule(const Json& json);
Json to_json(const Rule& rule);
bool meets(const Rule& rule, const Call& call);

}  // namespace vignette::emulator
