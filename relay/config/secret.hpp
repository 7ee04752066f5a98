#pragma once
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace vignette::relay {

/// A key. Cannot be copied or printed, and is overwritten when it goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view value) : value_(value) {}
  Secret(Secret&& other) noexcept { swap(other); }
  Secret& operator=(Secret&& other) noexcept {
    swap(other);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(value_); }

  /// For the one header it is for, and for comparing.
  std::string_view reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

  /// Overwrites a text that held a key.
  static void wipe(std::string& text) {
    if (!text.empty()) explicit_bzero(text.data(), text.size());
    text.clear();
  }

 private:
  void swap(Secret& other) noexcept { value_.swap(other.value_); }
  std::string value_;
};

}  // namespace vignette::relay
