#include "tests/emulator/tests/client.hpp"

#include <cmath>
#include <numbers>

#include "shared/image/encode.hpp"

namespace vignette::emulator {

Pixels plain(int width, int height, Colour colour) {
  Pixels pixels{width, height,
                Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 255)};
  put_rectangle(pixels, 0, 0, width, height, colour);
  return pixels;
}

void put_rectangle(Pixels& pixels, int left, int top, int right, int bottom, Colour colour) {
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x) {
      std::uint8_t* p = &pixels.rgba[static_cast<std::size_t>((y * pixels.width + x) * 4)];
      p[0] = colour.red;
      p[1] = colour.green;
      p[2] = colour.blue;
    }
}

std::string png_of(const Pixels& pixels) { return std::string(as_text(encode_png(pixels, 1).value())); }

std::string red_uri() {
  static const std::string uri = png_uri(plain(640, 480, red));
  return uri;
}

std::string wav_tone(double hertz, double seconds) {
  const auto n = static_cast<std::size_t>(16'000 * seconds);
  Bytes data;
  for (std::size_t i = 0; i < n; ++i) {
    const double v = 12'000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / 16'000);
    put_u16le(data, static_cast<std::uint16_t>(static_cast<std::int16_t>(v)));
  }
  Bytes wav;
  const auto word = [&](const char* text) { wav.insert(wav.end(), text, text + 4); };
  word("RIFF");
  put_u32le(wav, 36 + data.size());
  word("WAVE");
  word("fmt ");
  put_u32le(wav, 16);
  put_u16le(wav, 1);
  put_u16le(wav, 1);
  put_u32le(wav, 16'000);
  put_u32le(wav, 32'000);
  put_u16le(wav, 2);
  put_u16le(wav, 16);
  word("data");
  put_u32le(wav, data.size());
  wav.insert(wav.end(), data.begin(), data.end());
  return std::string(as_text(wav));
}

Json chat_body(const std::string& model, const std::string& text, const std::string& uri) {
  Json parts = Json::array();
  parts.push_back({{"type", "text"}, {"text", text}});
  if (!uri.empty()) parts.push_back({{"type", "image_url"}, {"image_url", {{"url", uri}}}});
  Json messages = Json::array();
  messages.push_back({{"role", "user"}, {"content", parts}});
  return {{"model", model}, {"messages", messages}};
}

std::string streamed_text(const std::string& body) {
  std::string text;
  for (std::size_t at = 0; (at = body.find("data: {", at)) != std::string::npos; ++at) {
    const Json chunk = parse_json(body.substr(at + 6, body.find('\n', at) - at - 6));
    if (member(chunk, "choices").is_array() && !chunk["choices"].empty())
      text += text_in(member(chunk["choices"][0], "delta"), "content");
  }
  return text;
}

}  // namespace vignette::emulator
