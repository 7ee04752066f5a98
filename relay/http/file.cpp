#include "relay/http/file.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vignette::relay {
namespace {

// Not blocking: opening a named pipe that someone left in the site must not stop the one thread we have.
constexpr int open_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = (a ^ b) * 0x9E3779B97F4A7C15u;
  return x ^ (x >> 29);
}

}  // namespace

std::optional<File> File::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), open_flags);
  if (descriptor < 0) return std::nullopt;
  return File(descriptor);
}

std::optional<File> File::open_at(const File& folder, const std::string& path) {
  const int descriptor = ::openat(folder.descriptor_, path.c_str(), open_flags);
  if (descriptor < 0) return std::nullopt;
  return File(descriptor);
}

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

File::Facts File::facts() const {
  struct stat s = {};
  if (::fstat(descriptor_, &s) != 0) return {};
  Facts facts;
  facts.regular = S_ISREG(s.st_mode);
  facts.folder = S_ISDIR(s.st_mode);
  facts.bytes = static_cast<std::uint64_t>(s.st_size);
  facts.modified_s = s.st_mtim.tv_sec;
  // The modification time alone is not enough: reproducible builds set it to a constant. The change time
  // cannot be set, so a file that was replaced always gets another fingerprint.
  const auto nanoseconds = [](const timespec& t) {
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(t.tv_nsec);
  };
  facts.fingerprint =
      mixed(mixed(nanoseconds(s.st_mtim), nanoseconds(s.st_ctim)), static_cast<std::uint64_t>(s.st_ino));
  return facts;
}

std::string File::real_path() const {
  std::array<char, 4096> path;
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor_);
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  if (length <= 0 || static_cast<std::size_t>(length) == path.size()) return {};
  return {path.data(), static_cast<std::size_t>(length)};
}

std::size_t File::read_at(std::uint64_t offset, std::span<char> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t n =
        ::pread(descriptor_, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

}  // namespace vignette::relay
