// Image generation: real pictures, always base64, sizes as the models allow them.
#include <cstdio>

#include "shared/base/base64.hpp"
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/openai.hpp"

namespace vignette::emulator {
namespace {

const std::vector<std::string> fields = {"model",
                                         "prompt",
                                         "n",
                                         "size",
                                         "quality",
                                         "background",
                                         "output_format",
                                         "output_compression",
                                         "moderation",
                                         "stream",
                                         "partial_images",
                                         "user",
                                         "complexity"};

std::optional<Trouble> wrong(const std::string& param, const std::string& message) {
  return Trouble{400, "Invalid value for '" + param + "': " + message, "invalid_value", param};
}

std::optional<Trouble> read_size(const std::string& size, int& width, int& height) {
  width = height = 1024;
  if (size == "auto") return std::nullopt;
  if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2)
    return wrong("size", "expected WIDTHxHEIGHT or auto.");
  if (width % 16 != 0 || height % 16 != 0 || width < 16 || height < 16 || width > 3840 || height > 3840 ||
      width > 3 * height || height > 3 * width)
    return wrong("size", "sides are multiples of 16 up to 3840, in a ratio from 1:3 to 3:1.");
  return std::nullopt;
}

}  // namespace

Answer openai_images(Call& call, World& world) {
  const Json& body = call.json;
  if (!body.is_object())
    return refuse_openai({400, "We could not parse the JSON body of your request.", "invalid_json"});
  if (const auto name = unknown_field(body, fields))
    return refuse_openai({400, "Unknown parameter: '" + *name + "'.", "unknown_parameter", *name});
  const auto model = world.models.find("openai", call.model);
  if (!model || !model->can('i')) return refuse_openai(no_such_model(call.model));
  const std::string prompt = text_in(body, "prompt");
  if (prompt.empty())
    return refuse_openai(
        {400, "Missing required parameter: 'prompt'.", "missing_required_parameter", "prompt"});
  if (prompt.size() > 32'000)
    return refuse_openai({400, "Invalid 'prompt': string too long.", "string_above_max_length", "prompt"});
  if (prompt.find("forbidden") != std::string::npos || call.script.finish == "filtered")
    return refuse_openai({400, "Your request was rejected by the safety system.", "moderation_blocked"});
  const int n = int_in(body, "n", 1);
  if (n < 1 || n > 10) return refuse_openai(*wrong("n", "expected 1 to 10."));
  int width = 0, height = 0;
  const std::string size = text_in(body, "size", "auto");
  if (auto trouble = read_size(size, width, height)) return refuse_openai(*trouble);
  const std::string format = text_in(body, "output_format", "png");
  if (format != "png" && format != "jpeg" && format != "webp")
    return refuse_openai(*wrong("output_format", "expected png, jpeg or webp."));
  if (text_in(body, "background") == "transparent" && format == "jpeg")
    return refuse_openai(*wrong("background", "transparent needs png or webp."));
  Json data = Json::array();
  for (int i = 0; i < n; ++i) {
    const Painting painting =
        encode_painting(paint(prompt, width, height, static_cast<std::uint64_t>(i)), format);
    data.push_back({{"b64_json", encode_base64(as_bytes(painting.bytes))}});
  }
  const Json usage{{"input_tokens", 20},
                   {"output_tokens", 1500 * n},
                   {"total_tokens", 20 + 1500 * n},
                   {"input_tokens_details", {{"text_tokens", 20}, {"image_tokens", 0}}}};
  if (call.stream) {
    Answer out;
    out.streamed = true;
    out.content_type = "text/event-stream";
    const std::string& b64 = data[0]["b64_json"].get_ref<const std::string&>();
    for (int i = 0; i < int_in(body, "partial_images"); ++i)
      out.events.push_back(
          sse({{"type", "image_generation.partial_image"}, {"b64_json", b64}, {"partial_image_index", i}},
              "image_generation.partial_image"));
    out.events.push_back(sse({{"type", "image_generation.completed"}, {"b64_json", b64}, {"usage", usage}},
                             "image_generation.completed"));
    out.closing_events = 1;
    out.error_event = sse({{"type", "error"}, {"error", {{"message", "The server had an error."}}}}, "error");
    return out;
  }
  return json_answer({{"created", wall_seconds()},
                      {"data", data},
                      {"background", "opaque"},
                      {"output_format", format},
                      {"quality", text_in(body, "quality", "auto")},
                      {"size", std::to_string(width) + "x" + std::to_string(height)},
                      {"usage", usage}});
}

}  // namespace vignette::emulator
