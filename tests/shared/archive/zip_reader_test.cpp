#include "shared/archive/zip_reader.hpp"

#include <doctest/doctest.h>

#include "tests/shared/archive/zip_making.hpp"

using namespace vignette;

namespace {

// zlib.compressobj(9, zlib.DEFLATED, -15) of 26 letters written 40 times.
const std::string kDeflated(
    "\x4b\x4c\x4a\x4e\x49\x4d\x4b\xcf\xc8\xcc\xca\xce\xc9\xcd\xcb\x2f\x28\x2c\x2a"
    "\x2e\x29\x2d\x2b\xaf\xa8\xac\x4a\x1c\x95\x19\x95\x19\x95\x19\x61\x32\x00",
    37);
std::string letters() {
  std::string out;
  for (int i = 0; i < 40; ++i) out += "abcdefghijklmnopqrstuvwxyz";
  return out;
}
RawEntry deflated(std::string name) {
  return {.name = std::move(name),
          .content = kDeflated,
          .method = 8,
          .size = 1040,
          .crc = crc32(as_bytes(letters()))};
}

std::string text_of(ByteView archive, const ZipEntry& entry) {
  const auto bytes = extract(archive, entry);
  return bytes ? std::string(as_text(*bytes)) : "failed: " + bytes.error().message;
}

}  // namespace

