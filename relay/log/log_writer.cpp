#include "relay/log/log_writer.hpp"

#include <boost/asio/post.hpp>
#include <unistd.h>

namespace vignette::relay {
namespace {

constexpr std::size_t most_waiting = 32 * 1024;

}  // namespace

void LogWriter::write(const std::string& line) {
  waiting_ += line;
  waiting_ += '\n';
  if (waiting_.size() > most_waiting) return flush();
  if (due_) return;
  due_ = true;
  boost::asio::post(io_, [this] { flush(); });
}

void LogWriter::flush() {
  due_ = false;
  for (std::size_t at = 0; at < waiting_.size();) {
    const ssize_t n = ::write(STDERR_FILENO, waiting_.data() + at, waiting_.size() - at);
    if (n <= 0) break;  // whoever read it is gone
    at += static_cast<std::size_t>(n);
  }
  waiting_.clear();
}

}  // namespace vignette::relay
