#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "shared/archive/crc32.hpp"
#include "shared/archive/zip_layout.hpp"
#include "shared/archive/zip_reader.hpp"
#include "shared/archive/zip_writer.hpp"

namespace vignette {

using Files = std::vector<std::pair<std::string, std::string>>;

inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

/// A stored archive of these files, as our writer makes it.
inline Bytes make_zip(const Files& files) {
  ZipWriter writer;
  Bytes out;
  for (const auto& [name, content] : files) {
    append(out, *writer.add({.name = name, .size = content.size(), .crc32 = crc32(as_bytes(content))}));
    append(out, as_bytes(content));
  }
  append(out, writer.finish());
  return out;
}

/// For archives our writer refuses to make: headers with whatever is wished in them.
struct RawEntry {
  std::string name;
  std::string content;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t attributes = 0100644u << 16;
  std::uint32_t size = 0;  ///< 0: that of the content
  std::uint32_t crc = 0;   ///< 0: that of the content
  std::int64_t offset = -1;
  std::string extra;  ///< in the central header
};

inline Bytes make_raw_zip(const std::vector<RawEntry>& entries) {
  Bytes out;
  Bytes directory;
  const auto common = [](Bytes& to, const RawEntry& e) {
    put_u16le(to, 20);
    put_u16le(to, e.flags);
    put_u16le(to, e.method);
    put_u32le(to, 0x5a221883);
    put_u32le(to, e.crc != 0 ? e.crc : crc32(as_bytes(e.content)));
    put_u32le(to, e.content.size());
    put_u32le(to, e.size != 0 ? e.size : e.content.size());
    put_u16le(to, e.name.size());
  };
  for (const RawEntry& e : entries) {
    put_u32le(directory, zip::kCentralSignature);
    put_u16le(directory, 0x0314);
    common(directory, e);
    put_u16le(directory, e.extra.size());
    put_u16le(directory, 0);
    put_u32le(directory, 0);
    put_u32le(directory, e.attributes);
    put_u32le(directory, e.offset >= 0 ? static_cast<std::uint64_t>(e.offset) : out.size());
    append(directory, as_bytes(e.name));
    append(directory, as_bytes(e.extra));
    put_u32le(out, zip::kLocalSignature);
    common(out, e);
    put_u16le(out, 0);
    append(out, as_bytes(e.name));
    append(out, as_bytes(e.content));
  }
  const std::size_t at = out.size();
  append(out, directory);
  put_u32le(out, zip::kEndSignature);
  put_u32le(out, 0);
  put_u16le(out, entries.size());
  put_u16le(out, entries.size());
  put_u32le(out, directory.size());
  put_u32le(out, at);
  put_u16le(out, 0);
  return out;
}

inline Result<ZipDirectory> open_zip(ByteView file, const ZipLimits& limits = {}) {
  const std::size_t tail =
      file.size() < kZipTailBytes ? file.size() : static_cast<std::size_t>(kZipTailBytes);
  auto answer = locate_directory(file.last(tail), file.size(), limits);
  if (!answer) return answer.error();
  const auto* place = std::get_if<ZipDirectoryPlace>(&*answer);
  if (place == nullptr) return Error{ErrorCode::Internal, "asked for more than there is", ""};
  return read_directory(
      file.subspan(static_cast<std::size_t>(place->offset), static_cast<std::size_t>(place->size)), *place,
      limits);
}

inline Result<Bytes> extract(ByteView file, const ZipEntry& entry) {
  if (entry.header_offset + zip::kLocalBytes > file.size())
    return Error{ErrorCode::Truncated, "header outside", ""};
  const auto begin =
      data_offset(entry, file.subspan(static_cast<std::size_t>(entry.header_offset), zip::kLocalBytes));
  if (!begin) return begin.error();
  if (*begin + entry.stored_size > file.size()) return Error{ErrorCode::Truncated, "content outside", ""};
  return inflate_entry(
      entry, file.subspan(static_cast<std::size_t>(*begin), static_cast<std::size_t>(entry.stored_size)));
}

}  // namespace vignette
