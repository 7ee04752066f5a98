// Opens whatever comes as a ZIP archive and reads every entry it offers.
#include <cstdint>

#include "tests/shared/archive/zip_making.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vignette;
  const ByteView file(data, size);
  ZipLimits limits;
  limits.inflated_entry_bytes = 4 << 20;  // memory is the fuzzer's, not a person's
  const auto directory = open_zip(file, limits);
  if (!directory) return 0;
  for (const ZipEntry& entry : directory->entries) {
    if (!entry.usable()) continue;
    const auto content = extract(file, entry);
    if (content && content->size() != entry.size) __builtin_trap();
  }
  return 0;
}
