#pragma once
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "relay/http/alarms.hpp"

namespace vignette::relay {

/// Memory for bodies that have to be held, all clients together: a promise is made before a byte is read.
class BytePool {
 public:
  explicit BytePool(std::uint64_t limit) : left_(limit), limit_(limit) {}

  /// A share of the pool, given back when it goes.
  class Share {
   public:
    Share() = default;
    Share(Share&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    Share& operator=(Share&& other) noexcept {
      std::swap(pool_, other.pool_);
      std::swap(bytes_, other.bytes_);
      return *this;
    }
    ~Share() {
      if (pool_ != nullptr) pool_->left_ += bytes_;
    }
    explicit operator bool() const { return pool_ != nullptr; }

   private:
    friend class BytePool;
    Share(BytePool& pool, std::uint64_t bytes) : pool_(&pool), bytes_(bytes) {}
    BytePool* pool_ = nullptr;
    std::uint64_t bytes_ = 0;
  };

  /// An empty share when there is not so much left.
  Share take(std::uint64_t bytes) {
    if (bytes > left_) return {};
    left_ -= bytes;
    return {*this, bytes};
  }
  std::uint64_t in_use() const { return limit_ - left_; }

 private:
  std::uint64_t left_;
  std::uint64_t limit_;
};

/// The one thread's event loop, and what everything on it shares. Outlives all that runs on it.
struct Loop {
  static constexpr std::size_t scratch_bytes = 128 * 1024;

  explicit Loop(std::uint64_t body_pool_bytes = 256ull << 20) : bodies(body_pool_bytes) {}

  boost::asio::io_context io{1};
  Alarms alarms{io};
  BytePool bodies;
  /// Bytes on their way through: read into here and handed on before anybody else has a turn.
  std::vector<char> scratch = std::vector<char>(scratch_bytes);
};

}  // namespace vignette::relay
