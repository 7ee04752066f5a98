#include "relay/forward/key_guard.hpp"

#include <algorithm>
#include <cstring>

namespace vignette::relay {

std::optional<std::string_view> KeyGuard::pass(std::string_view bytes, bool last) {
  if (key_.empty() || (bytes.empty() && held_.empty())) return bytes;
  if (!held_.empty()) {
    joined_.swap(held_);
    held_.clear();
    joined_ += bytes;
    bytes = joined_;
  }
  if (::memmem(bytes.data(), bytes.size(), key_.data(), key_.size()) != nullptr) return std::nullopt;
  if (last) return bytes;
  std::size_t waits = std::min(key_.size() - 1, bytes.size());
  while (waits > 0 && !bytes.ends_with(key_.substr(0, waits))) --waits;
  held_ = bytes.substr(bytes.size() - waits);
  bytes.remove_suffix(waits);
  return bytes;
}

}  // namespace vignette::relay
