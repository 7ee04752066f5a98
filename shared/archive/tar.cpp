#include "shared/archive/tar.hpp"

#include <algorithm>
#include <string_view>

#include "shared/archive/zip_names.hpp"
#include "shared/base/utf8.hpp"

// A header is one block of 512 bytes; numbers are octal digits:
//
//   0 name  100 mode  108 uid  116 gid  124 size  136 mtime  148 checksum  156 type  157 link  257 "ustar" 0
//   "00" 265 user  297 group  329 device  345 prefix (joined with '/' before the name)  500 nothing
//
// The checksum is the sum of all bytes with its own field read as eight spaces. Contents are filled up to
// whole blocks, and two empty blocks end the archive, which is itself filled up to 20 blocks.

namespace vignette {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kRecord = 20 * kBlock;
constexpr std::size_t kNameBytes = 100;
constexpr std::size_t kPrefixBytes = 155;
constexpr std::uint64_t kMostOctal11 = 077777777777;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

void put_text(Bytes& block, std::size_t at, std::string_view text) {
  std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(at));
}

/// `digits` octal digits with zeros before them; the byte behind stays 0.
void put_octal(Bytes& block, std::size_t at, std::size_t digits, std::uint64_t value) {
  for (std::size_t i = digits; i > 0; --i, value >>= 3)
    block[at + i - 1] = static_cast<std::uint8_t>('0' + (value & 7));
}

struct Parts {
  std::string prefix;
  std::string name;
};

/// Where a name of up to 256 bytes can be parted so that both halves fit; no name: nowhere.
Parts part(const std::string& path) {
  if (path.size() <= kNameBytes) return {"", path};
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    if (slash <= kPrefixBytes && path.size() - slash - 1 <= kNameBytes)
      return {path.substr(0, slash), path.substr(slash + 1)};
  }
  return {};
}

Bytes header(const Parts& path, std::uint64_t size, std::uint64_t modified_s, char type) {
  Bytes block(kBlock, 0);
  put_text(block, 0, path.name);
  put_octal(block, 100, 7, 0644);
  put_octal(block, 108, 7, 0);
  put_octal(block, 116, 7, 0);
  put_octal(block, 124, 11, size);
  put_octal(block, 136, 11, modified_s);
  put_text(block, 148, "        ");
  block[156] = static_cast<std::uint8_t>(type);
  put_text(block, 257,
           std::string_view("ustar\0"
                            "00",
                            8));
  put_text(block, 345, path.prefix);
  std::uint64_t sum = 0;
  for (const std::uint8_t byte : block) sum += byte;
  put_octal(block, 148, 6, sum);
  block[154] = 0;
  return block;
}

/// "15 path=é.txt\n": the length counts itself, so it is grown until it is true.
std::string pax_record(std::string_view key, std::string_view value) {
  const std::size_t rest = key.size() + value.size() + 3;  // ' ', '=' and the line feed
  std::size_t length = rest + 1;
  while (length != rest + std::to_string(length).size()) length = rest + std::to_string(length).size();
  return std::to_string(length) + " " + std::string(key) + "=" + std::string(value) + "\n";
}

void fill_block(Bytes& out, std::uint64_t content) {
  out.resize(out.size() + static_cast<std::size_t>((kBlock - content % kBlock) % kBlock), 0);
}

/// For readers without PAX: the end of the name in letters every system has.
std::string plain_name(std::string_view path) {
  std::string name;
  for (const char c : path) name.push_back(c == '/' || (c & 0x80) != 0 ? '_' : c);
  return name.size() > kNameBytes ? name.substr(name.size() - kNameBytes) : name;
}

}  // namespace

Result<Bytes> TarWriter::add(const TarFile& file) {
  const Result<std::string> safe = safe_archive_path(file.name);
  if (!safe) return safe.error();
  if (*safe != file.name || file.name.back() == '/' || !is_utf8(file.name)) {
    return Error{ErrorCode::InvalidInput,
                 "The name \"" + to_utf8(file.name) + "\" cannot be written into a tar archive.",
                 "Use '/' between folders and plain UTF-8."};
  }
  if (!names_.insert(file.name).second) {
    return Error{ErrorCode::InvalidInput, "The name \"" + file.name + "\" is in the archive twice.",
                 "Rename one of the two files."};
  }
  const auto modified_s = static_cast<std::uint64_t>(
      std::clamp<TimeMs>(file.modified / 1000, 0, static_cast<TimeMs>(kMostOctal11)));

  Parts path = is_ascii(file.name) ? part(file.name) : Parts{};
  std::string records;
  if (path.name.empty()) {
    records += pax_record("path", file.name);
    path = {"", plain_name(file.name)};
  }
  if (file.size > kMostOctal11) records += pax_record("size", std::to_string(file.size));

  Bytes out;
  fill_block(out, offset_);
  const auto append = [&out](const Bytes& more) { out.insert(out.end(), more.begin(), more.end()); };
  if (!records.empty()) {
    append(header({"PaxHeaders", path.name}, records.size(), modified_s, 'x'));
    const ByteView content = as_bytes(records);
    out.insert(out.end(), content.begin(), content.end());
    fill_block(out, records.size());
  }
  append(header(path, file.size > kMostOctal11 ? 0 : file.size, modified_s, '0'));
  offset_ += out.size() + file.size;
  return out;
}

Bytes TarWriter::finish() {
  Bytes out;
  fill_block(out, offset_);
  out.resize(out.size() + 2 * kBlock, 0);
  const std::uint64_t end = offset_ + out.size();
  out.resize(out.size() + static_cast<std::size_t>((kRecord - end % kRecord) % kRecord), 0);
  offset_ += out.size();
  return out;
}

}  // namespace vignette
