#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace vignette::relay {

/// An open file or folder, read by position. Owns the descriptor; the last of us closes it.
class File {
 public:
  static std::optional<File> open(const std::string& path);
  /// `path` is looked up from `folder` on, so that a renamed or replaced root cannot change what is meant.
  static std::optional<File> open_at(const File& folder, const std::string& path);

  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  struct Facts {
    bool regular = false;
    bool folder = false;
    std::uint64_t bytes = 0;
    std::int64_t modified_s = 0;    ///< seconds since 1970, what Last-Modified can say
    std::uint64_t fingerprint = 0;  ///< changes whenever the content may have changed
  };
  Facts facts() const;

  /// The path without links, as the kernel sees it; empty when that cannot be told.
  std::string real_path() const;

  /// How many bytes were read: fewer than asked only at the end or on an error.
  std::size_t read_at(std::uint64_t offset, std::span<char> into) const;

 private:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace vignette::relay
