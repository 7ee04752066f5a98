#include <algorithm>

#include "shared/json/read.hpp"
#include "shared/local/half.hpp"
#include "shared/local/network.hpp"

// A file of weights is checked as if a stranger had made it: whatever it says, nothing outside of it is read,
// and every step gets tensors of the sizes it expects.

namespace vignette::local {
namespace {

constexpr std::string_view kMagic = "VIGNNET1";
constexpr std::size_t kHeaderAt = 12;
constexpr std::int64_t kMostSide = 2048;
constexpr std::int64_t kMostChannels = 16'384;
constexpr std::size_t kMostNumbers = std::size_t{1} << 26;  // of one tensor

Error damaged(const std::string& what) {
  return {ErrorCode::InvalidInput, "The file of the model is damaged: " + what + ".",
          "Reload the page; if that does not help, build the site again."};
}

std::optional<std::int64_t> between(const Json& step, std::string_view key, std::int64_t low,
                                    std::int64_t high, std::optional<std::int64_t> otherwise = {}) {
  const auto value = member(step, key) == nullptr ? otherwise : integer_at(step, key);
  return value && *value >= low && *value <= high ? value : std::nullopt;
}

struct Shape {
  int height = 0, width = 0;
  std::size_t channels = 0;
  bool operator==(const Shape&) const = default;
  std::size_t numbers() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) * channels;
  }
};

}  // namespace

class Network::Reader {
 public:
  explicit Reader(ByteView halves) : halves_(halves) {}

  Result<Network> read(const Json& header) {
    const auto height = between(header, "height", 1, kMostSide);
    const auto width = between(header, "width", 1, kMostSide);
    if (!height || !width) return damaged("it does not say how large a picture is");
    out_.height_ = static_cast<int>(*height);
    out_.width_ = static_cast<int>(*width);
    shapes_.push_back({out_.height_, out_.width_, 3});
    for (const Json& label : items_at(header, "labels"))
      out_.labels_.push_back(label.is_string() ? label.get<std::string>() : "");
    for (const Json& step : items_at(header, "steps")) {
      if (!add(step)) return damaged("step " + std::to_string(shapes_.size()) + " makes no sense");
    }
    for (const Json& each : items_at(header, "outputs")) {
      if (!each.is_number_unsigned() || each.get<std::size_t>() - 1 >= out_.steps_.size())
        return damaged("an output is made by no step");
      out_.outputs_.push_back(each.get<std::size_t>());
      out_.steps_[out_.outputs_.back() - 1].last_use = out_.steps_.size();
    }
    if (out_.outputs_.empty()) return damaged("it has no output");
    if (const Json* tables = member(header, "tables"); tables != nullptr && tables->is_object()) {
      for (const auto& [name, place] : tables->items()) {
        if (!place.is_array() || place.size() != 2 || !place[0].is_number_unsigned() ||
            !place[1].is_number_unsigned())
          return damaged("a table has no place");
        auto numbers = numbers_at(place[0].get<std::size_t>(), place[1].get<std::size_t>());
        if (!numbers) return damaged("a table lies outside of it");
        out_.tables_.emplace_back(name, *std::move(numbers));
      }
    }
    return std::move(out_);
  }

 private:
  std::optional<std::vector<float>> numbers_at(std::size_t at, std::size_t count) const {
    const std::size_t all = halves_.size() / 2;
    if (at > all || count > all - at) return std::nullopt;
    std::vector<float> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = float_from_half(read_u16le(halves_, (at + i) * 2));
    return out;
  }
  std::optional<std::vector<float>> numbers_at(const Json& step, std::string_view key,
                                               std::size_t count) const {
    const auto at = between(step, key, 0, static_cast<std::int64_t>(halves_.size()));
    return at ? numbers_at(static_cast<std::size_t>(*at), count) : std::nullopt;
  }

