#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/archive/dos_time.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

// Reads ZIP archives of any size without having them in memory, and without trusting them:
//
//   tail of the file  ──locate_directory──▶  where the directory lies
//   its bytes         ──read_directory────▶  entries, each good, skipped or with a problem
//   30 bytes          ──data_offset───────▶  where an entry's content lies
//   that content      ──inflate_entry─────▶  the file, checked against its sum
//
// One bad entry is a row with a reason; it never fails the whole archive.

namespace vignette {

/// What protects memory and time from an archive made to waste them.
struct ZipLimits {
  std::uint64_t entries = 200'000;
  std::uint64_t directory_bytes = 256ull << 20;
  std::uint64_t inflated_entry_bytes = 512ull << 20;  ///< stored entries need no memory and may be larger
  std::uint64_t inflated_total_bytes = 64ull << 30;
  std::uint64_t ratio = 1000;                   ///< deflate itself ends at 1032
  std::uint64_t ratio_from_bytes = 1ull << 20;  ///< smaller files harm nobody at any ratio
};

/// The end of the file that surely holds everything locate_directory needs, unless the file is shorter.
constexpr std::uint64_t kZipTailBytes = 22 + 65'535 + 20 + 56;

struct ZipDirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
  std::uint64_t prepended =
      0;  ///< bytes before the archive proper (a self-extractor); offsets count from after them
};
/// The tail given was too short: read this much of the end of the file and ask again.
struct MoreTail {
  std::uint64_t bytes = 0;
};

Result<std::variant<ZipDirectoryPlace, MoreTail>> locate_directory(ByteView tail, std::uint64_t file_bytes,
                                                                   const ZipLimits& limits = {});

enum class ZipSkip { None, Folder, Link, Junk, Replaced };

struct ZipEntry {
  std::string name;      ///< UTF-8 with '/'; as written (but printable) when `problem` refuses it
  std::string raw_name;  ///< the bytes, kept only when the encoding had to be guessed as CP437
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t stored_size = 0;
  std::uint64_t size = 0;
  std::uint64_t header_offset = 0;  ///< from the beginning of the file, whatever was put before the archive
  std::uint64_t end_limit = 0;  ///< the content must end here: where the next header or the directory begins
  DosTime time{};
  ZipSkip skip = ZipSkip::None;  ///< nothing wrong, nothing wanted
  std::optional<Error> problem;

  bool usable() const { return skip == ZipSkip::None && !problem; }
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;
  std::vector<std::string> warnings;  ///< for a person, at most a handful
};

Result<ZipDirectory> read_directory(ByteView directory, const ZipDirectoryPlace& place,
                                    const ZipLimits& limits = {});

/// `local_header` is the 30 bytes at entry.header_offset.
Result<std::uint64_t> data_offset(const ZipEntry& entry, ByteView local_header);

/// The content of an entry from its stored bytes, checked against size and sum.
Result<Bytes> inflate_entry(const ZipEntry& entry, ByteView stored, const ZipLimits& limits = {});

}  // namespace vignette
