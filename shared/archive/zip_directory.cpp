#include <algorithm>
#include <unordered_map>

#include "shared/archive/crc32.hpp"
#include "shared/archive/zip_layout.hpp"
#include "shared/archive/zip_names.hpp"
#include "shared/archive/zip_reader.hpp"
#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

using namespace zip;

std::string in_quotes(const std::string& name) { return "\"" + name + "\""; }

Error problem_of(const ZipEntry& entry, ErrorCode code, const std::string& what, std::string hint) {
  return {code, "The archive entry " + in_quotes(entry.name) + " " + what + ".", std::move(hint)};
}

/// The content of one extra field, or an empty view. Fields are u16 id, u16 length, content.
ByteView find_extra(ByteView extra, std::uint16_t id) {
  for (std::size_t at = 0; at + 4 <= extra.size();) {
    const std::size_t length = read_u16le(extra, at + 2);
    if (at + 4 + length > extra.size()) break;
    if (read_u16le(extra, at) == id) return extra.subspan(at + 4, length);
    at += 4 + length;
  }
  return {};
}

/// In order of trust: the flag; Info-ZIP's field, if it is about this very name; bytes that happen to be
/// UTF-8 (several programs write it without saying so); at last the code page of MS-DOS.
void decode_name(ZipEntry& entry, ByteView raw, ByteView extra) {
  const std::string_view text = as_text(raw);
  const ByteView unicode = find_extra(extra, kExtraUnicodePath);
  if (entry.flags & kFlagUtf8) {
    entry.name = to_utf8(text);
  } else if (unicode.size() > 5 && unicode[0] == 1 && read_u32le(unicode, 1) == crc32(raw)) {
    entry.name = to_utf8(as_text(unicode.subspan(5)));
  } else if (is_utf8(text)) {
    entry.name = text;
  } else {
    entry.name = utf8_from_cp437(text);
    entry.raw_name = text;
  }
}

/// Replaces what stood as ones. False when a value is promised and missing.
bool read_extra_64(ZipEntry& entry, ByteView extra) {
  const ByteView wide = find_extra(extra, kExtra64);
  std::size_t at = 0;
  for (std::uint64_t* value : {&entry.size, &entry.stored_size, &entry.header_offset}) {
    if (*value != kOnes32) continue;
    if (at + 8 > wide.size()) return false;
    *value = read_u64le(wide, at);
    at += 8;
  }
  return true;
}

const char* name_of_method(std::uint16_t method) {
  switch (method) {
    case 9: return "Deflate64";
    case 12: return "bzip2";
    case 14: return "LZMA";
    case 93: return "Zstandard";
    case 95: return "XZ";
    case 99: return "AES encryption";
    default: return "an unknown method";
  }
}

void judge_content(ZipEntry& entry, const ZipLimits& limits) {
  if ((entry.flags & kFlagEncrypted) || entry.method == 99) {
    entry.problem = problem_of(entry, ErrorCode::Refused, "is encrypted",
                               "Unpack the archive with its password and add the files.");
  } else if (entry.method != 0 && entry.method != 8) {
    entry.problem = problem_of(entry, ErrorCode::Unsupported,
                               std::string("is packed with ") + name_of_method(entry.method),
                               "Unpack the archive with another program and add the files.");
  } else if (entry.method == 0 && entry.size != entry.stored_size) {
    entry.problem =
        problem_of(entry, ErrorCode::InvalidInput, "gives two different sizes", "Create the archive again.");
  } else if (entry.method == 8 && entry.size > limits.inflated_entry_bytes) {
    entry.problem = problem_of(entry, ErrorCode::TooLarge, "is too large to unpack here",
                               "Unpack it with another program and add the file.");
  } else if (entry.method == 8 && entry.size > limits.ratio_from_bytes &&
             entry.size / limits.ratio >= entry.stored_size) {
    entry.problem =
        problem_of(entry, ErrorCode::Refused,
                   "claims to unpack to more than " + std::to_string(limits.ratio) + " times its size",
                   "Archives like this are made to exhaust memory; it was left out.");
  }
}

/// Folders, links and leftovers are recognised before anything is held against them.
void judge(ZipEntry& entry, std::uint32_t made_by, std::uint32_t attributes, const ZipLimits& limits) {
  const Result<std::string> path = safe_archive_path(entry.name);
  if (path) entry.name = *path;
  const bool unix_made = made_by >> 8 == 3 || made_by >> 8 == 19;  // 19: macOS
  if (path && (entry.name.back() == '/' || (attributes & 0x10 && entry.size == 0))) {
    entry.skip = ZipSkip::Folder;
  } else if (unix_made && (attributes >> 16 & 0xF000) == 0xA000) {
    entry.skip = ZipSkip::Link;
  } else if (path && is_archive_junk(entry.name)) {
    entry.skip = ZipSkip::Junk;
  } else if (!path) {
    entry.problem = path.error();
    for (char& c : entry.name) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    }
  } else {
    judge_content(entry, limits);
  }
}

