#pragma once
#include <optional>
#include <string>

#include "relay/http/file.hpp"
#include "shared/base/result.hpp"

namespace vignette::relay {

/// The folder of the static site. Files are opened when asked for, so a new build is served without a
/// restart.
class Site {
 public:
  static Result<Site> open(const std::string& folder);

  /// A file or folder below the root, by a path from site_path(). A symbolic link is followed, and what it
  /// leads to is served only if that too lies below the root. Nothing else than files and folders is ever
  /// opened to a reader.
  std::optional<File> find(const std::string& path) const;

 private:
  Site(File root, std::string real_root) : root_(std::move(root)), real_root_(std::move(real_root)) {}
  File root_;
  std::string real_root_;
};

}  // namespace vignette::relay
