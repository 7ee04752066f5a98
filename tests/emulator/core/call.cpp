#include "tests/emulator/core/call.hpp"

#include "shared/base/base64.hpp"

namespace vignette::emulator {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

bool matches_glob(std::string_view text, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == pattern.npos) return text == pattern;
  if (text.substr(0, star) != pattern.substr(0, star)) return false;
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= text.size(); ++at)
    if (matches_glob(text.substr(at), rest)) return true;
  return false;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  if (text.substr(0, 5) == "data:") {
    const std::size_t comma = text.find(',');
    if (comma == text.npos) return std::nullopt;
    text.remove_prefix(comma + 1);
  }
  const auto bytes = decode_base64(text);
  if (!bytes) return std::nullopt;
  return std::string(as_text(*bytes));
}

namespace {
template <class Pairs>
auto find_pair(const Pairs& pairs, std::string_view name) {
  auto at = pairs.begin();
  while (at != pairs.end() && !equal_ignoring_case(at->first, name)) ++at;
  return at;
}
}  // namespace

std::string Call::header(std::string_view name) const {
  const auto at = find_pair(headers, name);
  return at == headers.end() ? "" : at->second;
}
bool Call::has_header(std::string_view name) const { return find_pair(headers, name) != headers.end(); }

std::string Call::param(std::string_view name) const {
  const auto at = find_pair(query, name);
  return at == query.end() ? "" : at->second;
}

const FormPart* Call::part(std::string_view name) const {
  for (const FormPart& part : form)
    if (part.name == name) return &part;
  return nullptr;
}
std::string Call::field(std::string_view name) const {
  const FormPart* found = part(name);
  return found == nullptr ? "" : found->content;
}

const Picture* Call::look(std::string_view bytes) {
  auto seen = see(bytes);
  if (!seen) return nullptr;
  pictures.push_back(std::move(*seen));
  return &pictures.back();
}

const Picture* Call::look_at_data_uri(std::string_view uri, std::string* media_type) {
  if (media_type != nullptr && uri.substr(0, 5) == "data:")
    *media_type = std::string(uri.substr(5, uri.find_first_of(";,", 5) - 5));
  const auto bytes = bytes_of_base64(uri);
  return bytes ? look(*bytes) : nullptr;
}

const Sound& Call::listen(std::string_view bytes, std::string_view name) {
  sounds.push_back(hear(bytes, name));
  return sounds.back();
}

}  // namespace vignette::emulator
