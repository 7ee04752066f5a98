#include "shared/image/jpeg_planes.hpp"

#include <algorithm>
#include <array>

#include "shared/image/jpeg_huffman.hpp"
#include "shared/image/jpeg_idct_small.hpp"
#include "shared/image/jpeg_segments.hpp"

namespace vignette {
namespace {

/// Where the k-th coefficient in file order belongs: row and column as two octal digits.
constexpr std::array<std::uint8_t, 64> kZigzag = {
    000, 001, 010, 020, 011, 002, 003, 012, 021, 030, 040, 031, 022, 013, 004, 005,
    014, 023, 032, 041, 050, 060, 051, 042, 033, 024, 015, 006, 007, 016, 025, 034,
    043, 052, 061, 070, 071, 062, 053, 044, 035, 026, 017, 027, 036, 045, 054, 063,
    072, 073, 064, 055, 046, 037, 047, 056, 065, 074, 075, 066, 057, 067, 076, 077};

struct Component {
  int id = 0, h = 1, v = 1, table = 0;
  const JpegHuffman* dc = nullptr;
  const JpegHuffman* ac = nullptr;
  int side = 1;  ///< samples a block gives, each way: 1, 2 or 4
  int prediction = 0;
  /// By file order: the factor for a coefficient, and where it goes among side×side; the last place is the
  /// bin.
  std::array<float, 64> factor{};
  std::array<std::uint8_t, 64> place{};
  Plane plane;
};

class ShrinkingDecoder {
 public:
  ShrinkingDecoder(ByteView jpeg, const ImageInfo& info) : jpeg_(jpeg), info_(info) {}
  std::optional<Planes> run(Size luma, Size chroma);

 private:
  bool read_headers();
  bool read_quantisation(ByteView payload);
  bool read_huffman(ByteView payload);
  bool read_frame(ByteView payload);
  bool read_scan(ByteView payload);
  bool is_ycbcr() const;
  bool plan(Component& component, Size at_least) const;
  bool decode_scan();
  template <int kSide>
  static bool decode_block(JpegBits& bits, Component& component, std::uint8_t* out);

