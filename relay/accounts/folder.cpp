#include "relay/accounts/folder.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

namespace vignette::relay {
namespace {

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "processes share it by its bytes alone");

Error cannot_use(const std::string& folder) {
  return {.code = ErrorCode::Internal,
          .message = "Cannot use the data folder " + folder + ".",
          .hint = "The relay's user needs to be able to write there."};
}

int open_file(const std::string& path) { return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); }

}  // namespace

Result<Done> make_folder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return Done{};
  if (!std::filesystem::create_directories(folder, error)) return cannot_use(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  return Done{};
}

Result<FolderLock> FolderLock::take(const std::string& folder) {
  FolderLock lock(open_file(folder + "/lock"));
  if (lock.file_ < 0) return cannot_use(folder);
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    return Error{
        .code = ErrorCode::Refused,
        .message = "Another relay is serving with the data folder " + folder + ".",
        .hint = "Give this one a folder of its own, or let both share limits through Redis (REDIS_URL)."};
  }
  return lock;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

Result<ChangeCount> ChangeCount::open(const std::string& folder) {
  const int file = open_file(folder + "/changes");
  if (file < 0) return cannot_use(folder);
  const bool sized = ::ftruncate(file, sizeof(std::uint64_t)) == 0;  // keeps what is there
  void* memory = sized ? ::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                       : MAP_FAILED;
  ::close(file);
  if (memory == MAP_FAILED) return cannot_use(folder);
  return ChangeCount(static_cast<std::atomic<std::uint64_t>*>(memory));
}

ChangeCount::~ChangeCount() {
  if (count_ != nullptr) ::munmap(count_, sizeof(std::uint64_t));
}

}  // namespace vignette::relay
