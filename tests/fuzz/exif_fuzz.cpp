// Any bytes as a TIFF block, and as a file whose metadata are removed: what is left must be readable as
// before.
#include <cstdlib>

#include "shared/image/exif.hpp"
#include "shared/image/strip.hpp"

using namespace vignette;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const Exif exif = read_exif(bytes);
  if (exif.orientation < 1 || exif.orientation > 8) std::abort();
  const auto stripped = strip_metadata(bytes);
  if (!stripped) return 0;
  if (sniff(*stripped) != sniff(bytes)) std::abort();
  const auto again = strip_metadata(*stripped);
  if (!again || *again != *stripped) std::abort();
  return 0;
}
