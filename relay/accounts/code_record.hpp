#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "relay/accounts/mac.hpp"
#include "relay/accounts/terms.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// An access code as it is kept. The code itself is nowhere: only its MAC under the pepper.
struct CodeRecord {
  std::string id;  ///< public, 8 hex digits
  Mac mac{};
  std::shared_ptr<const Terms> terms;
  TimeMs created = 0;
  bool disabled = false;
  std::uint32_t epoch =
      0;  ///< raised when the code is disabled: tokens of an earlier epoch are dead for good
  /// A word from the environment: a code only while the process that was given it lives.
  bool given = false;
};

/// The record of a code, new. Its id comes from the code under the pepper, so that relays that are given the
/// same word agree on it.
CodeRecord make_record(std::string_view canonical, const Terms& terms, const MacKey& pepper, TimeMs now,
                       bool given);

/// Terms as one JSON object, in which what is unlimited is left out.
std::string terms_json(const Terms& terms);
Result<Terms> terms_from_json(std::string_view json);

}  // namespace vignette::relay
