#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

namespace vignette {

/// What a tar says about one file; its content never passes through here.
struct TarFile {
  std::string name;  ///< UTF-8, folders parted by '/'
  std::uint64_t size = 0;
  TimeMs modified = 0;
};

/// Writes the parts of a tar archive that are not file contents. The caller puts them between the contents:
///
///   TarWriter tar;
///   for (file : files) out << *tar.add(file) << contents of file;
///   out << tar.finish();
///
/// Contents are the files themselves, so a browser makes a shard of any size from references to them. What a
/// plain ustar header cannot say (a long or non-ASCII name, 8 GiB and more) goes into a PAX header before it,
/// which every reader of the last twenty years understands.
class TarWriter {
 public:
  /// The bytes between the content before and this file's. A refused file changes nothing.
  Result<Bytes> add(const TarFile& file);
  /// The bytes after the last content. Nothing may be added afterwards.
  Bytes finish();

  /// Where the next byte will lie in the archive.
  std::uint64_t offset() const { return offset_; }

 private:
  std::uint64_t offset_ = 0;
  std::unordered_set<std::string> names_;
};

}  // namespace vignette