TEST_CASE("what the writer writes, the reader reads") {
  const Files files = {{"a.txt", "hi"}, {"ordner/b ü.txt", ""}, {"z/y/x.bin", std::string(100'000, 'q')}};
  const Bytes archive = make_zip(files);
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  REQUIRE(directory->entries.size() == 3);
  CHECK(directory->warnings.empty());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(directory->entries[i].name == files[i].first);
    CHECK(directory->entries[i].usable());
    CHECK(text_of(archive, directory->entries[i]) == files[i].second);
  }
}

TEST_CASE("deflated entries are unpacked and checked") {
  const Bytes archive = make_raw_zip({deflated("letters.txt")});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(text_of(archive, directory->entries[0]) == letters());
}

TEST_CASE("a deflated entry that lies about its size or sum is refused") {
  RawEntry shorter = deflated("shorter");
  shorter.size = 1039;
  RawEntry longer = deflated("longer");
  longer.size = 1041;
  RawEntry wrong = deflated("wrong");
  wrong.crc = 1;
  RawEntry cut = deflated("cut");
  cut.content.resize(20);
  RawEntry nonsense = deflated("nonsense");
  nonsense.content = std::string(30, '\xff');
  const Bytes archive = make_raw_zip({shorter, longer, wrong, cut, nonsense});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  const ErrorCode expected[] = {ErrorCode::Refused, ErrorCode::InvalidInput, ErrorCode::InvalidInput,
                                ErrorCode::Truncated, ErrorCode::InvalidInput};
  for (std::size_t i = 0; i < 5; ++i) {
    const auto content = extract(archive, directory->entries[i]);
    REQUIRE_FALSE(content);
    CHECK(content.error().code == expected[i]);
  }
}

TEST_CASE("a stored entry with a wrong sum is refused when it is read") {
  const Bytes archive = make_raw_zip({{.name = "a", .content = "hello", .crc = 77}});
  CHECK(extract(archive, open_zip(archive)->entries[0]).error().code == ErrorCode::InvalidInput);
}

TEST_CASE("an archive behind something else, or with a comment, opens all the same") {
  Bytes archive(5000, 0x50);
  append(archive, make_zip({{"a.txt", "hi"}, {"b.txt", "ho"}}));
  archive[archive.size() - 2] = 5;  // comment length
  append(archive, as_bytes("hello"));
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(text_of(archive, directory->entries[1]) == "ho");
}

TEST_CASE("an end record quoted in the comment is not mistaken for the real one") {
  Bytes archive = make_zip({{"a.txt", "hi"}});
  const Bytes quoted = make_zip({});
  archive[archive.size() - 2] = static_cast<std::uint8_t>(quoted.size() + 3);
  append(archive, quoted);
  append(archive, as_bytes("end"));
  REQUIRE(open_zip(archive));
  CHECK(open_zip(archive)->entries.size() == 1);
}

TEST_CASE("a file cut short, or no archive at all, says so") {
  const Bytes archive = make_zip({{"a.txt", "some content that is long enough"}});
  CHECK(open_zip(ByteView(archive).first(archive.size() - 10)).error().code == ErrorCode::Truncated);
  CHECK(open_zip(as_bytes("not a zip")).error().code == ErrorCode::Truncated);
  CHECK(open_zip({}).error().code == ErrorCode::Truncated);
  // The front half is gone: the directory is there, what it points at is not.
  const auto beheaded = open_zip(ByteView(archive).subspan(20));
  CHECK_FALSE(beheaded);
}

TEST_CASE("T33 names that escape are refused one by one, and the rest of the archive is fine") {
  const std::vector<std::string> bad = {
      "../../etc/passwd", "/etc/passwd", "a/../../b",         "..\\up.txt",
      "C:\\x.txt",        "c:x",         "\\\\server\\share", std::string("nul\0l", 5),
      "line\nbreak",      "./c:x"};
  std::vector<RawEntry> raw;
  for (const std::string& name : bad) raw.push_back({.name = name, .content = "x"});
  raw.push_back({.name = "sub\\good.txt", .content = "fine"});
  const Bytes archive = make_raw_zip(raw);
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  for (std::size_t i = 0; i < bad.size(); ++i) {
    CAPTURE(bad[i]);
    REQUIRE(directory->entries[i].problem);
    CHECK(directory->entries[i].problem->code == ErrorCode::Refused);
    CHECK_FALSE(directory->entries[i].usable());
  }
  CHECK(directory->entries.back().name == "sub/good.txt");
  CHECK(text_of(archive, directory->entries.back()) == "fine");
}

TEST_CASE("what systems leave behind, folders and links are skipped without a complaint") {
  const Bytes archive =
      make_raw_zip({{.name = "__MACOSX/._a.jpg", .content = "x"},
                    {.name = "x/._a.jpg", .content = "x"},
                    {.name = "x/.DS_Store", .content = "x"},
                    {.name = "Thumbs.db", .content = "x"},
                    {.name = "x/desktop.ini", .content = "x"},
                    {.name = "folder/"},
                    {.name = "link", .content = "/etc/passwd", .attributes = 0120777u << 16},
                    {.name = "a.jpg", .content = "x"}});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  const ZipSkip expected[] = {ZipSkip::Junk, ZipSkip::Junk,   ZipSkip::Junk, ZipSkip::Junk,
                              ZipSkip::Junk, ZipSkip::Folder, ZipSkip::Link, ZipSkip::None};
  for (std::size_t i = 0; i < 8; ++i) {
    CAPTURE(i);
    CHECK(directory->entries[i].skip == expected[i]);
    CHECK_FALSE(directory->entries[i].problem);
  }
}

TEST_CASE("encrypted entries and unknown packings are named, one by one") {
  const Bytes archive = make_raw_zip({{.name = "locked", .content = "x", .flags = 1},
                                      {.name = "aes", .content = "x", .flags = 1, .method = 99},
                                      {.name = "zstd", .content = "x", .method = 93},
                                      {.name = "d64", .content = "x", .method = 9},
                                      {.name = "odd", .content = "x", .method = 1234},
                                      {.name = "fine", .content = "x"}});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(directory->entries[0].problem->code == ErrorCode::Refused);
  CHECK(directory->entries[1].problem->code == ErrorCode::Refused);
  CHECK(directory->entries[2].problem->message == "The archive entry \"zstd\" is packed with Zstandard.");
  CHECK(directory->entries[3].problem->code == ErrorCode::Unsupported);
  CHECK(directory->entries[4].problem->code == ErrorCode::Unsupported);
  CHECK(directory->entries[5].usable());
}

TEST_CASE("T33 bombs are refused: absurd ratios, huge entries, a huge total") {
  RawEntry ratio = deflated("ratio");
  ratio.size = 100'000'000;
  RawEntry huge = deflated("huge");
  huge.size = 4'000'000'000;
  const Bytes archive = make_raw_zip({ratio, huge, deflated("a"), deflated("b")});
  ZipLimits limits;
  limits.inflated_total_bytes = 1500;
  const auto directory = open_zip(archive, limits);
  REQUIRE(directory);
  CHECK(directory->entries[0].problem->code == ErrorCode::Refused);
  CHECK(directory->entries[1].problem->code == ErrorCode::TooLarge);
  CHECK(directory->entries[2].usable());
  CHECK(directory->entries[3].problem->code == ErrorCode::TooLarge);
  limits.entries = 3;
  CHECK(open_zip(archive, limits).error().code == ErrorCode::TooLarge);
}

TEST_CASE("entries that share bytes are refused") {
  const Bytes archive = make_raw_zip({{.name = "a", .content = "same"},
                                      {.name = "b", .content = "same", .offset = 0},
                                      {.name = "c", .content = "far", .offset = 4'000'000'000}});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  for (const ZipEntry& entry : directory->entries) {
    REQUIRE(entry.problem);
    CHECK(entry.problem->code == ErrorCode::Refused);
  }
}

TEST_CASE("a local header whose extra field reaches into the next entry is refused") {
  Bytes archive = make_raw_zip({{.name = "a", .content = "one"}, {.name = "b", .content = "two"}});
  archive[28] = 3;  // the first entry's content would now end inside the second header
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK_FALSE(extract(archive, directory->entries[0]));
  CHECK(text_of(archive, directory->entries[1]) == "two");
}

TEST_CASE("of two entries with one name the last counts, and a person is told") {
  const Bytes archive = make_raw_zip({{.name = "a.txt", .content = "old"},
                                      {.name = "a.txt", .content = "new"},
                                      {.name = "A.txt", .content = "other"}});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(directory->entries[0].skip == ZipSkip::Replaced);
  CHECK(text_of(archive, directory->entries[1]) == "new");
  REQUIRE(directory->warnings.size() == 2);
  CHECK(directory->warnings[0].find("more than once") != std::string::npos);
  CHECK(directory->warnings[1].find("upper and lower case") != std::string::npos);
}

TEST_CASE("names are read as UTF-8 when marked, when declared, when they are; otherwise as CP437") {
  const std::string cp437 =
      "\x81"
      "ber.txt";
  std::string declared = "\x01\x00\x00\x00\x00gr\xc3\xbc\xc3\x9f.txt";
  declared = std::string("\x01\0\0\0\0", 5) + "gr\xc3\xbc\xc3\x9f.txt";
  const std::uint32_t sum = crc32(as_bytes("gr??.txt"));
  for (int i = 0; i < 4; ++i) declared[static_cast<std::size_t>(1 + i)] = static_cast<char>(sum >> (8 * i));
  Bytes extra;
  put_u16le(extra, 0x7075);
  put_u16le(extra, declared.size());
  append(extra, as_bytes(declared));
  const Bytes archive =
      make_raw_zip({{.name = "\xc3\xa9.txt", .content = "1", .flags = 0x800},
                    {.name = "gr??.txt", .content = "2", .extra = std::string(as_text(extra))},
                    {.name = "na\xc3\xafve.txt", .content = "3"},
                    {.name = cp437, .content = "4"},
                    {.name = "not the name.txt", .content = "5", .extra = std::string(as_text(extra))}});
  const auto directory = open_zip(archive);
  REQUIRE(directory);
  CHECK(directory->entries[0].name == "é.txt");
  CHECK(directory->entries[1].name == "grüß.txt");
  CHECK(directory->entries[2].name == "naïve.txt");
  CHECK(directory->entries[3].name == "über.txt");
  CHECK(directory->entries[3].raw_name == cp437);
  CHECK(directory->entries[4].name == "not the name.txt");
}

TEST_CASE("DOS times survive, and nonsense in them is clamped") {
  CHECK(dos_time_from({2025, 1, 2, 3, 4, 6}) == DosTime{0x1883, 0x5a22});
  const CivilTime back = civil_from(DosTime{0x1883, 0x5a22});
  CHECK(back.year == 2025);
  CHECK(back.second == 6);
  CHECK(dos_time_from({1970, 1, 1, 0, 0, 0}) == DosTime{});
  CHECK(civil_from(DosTime{0, 0}).month == 1);
  CHECK(civil_from(DosTime{0xFFFF, 0xFFFF}).hour == 23);
}
