#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>

#include "shared/archive/dos_time.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette {

/// What a ZIP says about one file; its content never passes through here.
struct ZipFile {
  std::string name;        ///< UTF-8, folders parted by '/'
  std::uint64_t size = 0;  ///< of the file as it is
  std::uint32_t crc32 = 0;
  DosTime time{};
  /// Set when the bytes that follow the header are a raw deflate stream of this many bytes.
  std::uint64_t deflated_size = 0;
  bool deflated = false;
  std::uint16_t unix_mode = 0100644;
};

/// Writes the parts of a ZIP archive that are not file contents. The caller puts them between the contents:
///
///   ZipWriter zip;
///   for (file : files) out << *zip.add(file) << contents of file;
///   out << zip.finish();
///
/// As stored contents are the files themselves, a browser can make an archive of any size from references to
/// them. Sizes and sums are known up front, so no data descriptors are written: some readers cannot follow
/// those.
class ZipWriter {
 public:
  /// The bytes that go before this file's content. A refused file changes nothing.
  Result<Bytes> add(const ZipFile& file);
  /// The bytes that go after the last content. Nothing may be added afterwards.
  Bytes finish();

  /// Where the next byte will lie in the archive.
  std::uint64_t offset() const { return offset_; }

 private:
  std::uint64_t offset_ = 0;
  std::uint64_t entries_ = 0;
  Bytes directory_;
  std::unordered_set<std::string> names_;
};

}  // namespace vignette