  ByteView jpeg_;
  const ImageInfo& info_;
  std::array<std::array<float, 64>, 4> quantisation_{};  ///< in file order; [0] of an undefined table is 0
  std::array<JpegHuffman, 4> dc_, ac_;
  std::vector<Component> components_;
  int restart_interval_ = 0;
  bool jfif_ = false;
  int adobe_transform_ = -1;
  std::size_t scan_start_ = 0;
};

bool ShrinkingDecoder::read_quantisation(ByteView p) {
  while (!p.empty()) {
    const bool wide = (p[0] >> 4) != 0;
    const std::size_t table = p[0] & 15, size = wide ? 128 : 64;
    if (table > 3 || p.size() < 1 + size) return false;
    for (std::size_t k = 0; k < 64; ++k) {
      quantisation_[table][k] = static_cast<float>(wide ? read_u16be(p, 1 + 2 * k) : p[1 + k]);
    }
    p = p.subspan(1 + size);
  }
  return true;
}

bool ShrinkingDecoder::read_huffman(ByteView p) {
  while (!p.empty()) {
    if (p.size() < 17 || (p[0] & 15) > 3 || (p[0] >> 4) > 1) return false;
    std::size_t count = 0;
    for (std::size_t i = 1; i <= 16; ++i) count += p[i];
    if (count > 256 || p.size() < 17 + count) return false;
    const bool for_ac = (p[0] >> 4) != 0;
    JpegHuffman& table = (for_ac ? ac_ : dc_)[p[0] & 15];
    if (!table.build(p.subspan(1, 16), p.subspan(17, count), for_ac)) return false;
    p = p.subspan(17 + count);
  }
  return true;
}

// precision8 | height16 | width16 | count8 | count × { id8 | h4 v4 | quantisation table8 }
bool ShrinkingDecoder::read_frame(ByteView p) {
  if (!components_.empty() || p.size() < 6 || p[0] != 8 || (p[5] != 1 && p[5] != 3)) return false;
  if (p.size() != 6 + std::size_t{p[5]} * 3) return false;
  if (read_u16be(p, 1) != info_.stored_height || read_u16be(p, 3) != info_.stored_width) return false;
  for (std::size_t i = 6; i < p.size(); i += 3) {
    Component c;
    c.id = p[i];
    c.h = p[i + 1] >> 4;
    c.v = p[i + 1] & 15;
    c.table = p[i + 2];
    if (c.table > 3) return false;
    components_.push_back(c);
  }
  // A scan with one component has no sampling: its blocks simply follow each other.
  if (components_.size() == 1) components_[0].h = components_[0].v = 1;
  const Component& y = components_[0];
  if (y.h < 1 || y.h > 2 || y.v < 1 || y.v > 2) return false;
  return components_.size() == 1 ||
         (components_[1].h == 1 && components_[1].v == 1 && components_[2].h == 1 && components_[2].v == 1);
}

// count8 | count × { id8 | dc4 ac4 } | start8 | end8 | approximation8
bool ShrinkingDecoder::read_scan(ByteView p) {
  const std::size_t count = components_.size();
  if (count == 0 || p.size() != 4 + count * 2 || p[0] != count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    Component& c = components_[i];
    const std::size_t dc = p[2 + i * 2] >> 4, ac = p[2 + i * 2] & 15;
    if (p[1 + i * 2] != c.id || dc > 3 || ac > 3 || !dc_[dc].defined() || !ac_[ac].defined()) return false;
    c.dc = &dc_[dc];
    c.ac = &ac_[ac];
  }
  return p[p.size() - 3] == 0 && p[p.size() - 2] == 63 && p[p.size() - 1] == 0;
}

/// libjpeg's rules: JFIF is always YCbCr, Adobe says, and otherwise the names of the components decide.
bool ShrinkingDecoder::is_ycbcr() const {
  if (components_.size() == 1 || jfif_) return true;
  if (adobe_transform_ >= 0) return adobe_transform_ == 1;
  return components_[0].id == 1 && components_[1].id == 2 && components_[2].id == 3;
}

bool ShrinkingDecoder::read_headers() {
  JpegSegments segments(jpeg_);
  while (const auto segment = segments.next()) {
    const ByteView p = segment->payload;
    bool fine = true;
    switch (segment->marker) {
      case 0xDB: fine = read_quantisation(p); break;
      case 0xC4: fine = read_huffman(p); break;
      case 0xC0:
      case 0xC1: fine = read_frame(p); break;
      case 0xDD:
        fine = p.size() == 2;
        if (fine) restart_interval_ = read_u16be(p, 0);
        break;
      case jpeg_marker::kApp0: jfif_ = jfif_ || starts_with(p, std::string_view("JFIF\0", 5)); break;
      case jpeg_marker::kApp14:
        if (starts_with(p, "Adobe") && p.size() >= 12) adobe_transform_ = p[11];
        break;
      case jpeg_marker::kSos: scan_start_ = segment->end; return read_scan(p) && is_ycbcr();
      default:
        // Another frame type (progressive, lossless, arithmetic), DAC, DNL and the like.
        fine = segment->marker >= jpeg_marker::kApp0 || segment->marker == jpeg_marker::kComment;
    }
    if (!fine) return false;
  }
  return false;
}

/// Picks the smallest block size that gives enough samples, and prepares the tables for it.
bool ShrinkingDecoder::plan(Component& c, Size at_least) const {
  const Component& y = components_[0];
  const double part_x = static_cast<double>(c.h) / y.h, part_y = static_cast<double>(c.v) / y.v;
  const auto extent_x = [&](int side) { return info_.stored_width * part_x * side / 8; };
  const auto extent_y = [&](int side) { return info_.stored_height * part_y * side / 8; };
  // Colour may be a few per cent smaller than asked: 252 for 256, in the most usual case of all, is nothing
  // one sees.
  const double slack = &c == &y ? 1 : 1.04;
  const auto enough = [&](int side) {
    return extent_x(side) * slack >= at_least.width && extent_y(side) * slack >= at_least.height;
  };
  c.side = enough(1) ? 1 : enough(2) ? 2 : 4;
  const auto& quantisation = quantisation_[static_cast<std::size_t>(c.table)];
  if (quantisation[0] == 0 || (&c == &y && !enough(4))) return false;
  for (std::size_t k = 0; k < 64; ++k) {
    const int u = kZigzag[k] & 7, v = kZigzag[k] >> 3;
    const bool needed = u < c.side && v < c.side;
    c.place[k] = static_cast<std::uint8_t>(needed ? u * c.side + v : c.side * c.side);
    c.factor[k] = needed ? quantisation[k] * small_idct_scale(c.side, u, v) : 0;
  }
  const int mcu_columns = (info_.stored_width + 8 * y.h - 1) / (8 * y.h);
  const int mcu_rows = (info_.stored_height + 8 * y.v - 1) / (8 * y.v);
  c.plane.extent_x = extent_x(c.side);
  c.plane.extent_y = extent_y(c.side);
  c.plane.width = static_cast<int>(c.plane.extent_x + 0.999);
  c.plane.height = static_cast<int>(c.plane.extent_y + 0.999);
  c.plane.stride = static_cast<std::size_t>(mcu_columns) * static_cast<std::size_t>(c.h * c.side);
  c.plane.samples.resize(c.plane.stride * static_cast<std::size_t>(mcu_rows) *
                             static_cast<std::size_t>(c.v * c.side) +
                         Plane::kSpare);
  return true;
}

/// Reads over the rest of a block, from behind its k-th coefficient.
inline bool skip_coefficients(JpegBits& bits, const JpegHuffman& ac, int k) {
  const JpegHuffman::Jump* const jumps = ac.jumps();
  while (k < 63) {
    bits.refill();
    const JpegHuffman::Jump jump = jumps[bits.peek(JpegHuffman::kJumpBits)];
    const int after = k + jump.advance;
    if (after < 63) {
      bits.drop(jump.bits);
      k = after;
      continue;
    }
    // A jump must not leave the block: what follows its 63rd coefficient belongs to the next.
    if (after == 63 || (after >= JpegHuffman::kEndOfBlock && after < JpegHuffman::kEndOfBlock + 63)) {
      bits.drop(jump.bits);
      return true;
    }
    const JpegHuffman::Coefficient next = ac.step(bits);
    if (next.bits == 0) return false;
    k += next.advance;
  }
  return k == 63 || k >= JpegHuffman::kEndOfBlock;
}

template <int kSide>
bool ShrinkingDecoder::decode_block(JpegBits& shared_bits, Component& c, std::uint8_t* out) {
  constexpr int kCount = kSide * kSide;
  JpegBits bits = shared_bits;
  bits.refill();
  const int size = c.dc->symbol(bits);
  if (size < 0 || size > 11) return false;
  if (size > 0) c.prediction += JpegHuffman::extend(bits.take(size), size);
  alignas(16) float block[std::size_t{kCount} + 1];  // and the bin
  for (int i = 0; i < kCount; ++i) block[i] = 0;
  block[0] = static_cast<float>(c.prediction) * c.factor[0];

  int k = 0;  // file order of the last coefficient read
  constexpr int kLastNeeded = kSide == 1 ? 0 : kSide == 2 ? 4 : 24;
  while (k < kLastNeeded) {
    bits.refill();
    JpegHuffman::Coefficient next = c.ac->coefficient(bits);
    if (next.bits != 0) {
      bits.drop(next.bits);
    } else {
      next = c.ac->step(bits);
      if (next.bits == 0) return false;
    }
    k += next.advance;
    if (k > 63) break;
    const auto at = static_cast<std::size_t>(k);
    block[c.place[at]] = static_cast<float>(next.value) * c.factor[at];
  }
  if (!skip_coefficients(bits, *c.ac, k)) return false;
  shared_bits = bits;

  if constexpr (kSide == 1) idct_1x1(block, out);
  if constexpr (kSide == 2) idct_2x2(block, out, c.plane.stride);
  if constexpr (kSide == 4) idct_4x4(block, out, c.plane.stride);
  return true;
}

bool ShrinkingDecoder::decode_scan() {
  JpegBits bits(jpeg_.data() + scan_start_, jpeg_.data() + jpeg_.size());
  const Component& y = components_[0];
  const int mcu_columns = (info_.stored_width + 8 * y.h - 1) / (8 * y.h);
  const int mcu_rows = (info_.stored_height + 8 * y.v - 1) / (8 * y.v);
  int until_restart = restart_interval_, restarts = 0;
  for (int mcu_row = 0; mcu_row < mcu_rows; ++mcu_row) {
    for (int mcu_column = 0; mcu_column < mcu_columns; ++mcu_column) {
      if (restart_interval_ > 0 && until_restart-- == 0) {
        if (!bits.restart(restarts++ & 7)) return false;
        until_restart = restart_interval_ - 1;
        for (Component& c : components_) c.prediction = 0;
      }
      for (Component& c : components_) {
        for (int v = 0; v < c.v; ++v) {
          std::uint8_t* row = c.plane.row((mcu_row * c.v + v) * c.side);
          for (int h = 0; h < c.h; ++h) {
            std::uint8_t* out = row + static_cast<std::ptrdiff_t>(mcu_column * c.h + h) * c.side;
            const bool fine = c.side == 1   ? decode_block<1>(bits, c, out)
                              : c.side == 2 ? decode_block<2>(bits, c, out)
                                            : decode_block<4>(bits, c, out);
            if (!fine) return false;
          }
        }
      }
    }
    // A file cut short is libjpeg's to report.
    if (bits.overran()) return false;
  }
  return true;
}

std::optional<Planes> ShrinkingDecoder::run(Size luma, Size chroma) {
  if (!read_headers()) return std::nullopt;
  for (std::size_t i = 0; i < components_.size(); ++i) {
    if (!plan(components_[i], i == 0 ? luma : chroma)) return std::nullopt;
  }
  if (!decode_scan()) return std::nullopt;
  Planes planes;
  planes.y = std::move(components_[0].plane);
  if (components_.size() == 3) {
    planes.cb = std::move(components_[1].plane);
    planes.cr = std::move(components_[2].plane);
  }
  return planes;
}

}  // namespace

std::optional<Planes> decode_planes(ByteView jpeg, const ImageInfo& info, Size luma, Size chroma) {
  return ShrinkingDecoder(jpeg, info).run(luma, chroma);
}

}  // namespace vignette
