// Writes tars for tar_peers.py, which reads them with Python's tarfile.
//   test_tar_peers files OUT     files of odd sizes with easy and hard names
//   test_tar_peers shards DIR    a dataset's shards, as the page would put them together
#include <fstream>
#include <string>

#include "shared/archive/tar.hpp"
#include "shared/formats/webdataset.hpp"
#include "tests/shared/dataset/documents.hpp"

using namespace vignette;

namespace {

void put(std::ofstream& out, const Bytes& bytes) {
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::string content_of(std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(i * 31 + size);
  return out;
}

bool write_files(const char* path) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  TarWriter tar;
  const std::string long_name = std::string(80, 'd') + "/" + std::string(90, 'n') + ".txt";
  std::size_t size = 0;
  for (const std::string& name : {std::string("empty.txt"), std::string("a.jpg"), std::string("b/c d.jpg"),
                                  std::string("é/北京 🦙.txt"), long_name, std::string(140, 'x') + ".txt",
                                  std::string(200, 'y') + "/" + std::string(120, 'z')}) {
    const std::string content = content_of(size);
    put(out, *tar.add({.name = name, .size = content.size(), .modified = 1'700'000'000'000}));
    out << content;
    size = size * 3 + 511;
  }
  put(out, tar.finish());
  return out.good();
}

bool write_shards(const std::string& folder) {
  std::vector<Item> items;
  for (int i = 0; i < 25; ++i) {
    const std::string n = std::to_string(i);
    items.push_back(testing::item(n, "shoot/p." + n + ".jpg", "Caption é of " + n));
    items.back().bytes = 1000 + static_cast<std::uint64_t>(i);
  }
  ShardOptions options;
  options.shard_pictures = 10;
  const ShardPlan plan = plan_shards(testing::document(items), options);
  for (const Shard& shard : plan.shards) {
    std::ofstream out(folder + "/" + shard.name, std::ios::binary | std::ios::trunc);
    TarWriter tar;
    for (const ShardMember& member : shard.members) {
      put(out, *tar.add({.name = member.name, .size = member.size}));
      out << (member.item.empty() ? member.content : content_of(member.size));
    }
    put(out, tar.finish());
    if (!out.good() || tar.offset() != shard.bytes) return false;
  }
  return true;
}

}  // namespace

int main(int count, char** words) {
  const std::string what = count == 3 ? words[1] : "";
  if (what == "files") return write_files(words[2]) ? 0 : 1;
  if (what == "shards") return write_shards(words[2]) ? 0 : 1;
  return 2;
}
