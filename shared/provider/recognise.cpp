#include "shared/provider/recognise.hpp"

#include <array>

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

struct Shape {
  std::string_view prefix;
  std::string_view provider;
};

// The longer of two that begin alike comes first.
constexpr std::array kShapes = {
    Shape{"AIza", "gemini"}, Shape{"sk-ant-", "anthropic"}, Shape{"sk-or-", "openrouter"},
    Shape{"sk-", "openai"},  Shape{"nvapi-", "nvidia"},     Shape{"hf_", "hf"},
    Shape{"gsk_", "groq"},   Shape{"r8_", "replicate"},
};
/// A word somebody chose as a code may begin like a key, but no key is this short.
constexpr std::size_t kShortestKey = 16;

}  // namespace

std::string_view provider_of_key(std::string_view typed) {
  const std::string_view key = trim(typed);
  if (key.size() < kShortestKey || key.find_first_of(" \t\r\n") != std::string_view::npos) return {};
  for (const Shape& shape : kShapes) {
    if (key.starts_with(shape.prefix)) return shape.provider;
  }
  return {};
}

}  // namespace vignette::provider
