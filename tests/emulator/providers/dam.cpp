// The Describe-Anything server: one RGBA PNG whose alpha is the mask, no /v1, errors that are always 500.
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

Answer broken(const std::string& text) { return json_answer({{"error", text}}, 500); }

Answer unprocessable(const std::string& where, const std::string& message) {
  Json list = Json::array();
  list.push_back({{"loc", Json::array({"body", where})}, {"msg", message}, {"type", "value_error"}});
  return json_answer({{"detail", list}}, 422);
}

// What is under the mask, in words.
std::string region_text(const Picture& p) {
  const Box& m = *p.mask;
  std::string text = "The region at x " + std::to_string(m.left) + " to " + std::to_string(m.right) + ", y " +
                     std::to_string(m.top) + " to " + std::to_string(m.bottom) + " of a " +
                     std::to_string(p.width) + "x" + std::to_string(p.height) + " picture is mostly " +
                     (p.colours.empty() ? "empty" : p.colours[0]);
  if (p.colours.size() > 1) text += " and " + p.colours[1];
  return text + ".";
}

Answer describe_region(Call& call, World& world) {
  const Json& body = call.json;
  if (!member(body, "messages").is_array()) return unprocessable("messages", "Field required");
  for (const Json& message : body["messages"])
    if (text_in(message, "role") != "user" && text_in(message, "role") != "assistant")
      return unprocessable("messages", "Input should be 'user' or 'assistant'");
  if (!world.models.find("dam", call.model))
    return broken(
        "The endpoint is configured to use the model describe_anything_model, but the request model is " +
        call.model);
  const Picture* seen = nullptr;
  int pictures = 0;
  for (const Json& message : body["messages"]) {
    const Json& content = member(message, "content");
    if (!content.is_array()) continue;
    for (const Json& part : content) {
      if (text_in(part, "type") == "text" && text_in(part, "text").find("<image>", 8) != std::string::npos)
        return broken("The number of <image> tokens does not match the number of images");
      if (text_in(part, "type") != "image_url") continue;
      ++pictures;
      const std::string url = text_in(member(part, "image_url"), "url");
      std::string type;
      seen = call.look_at_data_uri(url, &type);
      if (seen == nullptr || (type != "image/png" && type != "image/jpeg" && type != "image/jpg"))
        return broken("Invalid image URL");
    }
  }
  if (pictures != 1) return broken("Exactly one image is expected, got " + std::to_string(pictures));
  if (!seen->has_alpha || !seen->mask) return broken("Image must have an alpha channel (RGBA) with the mask");
  const std::string text = call.script.say.value_or(region_text(*seen)), id = new_id(20);
  if (!call.stream) {
    Json choices = Json::array();
    choices.push_back({{"message", {{"role", "assistant"}, {"content", text}}}});
    return json_answer({{"id", id},
                        {"object", "chat.completion"},
                        {"created", static_cast<double>(wall_ms()) / 1000},
                        {"model", call.model},
                        {"choices", choices}});
  }
  Answer out;
  out.streamed = true;
  out.content_type = "text/event-stream; charset=utf-8";
  for (const std::string& token : tokens_of(text)) {
    Json content = Json::array(), choices = Json::array();
    content.push_back({{"type", "text"}, {"text", token}});
    choices.push_back({{"delta", {{"content", content}}}, {"finish_reason", nullptr}});
    out.events.push_back(sse({{"id", id},
                              {"object", "chat.completion.chunk"},
                              {"created", wall_seconds()},
                              {"model", call.model},
                              {"choices", choices}}));
  }
  Json choices = Json::array();
  choices.push_back({{"finish_reason", "stop"}});
  out.events.push_back(sse({{"choices", choices}}));
  out.events.push_back("data: [DONE]\n\n");
  out.closing_events = 2;
  out.error_event = sse({{"error", "CUDA out of memory"}});
  return out;
}

}  // namespace

Answer refuse_dam(const Trouble& trouble) {
  return json_answer({{"error", trouble.message.empty() ? "CUDA out of memory" : trouble.message}},
                     trouble.status);
}

Answer handle_dam(Call& call, World& world) {
  if (is(call, "POST", "/chat/completions")) return describe_region(call, world);
  return json_answer({{"detail", "Not Found"}}, 404);
}

}  // namespace vignette::emulator
