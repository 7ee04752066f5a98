#include "shared/image/png_writer.hpp"

#include <zlib.h>

namespace vignette {

void put_png_chunk(Bytes& out, std::string_view type, ByteView data) {
  put_u32be(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  out.insert(out.end(), type.begin(), type.end());
  out.insert(out.end(), data.begin(), data.end());
  put_u32be(out,
            static_cast<std::uint32_t>(crc32(0, out.data() + start, static_cast<uInt>(out.size() - start))));
}

}  // namespace vignette
