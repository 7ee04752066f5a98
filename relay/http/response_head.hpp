#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "relay/http/message.hpp"

namespace vignette::relay {

struct HeadFacts {
  int status = 200;
  std::span<const Field> fields;
  std::string_view id;     ///< X-Request-Id
  std::string_view lines;  ///< more header lines, each with its end
  std::optional<std::uint64_t> length;
  bool chunked = false;
  bool keep_alive = true;
};

/// The head of an answer with its empty line. By hand, because it is on the way of every request; its fields
/// come from Response::set(), which lets no line break through.
std::string response_head(const HeadFacts& facts);

bool is_bodyless(int status);

}  // namespace vignette::relay
