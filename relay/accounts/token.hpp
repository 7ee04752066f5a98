#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "relay/accounts/mac.hpp"
#include "shared/base/time.hpp"

namespace vignette::relay {

/// What a session token says. Nothing about it is stored to recognise it: the signature does that.
///
///   "r1." base64url( code id 4 B | session id 8 B | issued 4 B | expires 4 B | epoch 4 B ) "." base64url(
///   MAC 16 B )
///
/// Times are whole seconds since 1970, numbers have their most significant byte first, and the MAC is
/// over everything before the second dot.
struct Token {
  std::string code_id;     ///< 8 hex digits
  std::string session_id;  ///< 16 hex digits
  TimeMs issued = 0;
  TimeMs expires = 0;
  std::uint32_t epoch = 0;  ///< the code's when it was issued; disabling a code raises it

  bool operator==(const Token&) const = default;
};

inline constexpr std::string_view token_prefix = "r1.";

std::string write_token(const Token& token, const MacKey& key);
/// Nothing for anything that was not signed with that key, to the letter.
std::optional<Token> read_token(std::string_view text, const MacKey& key);

}  // namespace vignette::relay
