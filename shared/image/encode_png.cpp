#include <algorithm>
#include <array>
#include <cstdlib>
#include <zlib.h>

#include "shared/image/encode.hpp"
#include "shared/image/png_writer.hpp"

namespace vignette {
namespace {

std::uint8_t paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int to_left = std::abs(guess - left), to_above = std::abs(guess - above),
            to_corner = std::abs(guess - corner);
  if (to_left <= to_above && to_left <= to_corner) return static_cast<std::uint8_t>(left);
  return static_cast<std::uint8_t>(to_above <= to_corner ? above : corner);
}

/// PNG's five predictions of a row from its left and upper neighbours. Which is best varies from row to row;
/// the smallest sum of absolute differences is the specification's own rule of thumb.
class RowFilter {
 public:
  RowFilter(std::size_t row_bytes, std::size_t pixel_bytes) : step_(pixel_bytes) {
    for (Bytes& row : tried_) row.resize(row_bytes + 1);
  }

  /// The filter's number and the filtered bytes. `row` and `above` begin with a pixel of zeros.
  const Bytes& best(const std::uint8_t* row, const std::uint8_t* above) {
    const std::size_t size = tried_[0].size() - 1;
    for (std::size_t kind = 0; kind < tried_.size(); ++kind)
      tried_[kind][0] = static_cast<std::uint8_t>(kind);
    for (std::size_t i = 0; i < size; ++i) {
      const int now = row[i + step_], left = row[i], up = above[i + step_], corner = above[i];
      tried_[0][i + 1] = static_cast<std::uint8_t>(now);
      tried_[1][i + 1] = static_cast<std::uint8_t>(now - left);
      tried_[2][i + 1] = static_cast<std::uint8_t>(now - up);
      tried_[3][i + 1] = static_cast<std::uint8_t>(now - (left + up) / 2);
      tried_[4][i + 1] = static_cast<std::uint8_t>(now - paeth(left, up, corner));
    }
    const Bytes* found = nullptr;
    std::uint64_t least = UINT64_MAX;
    for (const Bytes& row_tried : tried_) {
      std::uint64_t sum = 0;
      for (std::size_t i = 1; i <= size; ++i) {
        sum += static_cast<std::uint64_t>(std::abs(static_cast<int>(static_cast<std::int8_t>(row_tried[i]))));
      }
      if (sum < least) {
        least = sum;
        found = &row_tried;
      }
    }
    return *found;
  }

 private:
  std::size_t step_;
  std::array<Bytes, 5> tried_;
};

struct Deflate {
  z_stream stream{};
  Bytes out;
  bool ok = false;

  explicit Deflate(int level) {
    ok = deflateInit2(&stream, std::clamp(level, 0, 9), Z_DEFLATED, 15, 8, Z_FILTERED) == Z_OK;
  }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;
  ~Deflate() { deflateEnd(&stream); }

  void write(ByteView data, int flush) {
    stream.next_in = const_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    do {
      constexpr uInt kStep = 64 * 1024;
      const std::size_t used = out.size();
      out.resize(used + kStep);
      stream.next_out = out.data() + used;
      stream.avail_out = kStep;
      if (deflate(&stream, flush) == Z_STREAM_ERROR) ok = false;
      out.resize(out.size() - stream.avail_out);
    } while (ok && stream.avail_out == 0);
  }
};

}  // namespace

Result<Bytes> encode_png(const Pixels& pixels, int level) {
  if (pixels.width < 1 || pixels.height < 1) {
    return Error{ErrorCode::InvalidInput, "A picture without pixels cannot be saved.",
                 "Choose another picture."};
  }
  const bool opaque = is_opaque(pixels);
  const std::size_t channels = opaque ? 3 : 4;
  const std::size_t columns = static_cast<std::size_t>(pixels.width);
  RowFilter filter(columns * channels, channels);
  Deflate zlib(level);
  if (!zlib.ok)
    return Error{ErrorCode::TooLarge, "There is not enough memory to write a PNG.", "Close other tabs."};

  Bytes above(channels * (columns + 1)), row(channels * (columns + 1));
  for (int y = 0; y < pixels.height; ++y) {
    const std::uint8_t* from = pixels.rgba.data() + static_cast<std::size_t>(y) * columns * 4;
    std::uint8_t* to = row.data() + channels;
    for (std::size_t x = 0; x < columns; ++x, from += 4, to += channels) std::copy_n(from, channels, to);
    zlib.write(filter.best(row.data(), above.data()), Z_NO_FLUSH);
    row.swap(above);
  }
  zlib.write({}, Z_FINISH);
  if (!zlib.ok) return Error{ErrorCode::Internal, "Writing the PNG failed.", "Try again."};

  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  Bytes header;
  put_u32be(header, static_cast<std::uint32_t>(pixels.width));
  put_u32be(header, static_cast<std::uint32_t>(pixels.height));
  for (const int field : {8, opaque ? 2 : 6, 0, 0, 0}) header.push_back(static_cast<std::uint8_t>(field));
  put_png_chunk(png, "IHDR", header);
  put_png_chunk(png, "IDAT", zlib.out);
  put_png_chunk(png, "IEND", {});
  return png;
}

}  // namespace vignette
