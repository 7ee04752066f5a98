#pragma once
#include <cstddef>
#include <cstdint>

// What the reader and the writer agree on. All numbers are little-endian; offsets in bytes.
//
//   local header    50 4b 03 04 | 4 need  6 flags  8 method  10 time  12 date  14 crc  18 stored size  22
//   size
//                   | 26 name length  28 extra length | 30 name, extra        … then the content
//   central header  50 4b 01 02 | 4 made by  6 need  8 flags  10 method  12 time  14 date  16 crc  20 stored
//   size
//                   | 24 size  28 name length  30 extra length  32 comment length  34 disk  36 inner
//                   attributes | 38 outer attributes  42 offset of the local header | 46 name, extra, comment
//   ZIP64 end       50 4b 06 06 | 4 bytes that follow (44)  12 made by  14 need  16 disk  20 directory's disk
//                   | 24 entries here  32 entries  40 directory size  48 directory offset
//   ZIP64 locator   50 4b 06 07 | 4 disk  8 offset of the ZIP64 end  16 disks
//   end             50 4b 05 06 | 4 disk  6 directory's disk  8 entries here  10 entries  12 directory size
//                   | 16 directory offset  20 comment length | 22 comment
//
// A value that does not fit is written as all ones and follows in the extra field 0x0001, as 64 bits, in the
// order size, stored size, offset; in a local header both sizes must be there.

namespace vignette::zip {

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kCentralSignature = 0x02014b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocator64Signature = 0x07064b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;

constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kCentralBytes = 46;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::size_t kEndBytes = 22;

constexpr std::uint16_t kFlagEncrypted = 1 << 0;
constexpr std::uint16_t kFlagUtf8 = 1 << 11;

constexpr std::uint16_t kExtra64 = 0x0001;
constexpr std::uint16_t kExtraUnicodePath = 0x7075;

constexpr std::uint16_t kOnes16 = 0xFFFF;
constexpr std::uint32_t kOnes32 = 0xFFFFFFFF;

}  // namespace vignette::zip
