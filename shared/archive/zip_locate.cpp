#include <algorithm>
#include <optional>

#include "shared/archive/zip_layout.hpp"
#include "shared/archive/zip_reader.hpp"

// The directory of a ZIP lies at its end, and is found from the end: the last record holds where it begins,
// but is followed by a comment of unknown length, so it has to be searched backwards. Archives with something
// put before them (self-extractors, a web server's header) still give offsets from their own beginning; the
// distance between where the directory must end and where it claims to begin tells how much was prepended.

namespace vignette {
namespace {

using namespace zip;

/// What the record at the end says, not yet believed.
struct Claim {
  std::uint64_t entries, size, offset;
  std::size_t end_at;  ///< in the tail: where the directory must end
};

Error damaged(const char* what) {
  return {ErrorCode::InvalidInput, std::string("The ZIP archive is damaged: ") + what + ".",
          "Download or create it again, or unpack it with another program and add the folder."};
}

/// The last end record whose comment reaches exactly to the end of the file, or else the last one that fits.
std::optional<std::size_t> find_end(ByteView tail) {
  std::optional<std::size_t> fits;
  if (tail.size() < kEndBytes) return fits;
  for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (tail[at] != 0x50 || read_u32le(tail, at) != kEndSignature) continue;
    const std::size_t end = at + kEndBytes + read_u16le(tail, at + 20);
    if (end == tail.size()) return at;
    if (end < tail.size() && !fits) fits = at;
  }
  return fits;
}

Claim claim_from_end(ByteView tail, std::size_t at) {
  return {read_u16le(tail, at + 10), read_u32le(tail, at + 12), read_u32le(tail, at + 16), at};
}

/// The ZIP64 end lies just before its locator, or where the locator says when something is between them.
std::optional<std::size_t> find_end_64(ByteView tail, std::size_t locator, std::uint64_t tail_begins) {
  const auto is_end_64 = [&](std::size_t at) {
    return at + kEnd64Bytes <= locator && read_u32le(tail, at) == kEnd64Signature;
  };
  if (locator >= kEnd64Bytes && is_end_64(locator - kEnd64Bytes)) return locator - kEnd64Bytes;
  const std::uint64_t said = read_u64le(tail, locator + 8);
  if (said < tail_begins || said - tail_begins >= locator) return std::nullopt;
  const auto at = static_cast<std::size_t>(said - tail_begins);
  return is_end_64(at) ? std::optional(at) : std::nullopt;
}

Result<Claim> read_claim(ByteView tail, std::size_t end, std::uint64_t tail_begins) {
  const Claim plain = claim_from_end(tail, end);
  const bool has_locator =
      end >= kLocator64Bytes && read_u32le(tail, end - kLocator64Bytes) == kLocator64Signature;
  if (!has_locator) {
    // Ones without a locator are real numbers: Python writes exactly 65,535 entries so.
    if (read_u16le(tail, end + 4) != 0 || read_u16le(tail, end + 6) != 0)
      return damaged("it is one part of several");
    return plain;
  }
  const auto at = find_end_64(tail, end - kLocator64Bytes, tail_begins);
  if (!at) return damaged("the record with its large sizes is missing");
  if (read_u32le(tail, *at + 16) != 0 || read_u32le(tail, *at + 20) != 0)
    return damaged("it is one part of several");
  return Claim{read_u64le(tail, *at + 32), read_u64le(tail, *at + 40), read_u64le(tail, *at + 48), *at};
}

}  // namespace

Result<std::variant<ZipDirectoryPlace, MoreTail>> locate_directory(ByteView tail, std::uint64_t file_bytes,
                                                                   const ZipLimits& limits) {
  using Answer = std::variant<ZipDirectoryPlace, MoreTail>;
  if (tail.size() > file_bytes) return damaged("its end is longer than the file");
  const std::uint64_t wanted = std::min(file_bytes, kZipTailBytes);
  if (tail.size() < wanted) return Answer(MoreTail{wanted});
  const std::uint64_t tail_begins = file_bytes - tail.size();

  const auto end = find_end(tail);
  if (!end) {
    return Error{ErrorCode::Truncated, "The directory at the end of the ZIP archive is missing.",
                 "The file is cut short, or is no ZIP archive: download or create it again."};
  }
  const Result<Claim> claim = read_claim(tail, *end, tail_begins);
  if (!claim) return claim.error();

  const std::uint64_t ends = tail_begins + claim->end_at;
  if (claim->size > ends || claim->offset > ends - claim->size)
    return damaged("its directory lies outside the file");
  if (claim->entries > claim->size / kCentralBytes)
    return damaged("it claims more entries than its directory can hold");
  if (claim->entries > limits.entries || claim->size > limits.directory_bytes) {
    return Error{ErrorCode::TooLarge,
                 "The ZIP archive has " + std::to_string(claim->entries) + " entries, too many to read.",
                 "Split it into archives of at most " + std::to_string(limits.entries) + " files."};
  }
  return Answer(
      ZipDirectoryPlace{ends - claim->size, claim->size, claim->entries, ends - claim->size - claim->offset});
}

}  // namespace vignette
