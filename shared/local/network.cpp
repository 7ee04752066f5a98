#include "shared/local/network.hpp"

#include <algorithm>

namespace vignette::local {

const std::vector<float>& Network::table(std::string_view name) const {
  static const std::vector<float> kNone;
  const auto found =
      std::find_if(tables_.begin(), tables_.end(), [&](const auto& table) { return table.first == name; });
  return found == tables_.end() ? kNone : found->second;
}

Tensor Network::obey(const Step& step, const std::vector<Tensor>& tensors) const {
  const Tensor& in = tensors[step.from];
  const bool keeps_place = step.kind != Kind::Mean;
  Tensor out{keeps_place ? step.window.out_height() : 1,
             keeps_place ? step.window.out_width() : 1,
             step.channels,
             {}};
  const auto pixels = static_cast<std::size_t>(out.height) * static_cast<std::size_t>(out.width);
  out.values.resize(pixels * out.channels);
  switch (step.kind) {
    case Kind::Convolve:
      if (step.window.kernel == 1 && step.window.stride == 1) {
        multiply(in.values.data(), pixels, step.panels, step.relu6, out.values.data());
      } else {
        const std::vector<float> windows = windows_of(in.values.data(), step.window, step.channels_in);
        multiply(windows.data(), pixels, step.panels, step.relu6, out.values.data());
      }
      break;
    case Kind::Depthwise:
      depthwise(in.values.data(), step.window, step.channels, step.weights.data(), step.bias.data(),
                step.relu6, out.values.data());
      break;
    case Kind::Mean:
      mean(in.values.data(), in.values.size() / in.channels, in.channels, out.values.data());
      break;
    case Kind::Add: {
      const std::vector<float>& other = tensors[step.other].values;
      std::transform(in.values.begin(), in.values.end(), other.begin(), out.values.begin(), std::plus<>());
      break;
    }
  }
  return out;
}

std::vector<Tensor> Network::run(const std::vector<float>& picture) const {
  std::vector<Tensor> tensors(steps_.size() + 1);
  tensors[0] = {height_, width_, 3, picture};
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    tensors[i + 1] = obey(step, tensors);
    for (const std::size_t used : {step.from, step.other}) {
      if (used > 0 && steps_[used - 1].last_use == i) tensors[used].values = {};
    }
  }
  std::vector<Tensor> out;
  for (const std::size_t each : outputs_) out.push_back(std::move(tensors[each]));
  return out;
}

}  // namespace vignette::local
