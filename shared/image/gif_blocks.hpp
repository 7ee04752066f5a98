#pragma once
// Walks the blocks of a GIF, to see whether the first frame is whole and whether another follows.
//
//   GIF89a | width16 height16 flags8 background8 aspect8 | colour table | blocks… | 3B
//   a block:  21 label8 sub-blocks        an extension
//             2C left16 top16 width16 height16 flags8 | colour table | minimum code size8 | sub-blocks
//   sub-blocks:  size8 and that many bytes, until a size of 0
#include "shared/base/bytes.hpp"

namespace vignette {

struct GifSummary {
  bool first_frame_whole = false;
  bool animated = false;
};

GifSummary summarise_gif(ByteView gif);

}  // namespace vignette
