#pragma once
#include "shared/base/result.hpp"
#include "shared/image/planes.hpp"

namespace vignette {

/// A baseline JPEG straight from planes: grey, or with Cb and Cr at half the size of Y each way, rounded up
/// (4:2:0). Strides must be multiples of 16, as resize_plane() and orient_plane() make them.
Result<Bytes> encode_planes(Planes planes, int quality);

}  // namespace vignette
