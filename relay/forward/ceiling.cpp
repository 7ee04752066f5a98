#include "relay/forward/ceiling.hpp"

#include <algorithm>
#include <cmath>

#include "shared/provider/price.hpp"

namespace vignette::relay {
namespace {

constexpr std::int64_t usual_image_tokens = 4096;
/// Speech at 8 kbit a second: nothing understandable is smaller.
constexpr double slowest_bytes_per_second = 1000;
constexpr double longest_seconds = 4 * 3600;
/// What the frame around a message costs: roles, separators, templates.
constexpr std::uint64_t frame_tokens = 64;

MicroUsd whole(double micro) { return static_cast<MicroUsd>(std::ceil(std::clamp(micro, 0.0, 1e15))); }

void count(const provider::Part& part, std::uint64_t& text, std::uint64_t& images) {
  using Kind = provider::Part::Kind;
  if (part.kind == Kind::Image) {
    ++images;
  } else {
    text += part.text.size() + part.media.data.text.size();
  }
}

}  // namespace

MicroUsd chat_ceiling(const provider::Model& priced, std::uint64_t text_bytes, std::uint64_t images,
                      std::int64_t output_tokens) {
  const auto image_tokens = static_cast<double>(priced.image_tokens_max.value_or(usual_image_tokens));
  const double input =
      static_cast<double>(text_bytes + frame_tokens) + image_tokens * static_cast<double>(images);
  return whole(input * priced.price.input.value_or(0) +
               static_cast<double>(output_tokens) * priced.price.output.value_or(0));
}

MicroUsd chat_ceiling(const provider::Model& priced, const provider::ChatRequest& request,
                      std::int64_t output_tokens) {
  std::uint64_t text = request.json ? request.json->schema.size() : 0;
  std::uint64_t images = 0;
  for (const provider::Message& message : request.messages) {
    text += 16;
    for (const provider::Part& part : message.parts) count(part, text, images);
  }
  return chat_ceiling(priced, text, images, output_tokens);
}

MicroUsd drawing_ceiling(const provider::Model& priced, const provider::DrawRequest& request) {
  return whole(priced.price.image.value_or(0) * 1e6 *
               static_cast<double>(std::max<std::int64_t>(request.n, 1)));
}

MicroUsd speech_ceiling(const provider::Model& priced, const provider::SpeechRequest& request) {
  const auto bytes = static_cast<double>(request.audio.data.text.size());
  // 16-bit PCM at 8 kHz is the least a WAV holds a second.
  const bool wave = request.audio.mime == "audio/wav";
  const double seconds = std::min(wave ? bytes / 16'000 : bytes / slowest_bytes_per_second, longest_seconds);
  return whole(priced.price.minute.value_or(0) * 1e6 * std::max(seconds, 1.0) / 60);
}

MicroUsd embedding_ceiling(const provider::Model& priced, const provider::EmbedRequest& request) {
  std::uint64_t text = 0;
  std::uint64_t images = 0;
  for (const provider::Part& part : request.inputs) count(part, text, images);
  return chat_ceiling(priced, text + request.inputs.size() * 8, images, 0);
}

std::optional<MicroUsd> cost_of_answer(const provider::Model& priced, const provider::Usage& usage,
                                       std::int64_t images) {
  const bool known = images > 0 || usage.seconds || usage.cost_usd || usage.input;
  if (!known) return std::nullopt;
  for (const auto& figure : {usage.input, usage.output, usage.cached}) {
    if (figure && *figure < 0) return std::nullopt;
  }
  if (usage.seconds && !(*usage.seconds >= 0)) return std::nullopt;
  if (usage.cost_usd && !(*usage.cost_usd >= 0)) return std::nullopt;
  return provider::cost_of(priced, usage, images);
}

Consumption consumption_of(const provider::Usage& usage, std::int64_t images) {
  const auto sane = [](const std::optional<std::int64_t>& count) {
    return std::clamp<std::int64_t>(count.value_or(0), 0, 1'000'000'000);
  };
  return {.input_tokens = sane(usage.input), .output_tokens = sane(usage.output), .images = images};
}

}  // namespace vignette::relay
