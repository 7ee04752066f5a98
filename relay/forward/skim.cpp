#include "relay/forward/skim.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

namespace vignette::relay {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A byte of a text that has to be looked at: a quote, a backslash, a control character, another alphabet.
// Of eight bytes at once: the top bit of each such byte, exact for the first of them.
std::uint64_t odd_of_eight(const char* at) {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  constexpr std::uint64_t top = 0x80 * each;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  const auto zero_in = [](std::uint64_t word) { return (word - each) & ~word; };
  const std::uint64_t control = (bytes - 0x20 * each) & ~bytes;
  return (zero_in(bytes ^ ('"' * each)) | zero_in(bytes ^ ('\\' * each)) | control | bytes) & top;
}

/// Of 64: written so that the compiler does it with vectors. As signed bytes, control characters and the
/// bytes of other alphabets are both less than a space.
bool any_odd_of_64(const char* at) {
  signed char odd = 0;
  for (std::size_t k = 0; k < 64; ++k) {
    const auto c = static_cast<signed char>(at[k]);
    odd |= static_cast<signed char>((c == '"') | (c == '\\') | (c < 0x20));
  }
  return odd != 0;
}

/// How much of a text goes on without anything that has to be looked at.
std::size_t plain_run(const char* at, std::size_t size) {
  static_assert(std::endian::native == std::endian::little);
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    if (const std::uint64_t odd = odd_of_eight(at + i))
      return i + static_cast<std::size_t>(std::countr_zero(odd)) / 8;
    if (i < 64) continue;  // most texts are short, the others are pictures
    while (i + 72 <= size && !any_odd_of_64(at + i + 8)) i += 64;
  }
  for (; i < size; ++i) {
    const auto c = static_cast<unsigned char>(at[i]);
    if (c == '"' || c == '\\' || c < 0x20 || c >= 0x80) break;
  }
  return i;
}

}  // namespace

std::optional<std::string_view> Member::plain() const {
  const std::string_view value = text;
  if (value.size() < 2 || value.front() != '"' || value.find('\\') != std::string_view::npos)
    return std::nullopt;
  return value.substr(1, value.size() - 2);
}

