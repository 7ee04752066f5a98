// The Responses API: named events, no [DONE].
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/providers/openai.hpp"

namespace vignette::emulator {
namespace {

const std::vector<std::string> fields = {"model",
                                         "input",
                                         "instructions",
                                         "store",
                                         "max_output_tokens",
                                         "reasoning",
                                         "text",
                                         "stream",
                                         "temperature",
                                         "top_p",
                                         "metadata",
                                         "previous_response_id",
                                         "include",
                                         "service_tier",
                                         "truncation",
                                         "user",
                                         "safety_identifier",
                                         "prompt_cache_key",
                                         "tools",
                                         "tool_choice",
                                         "parallel_tool_calls",
                                         "background",
                                         "stream_options"};

// The same messages in chat's words, so that one reader serves both.
Json as_messages(const Json& body) {
  Json messages = Json::array();
  if (has(body, "instructions")) messages.push_back({{"role", "system"}, {"content", body["instructions"]}});
  const Json& input = member(body, "input");
  if (input.is_string()) messages.push_back({{"role", "user"}, {"content", input}});
  if (!input.is_array()) return messages;
  for (const Json& message : input) {
    Json content = member(message, "content");
    if (content.is_array()) {
      Json parts = Json::array();
      for (const Json& part : content) {
        const std::string type = text_in(part, "type");
        if (type == "input_text" || type == "output_text") {
          parts.push_back({{"type", "text"}, {"text", text_in(part, "text")}});
        } else if (type == "input_image" && member(part, "image_url").is_string()) {
          parts.push_back({{"type", "image_url"}, {"image_url", {{"url", part["image_url"]}}}});
        } else {
          parts.push_back({{"type", type + " (not understood here)"}});
        }
      }
      content = parts;
    }
    messages.push_back({{"role", text_in(message, "role", "user")}, {"content", content}});
  }
  return messages;
}

Json envelope(const Call& call, const std::string& id, const std::string& status) {
  return {{"id", id},
          {"object", "response"},
          {"created_at", wall_seconds()},
          {"status", status},
          {"error", nullptr},
          {"incomplete_details", nullptr},
          {"model", call.model},
          {"output", Json::array()}};
}

Json finished(const Call& call, const std::string& id, const Reply& reply) {
  Json body =
      envelope(call, id, reply.finish == "length" || reply.finish == "filtered" ? "incomplete" : "completed");
  if (reply.finish == "length") body["incomplete_details"] = {{"reason", "max_output_tokens"}};
  if (reply.finish == "filtered") body["incomplete_details"] = {{"reason", "content_filter"}};
  Json part{{"type", "output_text"}, {"text", reply.text}, {"annotations", Json::array()}};
  if (reply.finish == "refused") part = {{"type", "refusal"}, {"refusal", "I can't help with that."}};
  body["output"].push_back({{"type", "reasoning"}, {"id", "rs_" + new_id(12)}, {"summary", Json::array()}});
  Json content = Json::array();
  content.push_back(part);
  body["output"].push_back({{"type", "message"},
                            {"id", "msg_" + new_id(12)},
                            {"role", "assistant"},
                            {"status", "completed"},
                            {"content", content}});
  body["usage"] = {{"input_tokens", reply.prompt_tokens},
                   {"output_tokens", reply.completion_tokens},
                   {"total_tokens", reply.prompt_tokens + reply.completion_tokens},
                   {"output_tokens_details", {{"reasoning_tokens", 0}}}};
  return body;
}

Answer stream_of(const Call& call, const std::string& id, const Reply& reply) {
  Answer out;
  out.streamed = true;
  out.content_type = "text/event-stream";
  int number = 0;
  const auto event = [&](const std::string& type, Json data) {
    Json whole{{"type", type}, {"sequence_number", number++}};
    whole.update(data);
    out.events.push_back(sse(whole, type));
  };
  event("response.created", {{"response", envelope(call, id, "in_progress")}});
  const std::string item = "msg_" + new_id(12);
  const char* delta = reply.finish == "refused" ? "response.refusal.delta" : "response.output_text.delta";
  const std::string text = reply.finish == "refused" ? "I can't help with that." : reply.text;
  for (const std::string& token : tokens_of(text))
    event(delta, {{"item_id", item}, {"output_index", 0}, {"content_index", 0}, {"delta", token}});
  if (reply.finish != "refused")
    event("response.output_text.done",
          {{"item_id", item}, {"output_index", 0}, {"content_index", 0}, {"text", text}});
  const Json whole = finished(call, id, reply);
  event("response." + text_in(whole, "status"), {{"response", whole}});
  out.closing_events = 1;
  out.error_event = sse({{"type", "error"},
                         {"code", "server_error"},
                         {"message", "The server had an error."},
                         {"param", nullptr}},
                        "error");
  return out;
}

}  // namespace

Answer openai_responses(Call& call, World& world, const Dialect& dialect) {
  const Json& body = call.json;
  if (!body.is_object())
    return dialect.refuse({400, "We could not parse the JSON body of your request.", "invalid_json"});
  if (const auto name = unknown_field(body, fields))
    return dialect.refuse({400, "Unknown parameter: '" + *name + "'.", "unknown_parameter", *name});
  const auto model = world.models.find(dialect.provider, call.model);
  if (!dialect.any_model && (!model || !model->can('t'))) return dialect.refuse(no_such_model(call.model));
  if (dialect.provider == "openai")
    if (auto trouble = openai_model_rules(body, call.model, text_in(member(body, "reasoning"), "effort")))
      return dialect.refuse(*trouble);
  Question question;
  if (auto trouble = read_messages(call, as_messages(body), dialect, question))
    return dialect.refuse(*trouble);
  const Json& format = member(member(body, "text"), "format");
  if (flag_in(format, "strict"))
    if (auto trouble = strict_schema_rules(member(format, "schema"), "root")) return dialect.refuse(*trouble);
  question.json = text_in(format, "type", "text") != "text";
  if (has(format, "schema")) question.schema = format["schema"];
  question.max_tokens = int_in(body, "max_output_tokens");
  question.script = call.script;
  const Reply reply = answer(question);
  const std::string id = "resp_" + new_id(24);
  return call.stream ? stream_of(call, id, reply) : json_answer(finished(call, id, reply));
}

}  // namespace vignette::emulator
