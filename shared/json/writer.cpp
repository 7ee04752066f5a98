#include "shared/json/writer.hpp"

#include <charconv>
#include <cmath>

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          constexpr std::string_view digits = "0123456789abcdef";
          out += "\\u00";
          out += digits[static_cast<unsigned char>(c) >> 4];
          out += digits[static_cast<unsigned char>(c) & 15];
        } else {
          out += c;
        }
    }
  }
}

}  // namespace

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
  } else if (!has_members_.empty()) {
    if (has_members_.back()) out_ += ',';
    has_members_.back() = true;
  }
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  has_members_.push_back(false);
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  has_members_.pop_back();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  text(name);
  out_ += ':';
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) { return begin_text().add_text(value).end_text(); }

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return raw({buffer, static_cast<std::size_t>(end.ptr - buffer)});
}

JsonWriter& JsonWriter::integer(std::int64_t value) { return raw(std::to_string(value)); }
JsonWriter& JsonWriter::flag(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::members_of(std::string_view object) {
  const std::size_t open = object.find('{');
  const std::size_t close = object.rfind('}');
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 1) return *this;
  return raw(object.substr(open + 1, close - open - 1));
}

JsonWriter& JsonWriter::begin_text() {
  separate();
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::add_text(std::string_view more) {
  if (is_utf8(more)) {
    append_escaped(out_, more);
  } else {
    append_escaped(out_, to_utf8(more));
  }
  return *this;
}

JsonWriter& JsonWriter::add_plain(std::string_view more) {
  out_ += more;
  return *this;
}

JsonWriter& JsonWriter::end_text() {
  out_ += '"';
  return *this;
}

std::string JsonWriter::take() {
  std::string written;
  written.swap(out_);
  return written;
}

}  // namespace vignette
