#pragma once

namespace vignette::relay {

/// Why an upstream did not answer, as far as money and retries care.
enum class Failure {
  None,
  Unreachable,  ///< name, address, connection or TLS: nothing was sent
  Refused,      ///< an address it must not have
  Broken,       ///< the connection ended after something was sent
  Late,         ///< it took too long after something was sent
  Nonsense,     ///< what came is no HTTP we take
  TooLarge,
  Cancelled,  ///< the client left
};

}  // namespace vignette::relay
