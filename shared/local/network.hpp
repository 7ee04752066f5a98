#pragma once
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "shared/local/kernels.hpp"

namespace vignette::local {

// A network of convolutions as one file, made by deploy/models.mjs from what others publish:
//
//   "VIGNNET1"            8 bytes
//   size of the header    4 bytes, least significant first
//   header                JSON, padded with spaces so that what follows is aligned
//   numbers               halves, least significant byte first
//
// The header says what to do with the picture (tensor 0), step by step; numbers are counted in halves:
//
//   {"height": 224, "width": 224, "labels": ["background", "tench", …], "outputs": [30],
//    "steps": [{"do": "convolve", "from": 0, "kernel": 3, "stride": 2, "channels": 32, "relu6": true,
//               "weights": 0, "bias": 864}, …],
//    "tables": {"anchors": [offset, count]}}
//
// Step i makes tensor i + 1. "convolve" and "depthwise" have weights [kernel][kernel][in][channels] and
// [kernel][kernel][channels]; "mean" averages the picture away; "add" adds tensor "and".

/// A picture of numbers.
struct Tensor {
  int height = 0, width = 0;
  std::size_t channels = 0;
  std::vector<float> values;
};

class Network {
 public:
  /// The weights unpacked, once; or what is wrong with the file.
  static Result<Network> read(ByteView file);

  int height() const { return height_; }
  int width() const { return width_; }
  const std::vector<std::string>& labels() const { return labels_; }
  /// Numbers that belong to the network but to no step of it; empty: there are none of that name.
  const std::vector<float>& table(std::string_view name) const;

  /// `picture`: height × width × 3 numbers from -1 to 1. Gives the tensors that the header calls outputs.
  std::vector<Tensor> run(const std::vector<float>& picture) const;

 private:
  enum class Kind { Convolve, Depthwise, Mean, Add };
  struct Step {
    Kind kind = Kind::Mean;
    std::size_t from = 0;
    std::size_t other = 0;  ///< of Add
    Window window;
    std::size_t channels_in = 0;
    std::size_t channels = 0;
    bool relu6 = false;
    Panels panels;               ///< of Convolve
    std::vector<float> weights;  ///< of Depthwise
    std::vector<float> bias;     ///< of Depthwise
    std::size_t last_use = 0;    ///< the step after which its tensor is no longer needed
  };
  class Reader;

  Tensor obey(const Step& step, const std::vector<Tensor>& tensors) const;

  int height_ = 0, width_ = 0;
  std::vector<Step> steps_;
  std::vector<std::size_t> outputs_;
  std::vector<std::string> labels_;
  std::vector<std::pair<std::string, std::vector<float>>> tables_;
};

}  // namespace vignette::local
