#include "relay/accounts/secrets.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace vignette::relay {
namespace {

constexpr TimeMs signing_key_life = TimeMs{30} * 24 * 3600 * 1000;
constexpr std::size_t secret_bytes = 32;
constexpr std::string_view first_line = "vignette-relay secrets 1";

Error cannot(const std::string& what, const std::string& path) {
  return {.code = ErrorCode::Internal,
          .message = "Cannot " + what + " " + path + ".",
          .hint = "The relay's user needs to read and write its data folder."};
}

Error damaged() {
  return {.code = ErrorCode::InvalidInput,
          .message = "The file of secrets in the data folder is damaged.",
          .hint = "Put it back from a copy; without it every access code has to be made again."};
}

// Writes a whole new file beside `path` and gives its name; nobody sees a half-written one.
Result<std::string> write_beside(const std::string& path, const std::string& text) {
  const std::string fresh = path + "." + hex(random_bytes(6));
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return cannot("write", path);
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (written) return fresh;
  ::unlink(fresh.c_str());
  return cannot("write", path);
}

void sync_folder(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

Result<std::string> read_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return cannot("read", path);
  struct stat info{};
  std::array<char, 1024> buffer{};
  const ssize_t size = ::fstat(file, &info) == 0 ? ::read(file, buffer.data(), buffer.size()) : -1;
  ::close(file);
  if (size < 0) return cannot("read", path);
  if ((info.st_mode & 077) != 0) {
    return Error{.code = ErrorCode::Refused,
                 .message = "Others on this machine may read " + path + ", which holds the relay's secrets.",
                 .hint = "Run: chmod 600 " + path};
  }
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

}  // namespace

Secrets make_secrets(TimeMs now) {
  return {.pepper = random_bytes(secret_bytes),
          .signing = random_bytes(secret_bytes),
          .previous = random_bytes(secret_bytes),
          .rotated = now};
}

bool rotate(Secrets& secrets, TimeMs now) {
  if (now - secrets.rotated < signing_key_life) return false;
  secrets.previous = std::exchange(secrets.signing, random_bytes(secret_bytes));
  secrets.rotated = now;
  return true;
}

std::string secrets_text(const Secrets& secrets) {
  return std::string(first_line) + "\n" + hex(secrets.pepper) + "\n" + hex(secrets.signing) + "\n" +
         hex(secrets.previous) + "\n" + std::to_string(secrets.rotated) + "\n";
}

Result<Secrets> secrets_from_text(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return damaged();
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  if (lines.size() != 5 || lines[0] != first_line) return damaged();
  Secrets secrets{.pepper = bytes_from_hex(lines[1]),
                  .signing = bytes_from_hex(lines[2]),
                  .previous = bytes_from_hex(lines[3])};
  const auto [end, error] =
      std::from_chars(lines[4].data(), lines[4].data() + lines[4].size(), secrets.rotated);
  const bool whole = error == std::errc{} && end == lines[4].data() + lines[4].size();
  if (!whole || secrets.pepper.size() != secret_bytes || secrets.signing.size() != secret_bytes ||
      secrets.previous.size() != secret_bytes) {
    return damaged();
  }
  return secrets;
}

Result<Secrets> open_secrets_file(const std::string& folder, TimeMs now) {
  const std::string path = folder + "/secrets";
  if (::access(path.c_str(), F_OK) != 0) {
    auto fresh = write_beside(path, secrets_text(make_secrets(now)));
    if (!fresh) return fresh.error();
    // A link, unlike a rename, fails when another process was first; then its secrets are the ones.
    const bool linked = ::link(fresh->c_str(), path.c_str()) == 0 || errno == EEXIST;
    ::unlink(fresh->c_str());
    if (!linked) return cannot("write", path);
    sync_folder(folder);
  }
  auto text = read_private(path);
  if (!text) return text.error();
  return secrets_from_text(*text);
}

Result<Done> replace_secrets_file(const std::string& folder, const Secrets& secrets) {
  const std::string path = folder + "/secrets";
  auto fresh = write_beside(path, secrets_text(secrets));
  if (!fresh) return fresh.error();
  if (::rename(fresh->c_str(), path.c_str()) != 0) return cannot("write", path);
  sync_folder(folder);
  return Done{};
}

}  // namespace vignette::relay
