#include "relay/http/message.hpp"

#include <algorithm>
#include <utility>

namespace vignette::relay {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

const std::string* find(const std::vector<Field>& fields, std::string_view name) {
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](const Field& f) { return same_field_name(f.name, name); });
  return at == fields.end() ? nullptr : &at->value;
}

}  // namespace

bool same_field_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view Request::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

const std::string* Request::field(std::string_view name) const { return find(fields, name); }

std::string Request::list_field(std::string_view name) const {
  std::string all;
  for (const Field& f : fields) {
    if (!same_field_name(f.name, name)) continue;
    if (!all.empty()) all += ',';
    all += f.value;
  }
  return all;
}

std::uint64_t body_bytes(const Body& body) {
  if (const auto* slice = std::get_if<FileSlice>(&body)) return slice->bytes;
  return std::get<std::string>(body).size();
}

void Response::set(std::string_view name, std::string_view value) {
  std::string safe(value);
  // No value may start a header line of its own, wherever it came from.
  for (char& c : safe) {
    if ((c >= 0 && c < 0x20) || c == 0x7F) c = ' ';
  }
  for (Field& f : fields) {
    if (same_field_name(f.name, name)) {
      f.value = std::move(safe);
      return;
    }
  }
  fields.push_back(Field{std::string(name), std::move(safe)});
}

const std::string* Response::field(std::string_view name) const { return find(fields, name); }

}  // namespace vignette::relay
