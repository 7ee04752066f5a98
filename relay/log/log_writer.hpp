#pragma once
#include <boost/asio/io_context.hpp>
#include <string>

namespace vignette::relay {

/// Lines to standard error. Those of one turn of the event loop go out in one write: under load a write for
/// each would cost as much as the requests themselves.
class LogWriter {
 public:
  explicit LogWriter(boost::asio::io_context& io) : io_(io) {}
  ~LogWriter() { flush(); }
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  void write(const std::string& line);
  void flush();

 private:
  boost::asio::io_context& io_;
  std::string waiting_;
  bool due_ = false;
};

}  // namespace vignette::relay
