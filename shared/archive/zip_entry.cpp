#include <limits>
#include <zlib.h>

#include "shared/archive/crc32.hpp"
#include "shared/archive/zip_layout.hpp"
#include "shared/archive/zip_reader.hpp"

namespace vignette {
namespace {

using namespace zip;

Error damaged(const ZipEntry& entry, const char* what, ErrorCode code = ErrorCode::InvalidInput) {
  return {code, "The archive entry \"" + entry.name + "\" is damaged: " + what + ".",
          "Download or create the archive again; the other entries are not affected."};
}

/// Raw deflate into exactly `size` bytes; neither a byte more nor a stream that goes on counts as success.
Result<Bytes> inflate_raw(const ZipEntry& entry, ByteView stored) {
  constexpr auto kMost = std::numeric_limits<uInt>::max();
  if (stored.size() > kMost || entry.size > kMost)
    return damaged(entry, "it is too large", ErrorCode::TooLarge);
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return Error{ErrorCode::Internal, "zlib could not start.", ""};
  // One byte of room more than promised, so that a longer stream shows; and never an empty buffer.
  Bytes out(static_cast<std::size_t>(entry.size) + 1);
  stream.next_in =
      const_cast<Bytef*>(stored.data());  // NOLINT: zlib's interface predates const, it only reads
  stream.avail_in = static_cast<uInt>(stored.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = inflate(&stream, Z_FINISH);
  const std::uint64_t produced = out.size() - stream.avail_out;
  const bool all_read = stream.avail_in == 0;
  inflateEnd(&stream);

  if (produced > entry.size) return damaged(entry, "it holds more than it says", ErrorCode::Refused);
  if (status != Z_STREAM_END) {
    return all_read ? damaged(entry, "its end is missing", ErrorCode::Truncated)
                    : damaged(entry, "its packed bytes make no sense");
  }
  if (produced < entry.size) return damaged(entry, "it holds less than it says");
  out.pop_back();
  return out;
}

}  // namespace

Result<std::uint64_t> data_offset(const ZipEntry& entry, ByteView local_header) {
  if (local_header.size() < kLocalBytes)
    return damaged(entry, "its header is cut short", ErrorCode::Truncated);
  if (read_u32le(local_header, 0) != kLocalSignature)
    return damaged(entry, "its header is not where the directory says");
  const std::uint64_t begin =
      entry.header_offset + kLocalBytes + read_u16le(local_header, 26) + read_u16le(local_header, 28);
  if (begin < entry.header_offset || begin > entry.end_limit || entry.end_limit - begin < entry.stored_size) {
    return damaged(entry, "its content runs into the next entry");
  }
  return begin;
}

Result<Bytes> inflate_entry(const ZipEntry& entry, ByteView stored, const ZipLimits& limits) {
  if (entry.problem) return *entry.problem;
  if (stored.size() != entry.stored_size)
    return damaged(entry, "its content is cut short", ErrorCode::Truncated);
  if (entry.size > limits.inflated_entry_bytes)
    return damaged(entry, "it is too large to unpack here", ErrorCode::TooLarge);
  Result<Bytes> content =
      entry.method == 8 ? inflate_raw(entry, stored) : Result<Bytes>(Bytes(stored.begin(), stored.end()));
  if (content && crc32(*content) != entry.crc32)
    return damaged(entry, "its content does not match its checksum");
  return content;
}

}  // namespace vignette
