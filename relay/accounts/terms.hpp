#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/time.hpp"

namespace vignette::relay {

/// Money is counted in whole millionths of a dollar.
using MicroUsd = std::int64_t;

/// What an access code may do. Nothing set means no limit.
struct Terms {
  std::string name;                 ///< the operator's word for it: "idem307"
  std::vector<std::string> models;  ///< "gemini/gemini-2.5-flash", "gemini/*" or an alias; empty: all
  std::optional<int> requests_per_minute;
  std::optional<int> concurrency;
  std::optional<std::int64_t> requests;  ///< in all
  std::optional<MicroUsd> budget;        ///< in all
  std::optional<MicroUsd> daily_budget;
  std::optional<MicroUsd> session_budget;
  std::optional<int> sessions;
  std::optional<TimeMs> expires;
  std::optional<int> max_tokens;  ///< caps of parameters: more is refused before anything is sent
  std::optional<int> max_n;
  // One person's share of a code that many use, so that one of them cannot take it all.
  std::optional<int> session_requests_per_minute;
  std::optional<int> session_concurrency;

  bool operator==(const Terms&) const = default;
};

/// "gemini/*", "gemini/gemini-2.5-flash" or an alias against a model's full name.
bool may_use(const Terms& terms, std::string_view model);

/// Who asks: found from the bearer before any byte of the body is read.
struct Caller {
  std::string code_id;     ///< public id, fit for logs: 8 hex digits; "own-key" for a user's own provider key
  std::string session_id;  ///< empty when the code itself is the bearer
  std::shared_ptr<const Terms> terms;
};

/// The id of callers who bring a provider key of their own: nothing is counted for them.
inline constexpr std::string_view own_key_id = "own-key";

struct OpenedSession {
  std::string token;
  std::string session_id;
  TimeMs expires = 0;
  std::shared_ptr<const Terms> terms;
};

/// What one answered request consumed; counted in the usage tables, never priced from here.
struct Consumption {
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::int64_t images = 0;
};

/// What is left, for the caller's own eyes: GET /v1/usage.
struct UsageView {
  Terms terms;
  std::int64_t requests = 0;
  MicroUsd spent = 0;
  MicroUsd reserved = 0;
  MicroUsd spent_today = 0;
  MicroUsd spent_session = 0;
  MicroUsd reserved_session = 0;
  int at_work = 0;
  Consumption consumed;
};

}  // namespace vignette::relay
