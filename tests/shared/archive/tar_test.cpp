#include "shared/archive/tar.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette;

namespace {

std::string field(const Bytes& block, std::size_t at, std::size_t size) {
  return std::string(as_text(block).substr(at, size));
}

}  // namespace

TEST_CASE("a header says in octal what it should, and its checksum is right") {
  TarWriter tar;
  const Bytes header = *tar.add({.name = "000000.txt", .size = 2, .modified = 0});
  REQUIRE(header.size() == 512);
  CHECK(as_text(header).substr(0, 11) == std::string_view("000000.txt\0", 11));
  CHECK(field(header, 100, 8) == std::string("0000644\0", 8));
  CHECK(field(header, 124, 12) == std::string("00000000002\0", 12));
  CHECK(field(header, 257, 8) == std::string("ustar\0"
                                             "00",
                                             8));
  // The published example of this header has "u" and "g" as its names: 117 + 103 more.
  CHECK(field(header, 148, 8) == std::string("007215\0 ", 8));
}

TEST_CASE("contents are filled up to blocks, and the archive to twenty of them") {
  TarWriter tar;
  CHECK(tar.add({.name = "a.jpg", .size = 700})->size() == 512);
  CHECK(tar.offset() == 1212);
  CHECK(tar.add({.name = "a.txt", .size = 512})->size() == 324 + 512);
  CHECK(tar.add({.name = "b.txt", .size = 0})->size() == 512);
  const Bytes end = tar.finish();
  CHECK(tar.offset() == 10'240);
  for (const std::uint8_t byte : end) REQUIRE(byte == 0);
}

TEST_CASE("a name that is not ASCII gets a PAX record whose length counts itself") {
  TarWriter tar;
  const Bytes header = *tar.add({.name = "é.txt", .size = 1});
  REQUIRE(header.size() == 3 * 512);
  CHECK(header[156] == 'x');
  CHECK(field(header, 512, 15) == "15 path=é.txt\n");
  CHECK(header[2 * 512 + 156] == '0');
  CHECK(field(header, 1024, 6) == std::string("__.txt"));
}

TEST_CASE("a long path is parted at a slash where that is enough, and recorded where not") {
  TarWriter tar;
  const std::string folder(120, 'f');
  const std::string name(90, 'n');
  const Bytes parted = *tar.add({.name = folder + "/" + name, .size = 0});
  REQUIRE(parted.size() == 512);
  CHECK(field(parted, 0, 90) == name);
  CHECK(field(parted, 345, 120) == folder);
  const Bytes recorded = *tar.add({.name = std::string(101, 'x'), .size = 0});
  CHECK(recorded.size() == 3 * 512);
  CHECK(field(recorded, 512, 111) == "111 path=" + std::string(101, 'x') + "\n");
}

TEST_CASE("a file of 8 GiB is announced by a record") {
  TarWriter tar;
  const Bytes header = *tar.add({.name = "big.mp4", .size = 8ull << 30});
  CHECK(field(header, 512, 19) == "19 size=8589934592\n");
  CHECK(tar.offset() == header.size() + (8ull << 30));
}

TEST_CASE("names that escape, repeat or are nothing are refused, and change nothing") {
  TarWriter tar;
  for (const char* name : {"../a", "/a", "a/", "", "a\\b", "\xFF"})
    CHECK_FALSE(tar.add({.name = name, .size = 1}).has_value());
  CHECK(tar.offset() == 0);
  CHECK(tar.add({.name = "a", .size = 1}).has_value());
  const auto again = tar.add({.name = "a", .size = 1});
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().message == "The name \"a\" is in the archive twice.");
  CHECK(tar.offset() == 513);
}