  bool add(const Json& json) {
    static constexpr std::string_view kKinds[] = {"convolve", "depthwise", "mean", "add"};
    const auto kind = std::find(std::begin(kKinds), std::end(kKinds), text_at(json, "do"));
    const auto made = static_cast<std::int64_t>(shapes_.size()) - 1;
    const auto from = between(json, "from", 0, made);
    if (kind == std::end(kKinds) || !from) return false;
    Step step;
    step.kind = static_cast<Kind>(kind - std::begin(kKinds));
    step.from = static_cast<std::size_t>(*from);
    const Shape in = shapes_[step.from];
    step.channels_in = step.channels = in.channels;
    step.window = {in.height, in.width, 1, 1};
    step.relu6 = flag_at(json, "relu6");
    const bool fine = step.kind == Kind::Convolve    ? convolve(json, step)
                      : step.kind == Kind::Depthwise ? depthwise(json, step)
                      : step.kind == Kind::Add       ? add_two(json, step, in)
                                                     : true;
    if (!fine) return false;
    const Shape out = step.kind == Kind::Mean
                          ? Shape{1, 1, step.channels}
                          : Shape{step.window.out_height(), step.window.out_width(), step.channels};
    if (out.numbers() > kMostNumbers) return false;
    const std::size_t index = out_.steps_.size();
    for (const std::size_t used : {step.from, step.other}) {
      if (used > 0) out_.steps_[used - 1].last_use = index;
    }
    shapes_.push_back(out);
    out_.steps_.push_back(std::move(step));
    return true;
  }

  static bool window(const Json& json, Step& step) {
    const auto kernel = between(json, "kernel", 1, 7, 1);
    const auto stride = between(json, "stride", 1, 4, 1);
    if (!kernel || !stride) return false;
    step.window.kernel = static_cast<int>(*kernel);
    step.window.stride = static_cast<int>(*stride);
    return true;
  }

  bool convolve(const Json& json, Step& step) const {
    const auto channels = between(json, "channels", 1, kMostChannels);
    if (!channels || !window(json, step)) return false;
    step.channels = static_cast<std::size_t>(*channels);
    const auto kernel = static_cast<std::size_t>(step.window.kernel);
    const std::size_t rows = kernel * kernel * step.channels_in;
    const auto weights = numbers_at(json, "weights", rows * step.channels);
    const auto bias = numbers_at(json, "bias", step.channels);
    if (!weights || !bias) return false;
    step.panels = Panels(*weights, *bias, rows, step.channels);
    return true;
  }

  bool depthwise(const Json& json, Step& step) const {
    if (step.channels % 4 != 0 || !window(json, step)) return false;
    const auto kernel = static_cast<std::size_t>(step.window.kernel);
    auto weights = numbers_at(json, "weights", kernel * kernel * step.channels);
    auto bias = numbers_at(json, "bias", step.channels);
    if (!weights || !bias) return false;
    step.weights = *std::move(weights);
    step.bias = *std::move(bias);
    return true;
  }

  bool add_two(const Json& json, Step& step, const Shape& in) const {
    const auto other = between(json, "and", 0, static_cast<std::int64_t>(shapes_.size()) - 1);
    if (!other || !(shapes_[static_cast<std::size_t>(*other)] == in)) return false;
    step.other = static_cast<std::size_t>(*other);
    return true;
  }

  ByteView halves_;
  Network out_;
  std::vector<Shape> shapes_;
};

Result<Network> Network::read(ByteView file) {
  if (file.size() < kHeaderAt || as_text(file.first(kMagic.size())) != kMagic)
    return damaged("it does not begin as one");
  const std::size_t size = read_u32le(file, kMagic.size());
  if (size > file.size() - kHeaderAt) return damaged("its end is missing");
  const Result<Json> header = parse_json(as_text(file.subspan(kHeaderAt, size)));
  if (!header) return damaged("its description cannot be read");
  return Reader(file.subspan(kHeaderAt + size)).read(*header);
}

}  // namespace vignette::local
