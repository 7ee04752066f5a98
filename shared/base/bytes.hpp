#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace vignette {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Unaligned reads; the caller has checked that `at` + the width lies inside.
inline std::uint16_t read_u16le(ByteView b, std::size_t at) {
  return static_cast<std::uint16_t>(b[at] | (b[at + 1] << 8));
}
inline std::uint16_t read_u16be(ByteView b, std::size_t at) {
  return static_cast<std::uint16_t>((b[at] << 8) | b[at + 1]);
}
inline std::uint32_t read_u32le(ByteView b, std::size_t at) {
  return read_u16le(b, at) | (static_cast<std::uint32_t>(read_u16le(b, at + 2)) << 16);
}
inline std::uint32_t read_u32be(ByteView b, std::size_t at) {
  return (static_cast<std::uint32_t>(read_u16be(b, at)) << 16) | read_u16be(b, at + 2);
}
inline std::uint64_t read_u64le(ByteView b, std::size_t at) {
  return read_u32le(b, at) | (static_cast<std::uint64_t>(read_u32le(b, at + 4)) << 32);
}

/// Appends numbers to a growing buffer, least significant byte first.
inline void put_u16le(Bytes& out, std::uint64_t v) {
  out.push_back(static_cast<std::uint8_t>(v));
  out.push_back(static_cast<std::uint8_t>(v >> 8));
}
inline void put_u32le(Bytes& out, std::uint64_t v) {
  put_u16le(out, v);
  put_u16le(out, v >> 16);
}
inline void put_u64le(Bytes& out, std::uint64_t v) {
  put_u32le(out, v);
  put_u32le(out, v >> 32);
}

}  // namespace vignette
