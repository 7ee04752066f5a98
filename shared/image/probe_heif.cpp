// AVIF and HEIC are ISO media files: boxes of  size32 | type, 4 letters | content,  nested. We look for
//   meta (4 bytes of flags first) / iprp / ipco / { ispe: flags32 width32 height32,  irot: quarter turns8 }
// and take the largest ispe: a phone's HEIC is a grid of 512×512 tiles, each with an ispe of its own.
#include "shared/image/probe_formats.hpp"

namespace vignette {
namespace {

struct Box {
  std::string_view type;
  ByteView content;
};

class Boxes {
 public:
  explicit Boxes(ByteView bytes) : bytes_(bytes) {}

  bool next(Box& box) {
    if (bytes_.size() - at_ < 8) return false;
    std::uint64_t size = read_u32be(bytes_, at_);
    std::size_t header = 8;
    const std::size_t left = bytes_.size() - at_;
    if (size == 1) {
      if (left < 16) return false;
      size = (std::uint64_t{read_u32be(bytes_, at_ + 8)} << 32) | read_u32be(bytes_, at_ + 12);
      header = 16;
    } else if (size == 0) {
      size = left;
    }
    if (size < header) return false;
    const std::size_t there = size > left ? left : static_cast<std::size_t>(size);
    box.type = as_text(bytes_.subspan(at_ + 4, 4));
    box.content = bytes_.subspan(at_ + header, there - header);
    at_ += there;
    return true;
  }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

/// The content of the first box of that type, without `skip` leading bytes.
ByteView find_box(ByteView in, std::string_view type, std::size_t skip = 0) {
  Boxes boxes(in);
  for (Box box; boxes.next(box);) {
    if (box.type == type) return box.content.size() < skip ? ByteView{} : box.content.subspan(skip);
  }
  return {};
}

}  // namespace

Result<ImageInfo> probe_heif(ByteView bytes) {
  const Format format = sniff(bytes);
  ImageInfo info;
  std::uint64_t largest = 0;
  Boxes properties(find_box(find_box(find_box(bytes, "meta", 4), "iprp"), "ipco"));
  int quarter_turns = 0;
  for (Box box; properties.next(box);) {
    if (box.type == "ispe" && box.content.size() >= 12) {
      const std::uint64_t width = read_u32be(box.content, 4), height = read_u32be(box.content, 8);
      if (width * height > largest) {
        largest = width * height;
        info.stored_width = claimed_side(width);
        info.stored_height = claimed_side(height);
      }
    } else if (box.type == "irot" && !box.content.empty()) {
      quarter_turns = box.content[0] & 3;
    } else if (box.type == "pixi" && box.content.size() >= 6) {
      info.bits_per_channel = box.content[5];
    } else if (box.type == "auxC") {
      info.alpha = as_text(box.content).find("alpha") != std::string_view::npos || info.alpha;
    }
  }
  if (largest == 0) return damaged_header(format);
  // irot turns anticlockwise; said in EXIF's numbers so that one rule gives the upright size.
  constexpr int kOrientations[] = {1, 8, 3, 6};
  info.orientation = kOrientations[quarter_turns];
  return info;
}

}  // namespace vignette