std::optional<std::int64_t> Member::integer() const {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

const Member* Skimmer::member(std::string_view name) const {
  for (const Member& each : members_) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

std::uint64_t Skimmer::settled() const {
  const bool inside = objects_.size() > 1 || (!members_.empty() && members_.back().value_begin > 0 &&
                                              members_.back().value_end == 0);
  return inside ? position_ : last_end_;
}

bool Skimmer::fail(const char* why) {
  if (mistake_ == nullptr) mistake_ = why;
  return false;
}

void Skimmer::keep(std::string_view bytes) {
  if (!keeping_) return;
  Member& member = members_.back();
  const std::uint64_t so_far = position_ - member.value_begin;
  if (so_far + bytes.size() <= short_value) {
    member.text += bytes;
  } else if (!member.text.empty()) {
    std::string().swap(member.text);
  }
}

bool Skimmer::feed(std::string_view bytes) {
  members_.reserve(8);
  while (!bytes.empty() && mistake_ == nullptr) {
    if (state_ == State::InString && utf8_left_ == 0) {
      const std::size_t run = run_of_text(bytes);
      if (run > 0) {
        keep(bytes.substr(0, run));
        position_ += run;
        bytes.remove_prefix(run);
        continue;
      }
    }
    const char c = bytes.front();
    // A number ends with the byte behind it, which is not its own.
    if (state_ == State::Number && !is_digit(c) && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-') {
      if (!end_number()) return false;
      continue;
    }
    keep(bytes.substr(0, 1));
    if (!take(c)) return false;
    ++position_;
    bytes.remove_prefix(1);
    // Ends are noted behind the byte that ends.
    if (state_ == State::After && objects_.size() == 1 && !members_.empty() &&
        members_.back().value_begin > 0 && members_.back().value_end == 0)
      end_value();
  }
  return mistake_ == nullptr;
}

bool Skimmer::finish() {
  if (mistake_ != nullptr) return false;
  return state_ == State::End ? true : fail("The body is not complete JSON.");
}

std::size_t Skimmer::run_of_text(std::string_view bytes) {
  const std::size_t run = plain_run(bytes.data(), bytes.size());
  if (run > 0 && high_surrogate_) {
    fail("The body is not JSON.");
    return 0;
  }
  if (head_size_ < head_.size()) {
    const std::size_t n = std::min(run, head_.size() - head_size_);
    std::memcpy(head_.data() + head_size_, bytes.data(), n);
    head_size_ += n;
  }
  if (key_ && objects_.size() == 1) {
    std::string& name = members_.back().name;
    if (name.size() <= most_name) name += bytes.substr(0, std::min(run, most_name + 1));
  }
  if (key_ && last_key_.size() <= 16) last_key_ += bytes.substr(0, std::min<std::size_t>(run, 17));
  string_bytes_ += run;
  return run;
}

bool Skimmer::take_utf8(unsigned char byte) {
  if (utf8_left_ > 0) {
    if (byte < utf8_low_ || byte > utf8_high_) return fail("The body is not UTF-8.");
    utf8_low_ = 0x80;
    utf8_high_ = 0xBF;
    --utf8_left_;
    return true;
  }
  if (byte < 0xC2 || byte > 0xF4) return fail("The body is not UTF-8.");
  utf8_left_ = byte < 0xE0 ? 1 : (byte < 0xF0 ? 2 : 3);
  if (byte == 0xE0) utf8_low_ = 0xA0;
  if (byte == 0xED) utf8_high_ = 0x9F;
  if (byte == 0xF0) utf8_low_ = 0x90;
  if (byte == 0xF4) utf8_high_ = 0x8F;
  return true;
}

bool Skimmer::take(char c) {
  if (state_ < State::InString || state_ == State::End) {
    if (is_space(c))
      return ++space_ <= most_space ? true : fail("The body has too much white space in one place.");
    space_ = 0;
  }
  switch (state_) {
    case State::Start:
      if (c != '{') return fail("The body must be a JSON object.");
      return open(c);
    case State::FirstItem:
      if (c == ']') return close(c);
      return begin_value(c);
    case State::Value: return begin_value(c);
    case State::FirstKey:
      if (c == '}') return close(c);
      [[fallthrough]];
    case State::Key: return c == '"' ? begin_string(true) : fail("The body is not JSON.");
    case State::Colon:
      if (c != ':') return fail("The body is not JSON.");
      state_ = State::Value;
      return true;
    case State::After:
      if (c == ',') {
        state_ = objects_.back() ? State::Key : State::Value;
        return true;
      }
      return c == '}' || c == ']' ? close(c) : fail("The body is not JSON.");
    case State::InString: {
      const auto byte = static_cast<unsigned char>(c);
      ++string_bytes_;
      if (high_surrogate_ && c != '\\') return fail("The body is not JSON.");
      if (byte >= 0x80) {
        if (key_ && objects_.size() == 1) return fail("The name of a member is not plain ASCII.");
        return take_utf8(byte);
      }
      if (utf8_left_ > 0) return fail("The body is not UTF-8.");
      if (c == '"') return end_string();
      if (c == '\\') {
        if (key_ && objects_.size() == 1) return fail("The name of a member has an escape.");
        escaped_ = true;
        if (key_) odd_key_ = true;
        state_ = State::Escape;
        return true;
      }
      return fail("The body has a control character in a text.");
    }
    case State::Escape:
      ++string_bytes_;
      if (c == 'u') {
        hex_left_ = 4;
        hex_ = 0;
        state_ = State::Unicode;
        return true;
      }
      if (high_surrogate_ || std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
        return fail("The body is not JSON.");
      state_ = State::InString;
      return true;
    case State::Unicode: {
      ++string_bytes_;
      const char lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (lower < 'a' || lower > 'f')) return fail("The body is not JSON.");
      hex_ = hex_ * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
      if (--hex_left_ > 0) return true;
      const bool high = hex_ >= 0xD800 && hex_ < 0xDC00;
      const bool low = hex_ >= 0xDC00 && hex_ < 0xE000;
      if (low != high_surrogate_) return fail("The body is not JSON.");  // halves come in pairs
      high_surrogate_ = high;
      state_ = State::InString;
      return true;
    }
    case State::Number: {
      using enum Digits;
      switch (digits_) {
        case Sign:
          digits_ = c == '0' ? Zero : Whole;
          return is_digit(c) ? true : fail("The body is not JSON.");
        case Zero:
        case Whole:
          if (digits_ == Whole && is_digit(c)) return true;
          if (c == '.') return digits_ = Point, true;
          if (c == 'e' || c == 'E') return digits_ = Exponent, true;
          return fail("The body is not JSON.");
        case Point: digits_ = Fraction; return is_digit(c) ? true : fail("The body is not JSON.");
        case Fraction:
          if (is_digit(c)) return true;
          if (c == 'e' || c == 'E') return digits_ = Exponent, true;
          return fail("The body is not JSON.");
        case Exponent:
          if (c == '+' || c == '-') return digits_ = ExponentSign, true;
          [[fallthrough]];
        case ExponentSign:
        case ExponentDigits:
          digits_ = ExponentDigits;
          return is_digit(c) ? true : fail("The body is not JSON.");
      }
      return false;
    }
    case State::Literal:
      if (literal_.empty() || literal_.front() != c) return fail("The body is not JSON.");
      literal_.remove_prefix(1);
      if (literal_.empty()) state_ = State::After;
      return true;
    case State::End: return fail("Something follows the JSON of the body.");
  }
  return false;
}

bool Skimmer::begin_value(char c) {
  if (++tokens_ > most_tokens) return fail("The body has too many values.");
  if (objects_.size() == 1 && members_.back().value_begin == 0) {
    members_.back().value_begin = position_;
    keeping_ = wants_ == nullptr || wants_(members_.back().name);
    if (keeping_) members_.back().text = c;
  }
  switch (c) {
    case '{':
    case '[': return open(c);
    case '"': return begin_string(false);
    case 't': literal_ = "rue"; break;
    case 'f': literal_ = "alse"; break;
    case 'n': literal_ = "ull"; break;
    default:
      if (c != '-' && !is_digit(c)) return fail("The body is not JSON.");
      digits_ = c == '-' ? Digits::Sign : (c == '0' ? Digits::Zero : Digits::Whole);
      state_ = State::Number;
      return true;
  }
  state_ = State::Literal;
  return true;
}

bool Skimmer::open(char c) {
  if (objects_.size() == most_depth) return fail("The body is nested too deeply.");
  objects_.push_back(c == '{');
  state_ = c == '{' ? State::FirstKey : State::FirstItem;
  if (objects_.size() == 1) last_end_ = position_ + 1;
  return true;
}

bool Skimmer::close(char c) {
  if (objects_.back() != (c == '}')) return fail("The body is not JSON.");
  objects_.pop_back();
  state_ = objects_.empty() ? State::End : State::After;
  return true;
}

bool Skimmer::begin_string(bool key) {
  key_ = key;
  string_bytes_ = 0;
  head_size_ = 0;
  escaped_ = false;
  if (key) {
    if (++tokens_ > most_tokens) return fail("The body has too many values.");
    last_key_.clear();
    odd_key_ = false;
    if (objects_.size() == 1) {
      if (members_.size() == most_members) return fail("The body has too many members.");
      members_.emplace_back().key_begin = position_;
    }
  }
  state_ = State::InString;
  return true;
}

bool Skimmer::end_string() {
  --string_bytes_;  // its closing quote
  if (key_) {
    if (objects_.size() == 1) {
      const std::string& name = members_.back().name;
      if (name.size() > most_name) return fail("The name of a member is too long.");
      for (std::size_t i = 0; i + 1 < members_.size(); ++i) {
        if (members_[i].name == name) return fail("A member is given twice.");
      }
    }
    state_ = State::Colon;
    return true;
  }
  const std::string_view head(head_.data(), head_size_);
  // A name with escapes could be any of these.
  const bool image_place = odd_key_ || last_key_ == "url" || last_key_ == "image_url";
  if (head.starts_with("data:")) {
    ++images_;
    longest_image_ = std::max(longest_image_, string_bytes_);
    const std::size_t end = std::min(head.find_first_of(";,"), head.size());
    const std::string type(head.substr(5, end - 5));
    if (std::find(image_types_.begin(), image_types_.end(), type) == image_types_.end())
      image_types_.push_back(type);
    // As text where no picture belongs: it is one, for the price.
    if (!image_place || escaped_) text_bytes_ += string_bytes_;
  } else {
    const bool address_place = image_place || last_key_.ends_with("url") || last_key_.ends_with("uri");
    if (address_place && !head.empty())
      remote_image_ = true;  // file_url, video_url: theirs to fetch, or ours
    text_bytes_ += string_bytes_;
  }
  state_ = State::After;
  return true;
}

bool Skimmer::end_number() {
  if (digits_ != Digits::Zero && digits_ != Digits::Whole && digits_ != Digits::Fraction &&
      digits_ != Digits::ExponentDigits)
    return fail("The body is not JSON.");
  state_ = State::After;
  if (objects_.size() == 1) end_value();
  return true;
}

void Skimmer::end_value() {
  members_.back().value_end = last_end_ = position_;
  keeping_ = false;
  if (position_ - members_.back().value_begin > short_value) std::string().swap(members_.back().text);
}

}  // namespace vignette::relay
