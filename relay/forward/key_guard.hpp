#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vignette::relay {

/// Looks for the key that a provider was asked with in what that provider says. A key never goes to a client,
/// even where the provider itself says it aloud.
class KeyGuard {
 public:
  /// The key must outlive this. One that is shorter than any real one is not looked for: it would be found in
  /// innocent words.
  explicit KeyGuard(std::string_view key) : key_(key.size() >= 16 ? key : std::string_view()) {}

  bool finds_key_in(std::string_view text) const {
    return !key_.empty() && text.find(key_) != std::string_view::npos;
  }

  /// For bytes that come in parts: what may go on, valid until the next call. That is all of them, but for a
  /// beginning of the key at their end, which waits for what follows. Nothing: they hold the key.
  std::optional<std::string_view> pass(std::string_view bytes, bool last);

 private:
  std::string_view key_;
  std::string held_;
  std::string joined_;
};

}  // namespace vignette::relay
