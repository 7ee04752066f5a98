#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vignette::relay {

/// A member of the outermost object: where it stands, and its value while that is short.
struct Member {
  std::string name;
  std::uint64_t key_begin = 0;    ///< its opening quote
  std::uint64_t value_begin = 0;  ///< 0 while the value has not begun
  std::uint64_t value_end = 0;    ///< behind the last byte; 0 while it is not over
  std::string text;               ///< the value as it was written; empty when it is long, or not wanted

  /// The value of a string without escapes; nothing for anything else.
  std::optional<std::string_view> plain() const;
  std::optional<std::int64_t> integer() const;
};

/// Reads the JSON of a request in one pass as it arrives, cut anywhere: checks grammar and UTF-8, notes the
/// members of the outermost object, and counts what a price depends on. Builds nothing: a picture of
/// megabytes costs a look at each of its bytes.
///
///   Skimmer skim;
///   skim.feed(first); skim.feed(second);
///   if (!skim.finish()) refuse(skim.mistake());
class Skimmer {
 public:
  static constexpr std::size_t short_value = 8192;
  static constexpr std::size_t most_depth = 32;
  static constexpr std::size_t most_members = 64;
  static constexpr std::size_t most_name = 64;
  static constexpr std::uint64_t most_tokens = 100'000;
  static constexpr std::uint64_t most_space = 4096;  ///< white space in one place

  /// Of which members the text of the value is kept; null: of all.
  using Wants = bool (*)(std::string_view name);
  explicit Skimmer(Wants wants = nullptr) : wants_(wants) {}

  bool feed(std::string_view bytes);
  /// No more will come: true when it was one whole object.
  bool finish();
  bool broken() const { return mistake_ != nullptr; }
  const char* mistake() const { return mistake_ != nullptr ? mistake_ : ""; }

  const std::vector<Member>& members() const { return members_; }
  const Member* member(std::string_view name) const;
  std::uint64_t position() const { return position_; }
  /// Up to here it is clear what the bytes belong to: behind it may stand a comma and half a name.
  std::uint64_t settled() const;

  std::uint64_t text_bytes() const { return text_bytes_; }  ///< of all strings but data: pictures
  std::uint64_t images() const { return images_; }
  std::uint64_t longest_image() const { return longest_image_; }
  const std::vector<std::string>& image_types() const { return image_types_; }
  /// A picture was given as an address, which would make somebody fetch it.
  bool has_remote_image() const { return remote_image_; }

 private:
  enum class State : std::uint8_t {
    Start,
    Value,
    FirstItem,
    FirstKey,
    Key,
    Colon,
    After,
    InString,
    Escape,
    Unicode,
    Number,
    Literal,
    End
  };
  bool take(char c);
  bool begin_value(char c);
  bool open(char c);
  bool close(char c);
  bool begin_string(bool key);
  bool end_string();
  bool end_number();
  void end_value();
  bool fail(const char* why);
  std::size_t run_of_text(std::string_view bytes);
  bool take_utf8(unsigned char byte);
  void keep(std::string_view bytes);

  Wants wants_;
  State state_ = State::Start;
  bool key_ = false;
  std::vector<bool> objects_;  // for each open bracket
  std::uint64_t position_ = 0;
  std::uint64_t tokens_ = 0;
  std::uint64_t space_ = 0;
  std::uint64_t last_end_ = 0;  // of the last value at depth 1, or of the opening brace
  const char* mistake_ = nullptr;

  // the string at hand
  std::uint64_t string_bytes_ = 0;
  std::array<char, 40> head_{};  // its first bytes
  std::size_t head_size_ = 0;
  bool escaped_ = false;
  int hex_left_ = 0;
  std::uint32_t hex_ = 0;
  bool high_surrogate_ = false;
  int utf8_left_ = 0;
  std::uint8_t utf8_low_ = 0x80, utf8_high_ = 0xBF;
  std::string last_key_;  // at any depth
  bool odd_key_ = false;

  // the number or literal at hand
  enum class Digits : std::uint8_t {
    Sign,
    Zero,
    Whole,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits
  };
  Digits digits_ = Digits::Sign;
  std::string_view literal_;

  std::vector<Member> members_;
  bool keeping_ = false;  // the text of the value at hand
  std::uint64_t text_bytes_ = 0;
  std::uint64_t images_ = 0;
  std::uint64_t longest_image_ = 0;
  std::vector<std::string> image_types_;
  bool remote_image_ = false;
};

}  // namespace vignette::relay
