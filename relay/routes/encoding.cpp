#include "relay/routes/encoding.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

// "0", "0.5", "1.000" → thousandths; anything else is no weight.
std::optional<int> weight_from(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int thousandths = (text[0] - '0') * 1000;
  int unit = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    thousandths += (c - '0') * unit;
    unit /= 10;
  }
  if (thousandths > 1000) return std::nullopt;
  return thousandths;
}

struct Wish {
  std::string coding;
  int weight = 1000;
};

std::optional<Wish> wish_from(std::string_view element) {
  const std::size_t semicolon = element.find(';');
  Wish wish = {.coding = to_lower_ascii(trim(element.substr(0, semicolon)))};
  if (wish.coding.empty()) return std::nullopt;
  if (semicolon != std::string_view::npos) {
    const std::string parameter = to_lower_ascii(trim(element.substr(semicolon + 1)));
    if (!parameter.starts_with("q=")) return std::nullopt;
    const auto weight = weight_from(std::string_view(parameter).substr(2));
    if (!weight) return std::nullopt;
    wish.weight = *weight;
  }
  return wish;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::Brotli: return "br";
    case Encoding::Gzip: return "gzip";
    case Encoding::Identity: return "identity";
  }
  return "identity";
}

std::string_view sibling_extension(Encoding encoding) {
  switch (encoding) {
    case Encoding::Brotli: return ".br";
    case Encoding::Gzip: return ".gz";
    case Encoding::Identity: return "";
  }
  return "";
}

std::vector<Encoding> acceptable_encodings(std::string_view accept_encoding) {
  struct Choice {
    Encoding encoding;
    std::optional<int> weight;
  };
  std::array<Choice, 3> choices = {
      {{Encoding::Brotli, std::nullopt}, {Encoding::Gzip, std::nullopt}, {Encoding::Identity, std::nullopt}}};
  std::optional<int> any;  // what "*" says of those that are not named
  for (std::size_t begin = 0; begin < accept_encoding.size();) {
    const std::size_t end = std::min(accept_encoding.find(',', begin), accept_encoding.size());
    const auto wish = wish_from(accept_encoding.substr(begin, end - begin));
    begin = end + 1;
    if (!wish) continue;
    if (wish->coding == "*") any = wish->weight;
    const std::string_view coding = wish->coding == "x-gzip" ? "gzip" : std::string_view(wish->coding);
    for (Choice& c : choices) {
      if (coding == name_of(c.encoding)) c.weight = wish->weight;
    }
  }
  for (Choice& c : choices) {
    if (c.weight) continue;
    if (c.encoding == Encoding::Identity) {
      c.weight = any == 0 ? 0 : 1;  // always allowed, never preferred, unless "*;q=0" says otherwise
    } else {
      c.weight = any.value_or(0);
    }
  }
  std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) {
    return *a.weight != *b.weight ? *a.weight > *b.weight : a.encoding < b.encoding;
  });
  std::vector<Encoding> best_first;
  for (const Choice& c : choices) {
    if (*c.weight > 0) best_first.push_back(c.encoding);
  }
  return best_first;
}

}  // namespace vignette::relay
