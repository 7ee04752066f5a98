#pragma once
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace vignette {

enum class ErrorCode {
  InvalidInput,  ///< the bytes or words given make no sense
  Unsupported,   ///< they make sense, but we cannot do that
  Truncated,     ///< the end is missing
  TooLarge,      ///< past a limit that protects memory or time
  NotFound,
  Refused,  ///< understood, possible, and not allowed (a path that escapes, an encrypted entry)
  Cancelled,
  Internal,
};

/// The stable name scripts see, for example "too_large".
const char* name_of(ErrorCode code);

/// What went wrong, for a person: `message` says what and where, `hint` what to do about it.
/// Neither holds file contents, keys or captions, so both may be shown and logged.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::string hint;
};

/// A value or an Error. The members are named after std::expected on purpose: the day every
/// compiler of ours has it, this becomes one using-declaration.
///
///   Result<Size> size = probe(bytes);
///   if (!size) return size.error();      // an Error converts to any Result
///   use(size->width);
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return *std::get_if<0>(checked()); }
  const T& value() const& { return *std::get_if<0>(checked()); }
  T&& value() && { return std::move(*std::get_if<0>(checked())); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error>* checked() {
    assert(has_value());
    return &state_;
  }
  const std::variant<T, Error>* checked() const {
    assert(has_value());
    return &state_;
  }
  std::variant<T, Error> state_;
};

/// Success without a value: `Result<Done> save();  return Done{};`
struct Done {};

}  // namespace vignette
