#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "shared/provider/error.hpp"
#include "shared/provider/http_call.hpp"

namespace vignette::provider {

/// Not ready: ask again with `poll` after `wait_ms`, and read what that brings with the same reader.
struct Pending {
  HttpCall poll;
  std::optional<HttpCall> cancel;
  std::int64_t wait_ms = 500;
};

/// What a provider's reply turned out to be.
template <class T>
using Reply = std::variant<T, Pending, ProviderError>;

}  // namespace vignette::provider
