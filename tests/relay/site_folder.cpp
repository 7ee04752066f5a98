#include "tests/relay/site_folder.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <stdlib.h>

namespace vignette::relay {

SiteFolder::SiteFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vignette-site-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  base_ = pattern;
  std::filesystem::create_directories(root());
  std::filesystem::create_directories(outside());
}

SiteFolder::~SiteFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(base_, ignored);
}

void SiteFolder::write(std::string_view path, std::string_view content) const {
  const std::filesystem::path file = root() / path;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

Site SiteFolder::open() const {
  auto site = Site::open(root().string());
  REQUIRE(site);
  return std::move(*site);
}

}  // namespace vignette::relay
