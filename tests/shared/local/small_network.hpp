#pragma once
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"

namespace vignette::testing {

/// A file as shared/local/network.hpp describes it. The numbers must be such that a half holds them: whole,
/// or parts of a small power of two.
Bytes network_file(const std::string& header, const std::vector<float>& numbers);

}  // namespace vignette::testing
