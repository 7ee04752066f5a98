#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "relay/routes/site.hpp"

namespace vignette::relay {

/// A folder of its own under the temporary directory, gone at the end of the test. The site is `root()`; what
/// lies beside it in `outside()` must never be served.
class SiteFolder {
 public:
  SiteFolder();
  ~SiteFolder();
  SiteFolder(const SiteFolder&) = delete;
  SiteFolder& operator=(const SiteFolder&) = delete;

  std::filesystem::path root() const { return base_ / "site"; }
  std::filesystem::path outside() const { return base_ / "outside"; }
  void write(std::string_view path, std::string_view content) const;
  Site open() const;

 private:
  std::filesystem::path base_;
};

}  // namespace vignette::relay
