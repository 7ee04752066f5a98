#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace vignette::relay {

using Mac = std::array<std::uint8_t, 32>;

/// HMAC-SHA256 under one key. The keyed state is kept, so that a MAC costs two short hashes (below a
/// microsecond). Not for several threads at once.
class MacKey {
 public:
  explicit MacKey(std::string_view key);
  ~MacKey();
  MacKey(MacKey&&) noexcept;
  MacKey& operator=(MacKey&&) noexcept;

  Mac of(std::string_view message) const;

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// Takes the same time wherever the two differ. The lengths are no secret.
bool same_secret(std::string_view a, std::string_view b);
inline std::string_view as_text(const Mac& mac) {
  return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

/// From the kernel, by way of OpenSSL. Ends the process when there is none: nothing may go on without.
std::string random_bytes(std::size_t count);

std::string hex(std::string_view bytes);
/// Lower-case digits, two a byte; anything else gives an empty string.
std::string bytes_from_hex(std::string_view digits);

}  // namespace vignette::relay
