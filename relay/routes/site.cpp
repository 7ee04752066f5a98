#include "relay/routes/site.hpp"

namespace vignette::relay {

Result<Site> Site::open(const std::string& folder) {
  auto root = File::open(folder);
  if (!root || !root->facts().folder) {
    return Error{
        .code = ErrorCode::NotFound,
        .message = "--site " + folder + " is not a folder that can be read.",
        .hint = "Build the site first (it ends in build/site), or name the folder that holds index.html."};
  }
  std::string real_root = root->real_path();
  if (real_root.empty()) {
    return Error{.code = ErrorCode::Unsupported,
                 .message = "Cannot tell where --site " + folder + " really lies.",
                 .hint = "The server needs /proc to keep requests inside that folder; mount it."};
  }
  if (!real_root.ends_with('/')) real_root += '/';
  return Site(std::move(*root), std::move(real_root));
}

std::optional<File> Site::find(const std::string& path) const {
  auto file = File::open_at(root_, path.empty() ? "." : path);
  if (!file) return std::nullopt;
  const File::Facts facts = file->facts();
  if (!facts.regular && !facts.folder) return std::nullopt;
  // Asked of the open file, not of its name: nobody can swap a link between the check and the use.
  if (!(file->real_path() + "/").starts_with(real_root_)) return std::nullopt;
  return file;
}

}  // namespace vignette::relay
