#pragma once
// What the emulator's own tests share: a running emulator, a client for it, pictures and sounds made by code.
#include <httplib.h>
#include <string>

#include "shared/base/base64.hpp"
#include "shared/image/pixels.hpp"
#include "tests/emulator/core/json.hpp"
#include "tests/emulator/emulator.hpp"

namespace vignette::emulator {

struct Running {
  Emulator emulator;
  int port;
  Running() : port(emulator.start(0)) {}

  httplib::Client client() const {
    httplib::Client made("127.0.0.1", port);
    made.set_read_timeout(30);
    return made;
  }
};

/// The status and body of one answer. Status 0: the connection failed, or broke before the answer was whole.
struct Got {
  int status = 0;
  std::string body;
  httplib::Headers headers;
  Json json() const { return parse_json(body); }
  std::string header(const std::string& name) const {
    const auto at = headers.find(name);
    return at == headers.end() ? "" : at->second;
  }
};

inline Got got(const httplib::Result& result) {
  return result ? Got{result->status, result->body, result->headers} : Got{};
}
inline const httplib::Headers& bearer() {
  static const httplib::Headers headers = {{"Authorization", "Bearer test-key"}};
  return headers;
}
inline Got post(const Running& at, const std::string& path, const Json& body,
                const httplib::Headers& headers = bearer()) {
  return got(at.client().Post(path, headers, dump(body), "application/json"));
}
inline Got get(const Running& at, const std::string& path, const httplib::Headers& headers = bearer()) {
  return got(at.client().Get(path, headers));
}

Pixels plain(int width, int height, Colour colour);
/// A rectangle of another colour, half-open bounds.
void put_rectangle(Pixels& pixels, int left, int top, int right, int bottom, Colour colour);
std::string png_of(const Pixels& pixels);
inline std::string base64_of(const std::string& bytes) { return encode_base64(as_bytes(bytes)); }
inline std::string png_uri(const Pixels& pixels) {
  return "data:image/png;base64," + base64_of(png_of(pixels));
}
/// A 640x480 red picture, as a data: URI.
std::string red_uri();

/// 16 kHz mono PCM16.
std::string wav_tone(double hertz, double seconds);

/// {"model", "messages": [{user: text, picture}]} in OpenAI's shape.
Json chat_body(const std::string& model, const std::string& text, const std::string& uri);
/// The contents of all deltas of an OpenAI stream.
std::string streamed_text(const std::string& body);

constexpr Colour red{220, 20, 30}, blue{30, 60, 220}, green{30, 160, 50}, white{255, 255, 255};

}  // namespace vignette::emulator
