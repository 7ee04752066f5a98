#pragma once
#include <string>

#include "relay/accounts/mac.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

namespace vignette::relay {

/// What the accounts know that nobody else may: the pepper under every stored code, and the keys that sign
/// session tokens. Of those the current one signs, and the one before it is still believed.
struct Secrets {
  std::string pepper;
  std::string signing;
  std::string previous;
  TimeMs rotated = 0;  ///< when `signing` was made
};

Secrets make_secrets(TimeMs now);
/// A new signing key once the present one is 30 days old; true when there is one. No token lives so long that
/// it would die of this.
bool rotate(Secrets& secrets, TimeMs now);

/// Four lines: a file of its own beside the database, so that a copy of the database alone tells nothing.
std::string secrets_text(const Secrets& secrets);
Result<Secrets> secrets_from_text(std::string_view text);

/// Reads DIR/secrets, or makes it with mode 0600 when there is none. Two processes that start at once agree
/// on one. Refuses a file that others on the machine may read.
Result<Secrets> open_secrets_file(const std::string& folder, TimeMs now);
/// Writes it again, all or nothing.
Result<Done> replace_secrets_file(const std::string& folder, const Secrets& secrets);

}  // namespace vignette::relay
