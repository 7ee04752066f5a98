#include "shared/archive/crc32.hpp"

#include <doctest/doctest.h>

using namespace vignette;

namespace {

/// The definition, bit by bit: nothing in common with the fast one but the polynomial.
std::uint32_t slow_crc32(ByteView bytes) {
  std::uint32_t r = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    r ^= byte;
    for (int bit = 0; bit < 8; ++bit) r = (r >> 1) ^ ((r & 1) ? 0xEDB88320 : 0);
  }
  return ~r;
}

Bytes noise(std::size_t count) {
  Bytes out(count);
  std::uint32_t state = 12345;
  for (std::uint8_t& byte : out) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return out;
}

}  // namespace

TEST_CASE("CRC-32 gives the published check value") {
  CHECK(crc32(as_bytes("123456789")) == 0xCBF43926);
  CHECK(crc32({}) == 0);
}

TEST_CASE("every length gives what the definition gives, around each switch of method too") {
  const Bytes bytes = noise(70'000);
  for (std::size_t n :
       {1u,     3u,     15u,    16u,    17u,    31u,    33u,    4799u,  4800u,  19199u, 19200u,
        19201u, 19215u, 19216u, 21184u, 21200u, 35583u, 35584u, 35600u, 37568u, 65536u, 69999u}) {
    CAPTURE(n);
    CHECK(crc32(ByteView(bytes).first(n)) == slow_crc32(ByteView(bytes).first(n)));
    CHECK(crc32(ByteView(bytes).last(n)) == slow_crc32(ByteView(bytes).last(n)));  // another alignment
  }
}

TEST_CASE("a file summed in pieces has the sum of the whole") {
  const Bytes bytes = noise(120'000);
  const std::uint32_t whole = slow_crc32(bytes);
  for (const std::size_t cut : {0u, 1u, 100u, 20'001u, 60'000u, 119'999u, 120'000u}) {
    CAPTURE(cut);
    const ByteView head = ByteView(bytes).first(cut);
    const ByteView rest = ByteView(bytes).subspan(cut);
    CHECK(crc32(rest, crc32(head)) == whole);
    CHECK(crc32_combine(crc32(head), crc32(rest), rest.size()) == whole);
  }
}

TEST_CASE("sums of pieces longer than 4 GB still join") {
  // 2^33 zero bytes are the square of the square … of one zero byte.
  std::uint32_t zeros = crc32(Bytes(1, 0));
  std::uint64_t bytes = 1;
  while (bytes < (1ull << 33)) {
    zeros = crc32_combine(zeros, zeros, bytes);
    bytes *= 2;
  }
  CHECK(zeros == 0x41d912ff);  // Python: zlib.crc32 over 2^33 zero bytes
}
