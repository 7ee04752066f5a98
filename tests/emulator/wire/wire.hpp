#pragma once
// One connection, seen from below HTTP. cpp-httplib parses requests from it; answers are written past the
// library, because a stand-in must be able to break every rule that a good library keeps: cut a body, end a
// stream in the middle, send a chunk that is none, reset the connection. It also notices at once when the
// client hangs up.
#include <atomic>
#include <cstdint>
#include <httplib.h>
#include <string>
#include <string_view>
#include <vector>

namespace vignette::emulator {

class Wire : public httplib::Stream {
 public:
  explicit Wire(int socket);
  ~Wire() override;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  /// Until the first byte of a request can be read. False when the client closes, or nothing comes in time.
  bool await_request(int timeout_ms);
  /// False when the client is gone: nothing more will reach it.
  bool send(std::string_view bytes);
  /// Sleeps, but wakes with false as soon as the client leaves.
  bool wait(std::int64_t ms);
  bool client_left() const;
  /// Closes without a goodbye; with `reset` the client sees ECONNRESET instead of an early end.
  void drop(bool reset);
  /// From now on reads find the end, so that httplib gives up on a request body we do not want.
  void stop_reading() { reading_stopped_ = true; }
  /// From now on what httplib itself writes goes nowhere: the answer has been written.
  void mute() { muted_ = true; }
  void ready_for_next() { muted_ = false; }

  bool dropped() const { return dropped_; }
  /// The connection must not be used for a further request.
  bool must_close = false;
  std::uint64_t received = 0, sent = 0;

  // What httplib asks for.
  bool is_readable() const override;
  bool is_writable() const override { return true; }
  ssize_t read(char* ptr, size_t size) override;
  ssize_t write(const char* ptr, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  /// Not the real one: httplib refuses descriptors from 1,024 on because it may use select(); we never do.
  socket_t socket() const override { return 0; }

 private:
  int socket_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  bool muted_ = false, dropped_ = false, reading_stopped_ = false;
};

}  // namespace vignette::emulator
