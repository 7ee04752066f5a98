#include "shared/archive/zip_writer.hpp"

#include <doctest/doctest.h>

#include "tests/shared/archive/zip_making.hpp"

using namespace vignette;

TEST_CASE("one stored file is written byte for byte as Python's zipfile writes it") {
  ZipWriter writer;
  const std::string content = "hi";
  Bytes archive = *writer.add({.name = "a.txt",
                               .size = 2,
                               .crc32 = crc32(as_bytes(content)),
                               .time = dos_time_from({2025, 1, 2, 3, 4, 6}),
                               .unix_mode = 0600});
  append(archive, as_bytes(content));
  append(archive, writer.finish());
  const Bytes expected = {0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x83, 0x18, 0x22,
                          0x5a, 0xac, 0x2a, 0x93, 0xd8, 0x02, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00,
                          0x05, 0x00, 0x00, 0x00, 0x61, 0x2e, 0x74, 0x78, 0x74, 0x68, 0x69,  //
                          0x50, 0x4b, 0x01, 0x02, 0x14, 0x03, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x83,
                          0x18, 0x22, 0x5a, 0xac, 0x2a, 0x93, 0xd8, 0x02, 0x00, 0x00, 0x00, 0x02, 0x00,
                          0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                          0x00, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x61, 0x2e, 0x74, 0x78, 0x74,  //
                          0x50, 0x4b, 0x05, 0x06, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x33,
                          0x00, 0x00, 0x00, 0x25, 0x00, 0x00, 0x00, 0x00, 0x00};
  CHECK(archive == expected);
}

TEST_CASE("names that are not ASCII, and only those, are marked as UTF-8 in both headers") {
  const Bytes accented = make_zip({{"é.txt", "hi"}});
  CHECK(read_u16le(accented, 6) == 0x0800);
  CHECK(accented[30] == 0xc3);
  CHECK(accented[31] == 0xa9);
  const std::size_t central = 30 + 6 + 2;
  CHECK(read_u32le(accented, central) == zip::kCentralSignature);
  CHECK(read_u16le(accented, central + 8) == 0x0800);
  CHECK(read_u16le(make_zip({{"e.txt", "hi"}}), 6) == 0);
}

TEST_CASE("without a time the archive carries 1980 and is the same every time") {
  const Bytes archive = make_zip({{"a", "x"}});
  CHECK(read_u16le(archive, 12) == 0x21);
  CHECK(archive == make_zip({{"a", "x"}}));
}

TEST_CASE("a file of 5 GB gets both sizes as 64 bits, in both headers") {
  ZipWriter writer;
  const std::uint64_t five = 5'000'000'000;
  const Bytes header = *writer.add({.name = "big.mp4", .size = five, .crc32 = 1});
  CHECK(read_u16le(header, 4) == 45);
  CHECK(read_u32le(header, 18) == 0xFFFFFFFF);
  CHECK(read_u32le(header, 22) == 0xFFFFFFFF);
  CHECK(read_u16le(header, 28) == 20);
  CHECK(read_u64le(header, 37 + 4) == five);
  CHECK(read_u64le(header, 37 + 12) == five);
  CHECK(writer.offset() == header.size() + five);

  const Bytes small = *writer.add({.name = "after.txt", .size = 3, .crc32 = 2});
  CHECK(read_u16le(small, 28) == 0);  // its own sizes are small; only the directory needs the far offset
  const Bytes tail = writer.finish();
  const auto place = locate_directory(tail, writer.offset());
  // The whole tail is shorter than what is usually asked for, and all there is to give here.
  REQUIRE(place);
  REQUIRE(std::holds_alternative<MoreTail>(*place));

  Bytes padded(static_cast<std::size_t>(kZipTailBytes), 0);
  append(padded, tail);
  const auto found = locate_directory(padded, writer.offset());
  REQUIRE(found);
  REQUIRE(std::holds_alternative<ZipDirectoryPlace>(*found));
  const auto& at = std::get<ZipDirectoryPlace>(*found);
  CHECK(at.offset == 2 * 30 + 7 + 20 + five + 9 + 3);
  CHECK(at.entries == 2);
  CHECK(at.prepended == 0);
  const auto directory = read_directory(ByteView(tail).first(static_cast<std::size_t>(at.size)), at);
  REQUIRE(directory);
  CHECK(directory->entries[0].size == five);
  CHECK(directory->entries[0].stored_size == five);
  CHECK(directory->entries[0].header_offset == 0);
  CHECK(directory->entries[1].header_offset == header.size() + five);
  CHECK(directory->entries[1].usable());
}

TEST_CASE("70,000 files come back from the directory") {
  ZipWriter writer;
  Bytes archive;
  for (int i = 0; i < 70'000; ++i) append(archive, *writer.add({.name = std::to_string(i)}));
  append(archive, writer.finish());
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(directory->entries.size() == 70'000);
  CHECK(directory->entries[69'999].name == "69999");
}

TEST_CASE("T34 names that could escape, and names given twice, are refused and leave the archive as it was") {
  ZipWriter writer;
  REQUIRE(writer.add({.name = "a.txt"}));
  const std::uint64_t before = writer.offset();
  for (const char* bad : {"", "/etc/passwd", "../up", "a/../../b", "c:\\x", "C:x", "a\\b", "./a", "a//b",
                          "folder/", "a\nb", "\xff", "a.txt"}) {
    CAPTURE(bad);
    const auto refused = writer.add({.name = bad});
    CHECK_FALSE(refused);
    CHECK(writer.offset() == before);
  }
  CHECK(open_zip(make_zip({}))->entries.empty());
}
