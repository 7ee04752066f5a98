// The Interactions API, in its plain form, and the transcription model that only it serves.
#include "tests/emulator/providers/gemini.hpp"

namespace vignette::emulator {
namespace {

Json error_of(const std::string& code, const std::string& message) {
  return {{"error", {{"code", code}, {"message", message}}}};
}

}  // namespace

Answer gemini_interactions(Call& call, World& world) {
  const Json& body = call.json;
  if (!body.is_object())
    return json_answer(error_of("invalid_request", "The body is not a JSON object."), 400);
  const auto model = world.models.find("gemini", call.model);
  if (!model) return json_answer(error_of("not_found", "Model " + call.model + " is not found."), 404);
  Question question;
  question.system = text_in(body, "system_instruction");
  if (const Json& input = member(body, "input"); input.is_string()) {
    question.prompt = input.get<std::string>();
  } else {
    for (const Json& part : input) {
      const std::string type = text_in(part, "type");
      if (type == "text") {
        question.prompt += text_in(part, "text") + "\n";
        continue;
      }
      const auto bytes = bytes_of_base64(text_in(part, "data"));
      if (type == "audio" && bytes) {
        question.sounds.push_back(
            call.listen(*bytes, "audio." + text_in(part, "mime_type", "audio/wav").substr(6)));
      } else if (const Picture* seen = type == "image" && bytes ? call.look(*bytes) : nullptr) {
        question.pictures.push_back(*seen);
      } else {
        return json_answer(error_of("invalid_request", "An input of type " + type + " could not be read."),
                           400);
      }
    }
  }
  const Json& format = member(body, "response_format");
  question.json = text_in(format, "mime_type") == "application/json";
  if (has(format, "schema")) question.schema = format["schema"];
  question.max_tokens = int_in(member(body, "generation_config"), "max_output_tokens");
  question.script = call.script;
  const Reply reply = answer(question);
  const std::string id = "v1_" + new_id(20);
  const Json usage{{"total_input_tokens", reply.prompt_tokens},
                   {"total_output_tokens", reply.completion_tokens},
                   {"total_thought_tokens", 0},
                   {"total_tokens", reply.prompt_tokens + reply.completion_tokens}};
  const std::string status = reply.finish == "length" ? "incomplete" : "completed";
  if (!call.stream) {
    Json content = Json::array();
    content.push_back({{"type", "text"}, {"text", reply.text}});
    Json steps = Json::array();
    steps.push_back({{"type", "model_output"}, {"content", content}});
    return json_answer({{"id", id},
                        {"model", call.model},
                        {"status", status},
                        {"steps", steps},
                        {"output_text", reply.text},
                        {"usage", usage}});
  }
  Answer out;
  out.streamed = true;
  out.content_type = "text/event-stream";
  const auto event = [&](const char* type, Json data) {
    Json whole{{"event_type", type}};
    whole.update(data);
    out.events.push_back(sse(whole, type));
  };
  event("interaction.created", {{"interaction", {{"id", id}, {"status", "in_progress"}}}});
  event("step.start", {{"index", 0}, {"step", {{"type", "model_output"}}}});
  for (const std::string& token : tokens_of(reply.text))
    event("step.delta", {{"index", 0}, {"delta", {{"type", "text"}, {"text", token}}}});
  event("step.stop", {{"index", 0}});
  event("interaction.completed", {{"interaction", {{"id", id}, {"status", status}, {"usage", usage}}}});
  out.closing_events = 1;
  out.error_event = sse({{"event_type", "error"},
                         {"error", {{"code", "rate_limit_exceeded"}, {"message", "Too many requests."}}}},
                        "error");
  return out;
}

}  // namespace vignette::emulator
