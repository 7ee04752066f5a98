#include "shared/archive/zip_writer.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "shared/archive/zip_layout.hpp"
#include "shared/archive/zip_names.hpp"
#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

using namespace zip;

constexpr std::uint16_t kMadeByUnix = 0x0314;  // on Unix, by a program that knows version 2.0 of the format
constexpr std::uint16_t kNeed20 = 20;
constexpr std::uint16_t kNeed45 = 45;  // ZIP64
constexpr std::size_t kNameBytes = 4096;

void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

bool needs_64(std::uint64_t value) { return value >= kOnes32; }
std::uint64_t or_ones(std::uint64_t value) { return needs_64(value) ? kOnes32 : value; }

/// The field that holds what the header's own fields could not.
Bytes extra_64(const std::vector<std::uint64_t>& values) {
  Bytes out;
  if (values.empty()) return out;
  put_u16le(out, kExtra64);
  put_u16le(out, values.size() * 8);
  for (const std::uint64_t value : values) put_u64le(out, value);
  return out;
}

/// The run of fields that both headers share, from "need" to the name's length.
void put_common(Bytes& out, const ZipFile& file, std::uint64_t stored, bool zip64, bool ones) {
  const bool ascii = std::all_of(file.name.begin(), file.name.end(), [](char c) { return (c & 0x80) == 0; });
  put_u16le(out, zip64 ? kNeed45 : kNeed20);
  put_u16le(out, ascii ? 0 : kFlagUtf8);
  put_u16le(out, file.deflated ? 8 : 0);
  put_u16le(out, file.time.time);
  put_u16le(out, file.time.date);
  put_u32le(out, file.crc32);
  put_u32le(out, ones ? kOnes32 : or_ones(stored));
  put_u32le(out, ones ? kOnes32 : or_ones(file.size));
  put_u16le(out, file.name.size());
}

Error unusable(const std::string& name, const char* why, const char* hint) {
  return {ErrorCode::InvalidInput, "The name \"" + to_utf8(name) + "\" " + why + ".", hint};
}

}  // namespace

Result<Bytes> ZipWriter::add(const ZipFile& file) {
  const Result<std::string> safe = safe_archive_path(file.name);
  if (!safe) return safe.error();
  if (*safe != file.name || file.name.back() == '/' || !is_utf8(file.name)) {
    return unusable(file.name, "cannot be written into a ZIP archive",
                    "Use '/' between folders and plain UTF-8.");
  }
  if (file.name.size() > kNameBytes) return unusable(file.name, "is too long", "Shorten it to 4,096 bytes.");
  if (!names_.insert(file.name).second) {
    return unusable(file.name, "is in the archive twice", "Rename one of the two files.");
  }

  const std::uint64_t stored = file.deflated ? file.deflated_size : file.size;
  const bool sizes_64 = needs_64(stored) || needs_64(file.size);
  const bool offset_64 = needs_64(offset_);

  std::vector<std::uint64_t> wide;
  if (sizes_64) wide = {file.size, stored};

  Bytes header;
  const Bytes header_extra = extra_64(wide);
  put_u32le(header, kLocalSignature);
  put_common(header, file, stored, sizes_64, sizes_64);  // the local header gives both sizes or none
  put_u16le(header, header_extra.size());
  append(header, as_bytes(file.name));
  append(header, header_extra);

  if (offset_64) wide.push_back(offset_);
  const Bytes directory_extra = extra_64(wide);
  put_u32le(directory_, kCentralSignature);
  put_u16le(directory_, kMadeByUnix);
  put_common(directory_, file, stored, sizes_64 || offset_64, sizes_64);
  put_u16le(directory_, directory_extra.size());
  put_u16le(directory_, 0);  // comment
  put_u16le(directory_, 0);  // disk
  put_u16le(directory_, 0);  // inner attributes
  put_u32le(directory_, std::uint32_t{file.unix_mode} << 16);
  put_u32le(directory_, or_ones(offset_));
  append(directory_, as_bytes(file.name));
  append(directory_, directory_extra);

  ++entries_;
  offset_ += header.size() + stored;
  return header;
}

Bytes ZipWriter::finish() {
  Bytes out = std::move(directory_);
  const std::uint64_t size = out.size();
  const bool many = entries_ >= kOnes16;
  if (many || needs_64(size) || needs_64(offset_)) {
    const std::uint64_t end_64 = offset_ + size;
    put_u32le(out, kEnd64Signature);
    put_u64le(out, kEnd64Bytes - 12);
    put_u16le(out, kMadeByUnix);
    put_u16le(out, kNeed45);
    put_u32le(out, 0);
    put_u32le(out, 0);
    put_u64le(out, entries_);
    put_u64le(out, entries_);
    put_u64le(out, size);
    put_u64le(out, offset_);
    put_u32le(out, kLocator64Signature);
    put_u32le(out, 0);
    put_u64le(out, end_64);
    put_u32le(out, 1);
  }
  put_u32le(out, kEndSignature);
  put_u16le(out, 0);
  put_u16le(out, 0);
  put_u16le(out, many ? kOnes16 : entries_);
  put_u16le(out, many ? kOnes16 : entries_);
  put_u32le(out, or_ones(size));
  put_u32le(out, or_ones(offset_));
  put_u16le(out, 0);
  offset_ += out.size();
  return out;
}

}  // namespace vignette
