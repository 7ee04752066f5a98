// Writes and lists archives for zip_peers.py, which compares what we do with Python's zipfile and Info-ZIP's
// unzip.
//   test_zip_peers write OUT            an archive of a few hundred files
//   test_zip_peers write-large OUT      one whose second file lies past 4 GB (sparse on disk)
//   test_zip_peers read IN              one line an entry: name, size, checksum of what was unpacked, or the
//   problem
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/shared/archive/zip_making.hpp"

using namespace vignette;

namespace {

std::string content_of(int i) {
  std::string out;
  for (int n = 0; n < i * 97 % 5000; ++n) out += static_cast<char>(n * i >> 3);
  return out;
}

void write_small(std::ofstream& out) {
  Files files = {{"empty.bin", ""}, {"déjà vu/ñandú 北京 🦙.txt", "names\n"}};
  for (int i = 0; i < 300; ++i)
    files.emplace_back("folder " + std::to_string(i % 7) + "/file " + std::to_string(i) + ".bin",
                       content_of(i));
  const Bytes archive = make_zip(files);
  out.write(reinterpret_cast<const char*>(archive.data()), static_cast<std::streamsize>(archive.size()));
}

void write_large(std::ofstream& out) {
  const auto put = [&](const Bytes& bytes) {
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  ZipWriter writer;
  // 2^32 + 2^20 zero bytes, never written: the file has a hole there.
  std::uint32_t zeros = crc32(Bytes(1 << 20, 0));
  const std::uint32_t mega = zeros;
  for (std::uint64_t n = 1 << 20; n < (1ull << 32); n *= 2) zeros = crc32_combine(zeros, zeros, n);
  const std::uint64_t size = (1ull << 32) + (1 << 20);
  put(*writer.add({.name = "zeros.bin", .size = size, .crc32 = crc32_combine(zeros, mega, 1 << 20)}));
  out.seekp(static_cast<std::streamoff>(size), std::ios::cur);
  put(*writer.add({.name = "after.txt", .size = 2, .crc32 = crc32(as_bytes("hi"))}));
  put({'h', 'i'});
  put(writer.finish());
}

int read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const Bytes archive{std::istreambuf_iterator<char>(in), {}};
  const auto directory = open_zip(archive);
  if (!directory) return std::printf("%s\n", directory.error().message.c_str()), 1;
  for (const ZipEntry& entry : directory->entries) {
    if (entry.skip != ZipSkip::None) continue;
    const auto content = extract(archive, entry);
    if (content) {
      std::printf("%s\t%zu\t%08x\n", entry.name.c_str(), content->size(), crc32(*content));
    } else {
      std::printf("%s\t!\t%s\n", entry.name.c_str(), content.error().message.c_str());
    }
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count == 3 ? words[1] : "";
  if (what == "read") return read(words[2]);
  std::ofstream out(words[count - 1], std::ios::binary | std::ios::trunc);
  if (what == "write") return write_small(out), out.good() ? 0 : 1;
  if (what == "write-large") return write_large(out), out.good() ? 0 : 1;
  return 2;
}
