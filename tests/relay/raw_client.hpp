#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vignette::relay {

/// A client that sends exactly the bytes it is told to, right or wrong.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0);
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient();

  /// False when the server has closed the connection.
  bool send(std::string_view bytes);
  void finish_sending();
  /// What arrives until the server closes, or until `enough` of it contains `mark`. Gives up after ten
  /// seconds without a byte, and marks that with a trailing "<timeout>".
  std::string receive_all();
  std::string receive_until(std::string_view mark);

 private:
  int socket_ = -1;
};

}  // namespace vignette::relay