/// Two entries over the same bytes are how a small archive unpacks to petabytes. Also notes for
/// each entry where its content must end at the latest.
void refuse_overlaps(std::vector<ZipEntry>& entries, const ZipDirectoryPlace& place) {
  std::vector<ZipEntry*> by_offset;
  for (ZipEntry& entry : entries) by_offset.push_back(&entry);
  std::sort(by_offset.begin(), by_offset.end(), [](const ZipEntry* a, const ZipEntry* b) {
    return a->header_offset != b->header_offset ? a->header_offset < b->header_offset : a < b;
  });

  const auto refuse = [](ZipEntry& entry, const char* what) {
    if (entry.problem) return;
    entry.skip = ZipSkip::None;
    entry.problem = problem_of(entry, ErrorCode::Refused, what,
                               "The archive is damaged or made to do harm; create it again.");
  };
  ZipEntry* furthest = nullptr;
  std::uint64_t reached = place.prepended;
  for (std::size_t i = 0; i < by_offset.size(); ++i) {
    ZipEntry& entry = *by_offset[i];
    entry.end_limit =
        i + 1 < by_offset.size() ? std::min(by_offset[i + 1]->header_offset, place.offset) : place.offset;
    if (entry.header_offset > place.offset || place.offset - entry.header_offset < kLocalBytes ||
        place.offset - entry.header_offset - kLocalBytes < entry.stored_size) {
      refuse(entry, "lies outside the archive");
      continue;
    }
    if (furthest && entry.header_offset < reached) {
      refuse(*furthest, "overlaps another entry");
      refuse(entry, "overlaps another entry");
    }
    const std::uint64_t end = entry.header_offset + kLocalBytes + entry.stored_size;
    if (!furthest || end > reached) {
      reached = end;
      furthest = &entry;
    }
  }
}

void refuse_past_total(std::vector<ZipEntry>& entries, const ZipLimits& limits) {
  std::uint64_t total = 0;
  for (ZipEntry& entry : entries) {
    if (!entry.usable() || entry.method == 0) continue;
    if (entry.size > limits.inflated_total_bytes - total) {
      entry.problem = problem_of(entry, ErrorCode::TooLarge, "is past the limit for one archive",
                                 "Split the archive into smaller ones.");
    } else {
      total += entry.size;
    }
  }
}

/// As in Python, the last entry of a name is the one that counts.
void settle_duplicates(ZipDirectory& directory) {
  std::unordered_map<std::string, ZipEntry*> exact;
  std::unordered_map<std::string, const ZipEntry*> folded;
  std::vector<std::string> replaced;
  std::vector<std::string> similar;
  for (ZipEntry& entry : directory.entries) {
    if (!entry.usable()) continue;
    ZipEntry*& earlier = exact[entry.name];
    if (earlier) {
      earlier->skip = ZipSkip::Replaced;
      replaced.push_back(entry.name);
    }
    earlier = &entry;
    const ZipEntry*& alike = folded[to_lower_ascii(entry.name)];
    if (alike && alike->name != entry.name)
      similar.push_back(in_quotes(alike->name) + " and " + in_quotes(entry.name));
    alike = &entry;
  }
  const auto more = [](std::size_t count) {
    return count > 1 ? " (and " + std::to_string(count - 1) + " more like this)" : std::string();
  };
  if (!replaced.empty()) {
    directory.warnings.push_back(in_quotes(replaced[0]) +
                                 " is in the archive more than once; the last one is used" +
                                 more(replaced.size()) + ".");
  }
  if (!similar.empty()) {
    directory.warnings.push_back(similar[0] +
                                 " differ only in upper and lower case: some systems would keep one of them" +
                                 more(similar.size()) + ".");
  }
}

}  // namespace

Result<ZipDirectory> read_directory(ByteView bytes, const ZipDirectoryPlace& place, const ZipLimits& limits) {
  ZipDirectory out;
  std::size_t at = 0;
  // The count is 16 bits in the plain record and some writers let it wrap around: the bytes decide.
  while (at + kCentralBytes <= bytes.size() && read_u32le(bytes, at) == kCentralSignature) {
    const std::size_t name_bytes = read_u16le(bytes, at + 28);
    const std::size_t extra_bytes = read_u16le(bytes, at + 30);
    const std::size_t comment_bytes = read_u16le(bytes, at + 32);
    if (name_bytes + extra_bytes + comment_bytes > bytes.size() - at - kCentralBytes) break;
    if (out.entries.size() >= limits.entries) {
      return Error{ErrorCode::TooLarge,
                   "The ZIP archive has more than " + std::to_string(limits.entries) + " entries.",
                   "Split it into smaller archives."};
    }

    ZipEntry entry;
    entry.flags = read_u16le(bytes, at + 8);
    entry.method = read_u16le(bytes, at + 10);
    entry.time = {read_u16le(bytes, at + 12), read_u16le(bytes, at + 14)};
    entry.crc32 = read_u32le(bytes, at + 16);
    entry.stored_size = read_u32le(bytes, at + 20);
    entry.size = read_u32le(bytes, at + 24);
    entry.header_offset = read_u32le(bytes, at + 42);
    const ByteView extra = bytes.subspan(at + kCentralBytes + name_bytes, extra_bytes);
    decode_name(entry, bytes.subspan(at + kCentralBytes, name_bytes), extra);
    const bool sizes_known = read_extra_64(entry, extra);
    judge(entry, read_u16le(bytes, at + 4), read_u32le(bytes, at + 38), limits);
    if (!sizes_known && !entry.problem) {
      entry.problem = problem_of(entry, ErrorCode::InvalidInput, "does not say how large it is",
                                 "Create the archive again.");
    }
    // A sum that wraps around lands outside the archive, where refuse_overlaps finds it.
    entry.header_offset += place.prepended;
    if (entry.header_offset < place.prepended) entry.header_offset = ~0ull;
    out.entries.push_back(std::move(entry));
    at += kCentralBytes + name_bytes + extra_bytes + comment_bytes;
  }
  if (out.entries.size() < place.entries) {
    return Error{ErrorCode::InvalidInput,
                 "The directory of the ZIP archive is damaged: " + std::to_string(out.entries.size()) +
                     " of " + std::to_string(place.entries) + " entries can be read.",
                 "Download or create it again, or unpack it with another program and add the folder."};
  }
  refuse_overlaps(out.entries, place);
  refuse_past_total(out.entries, limits);
  settle_duplicates(out);
  return out;
}

}  // namespace vignette
