// generateContent and streamGenerateContent: the request's many rules, and pictures as answers.
#include <algorithm>

#include "shared/base/base64.hpp"
#include "tests/emulator/mind/paint.hpp"
#include "tests/emulator/providers/gemini.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

using Maybe = std::optional<Answer>;

Maybe invalid(const std::string& message) { return gemini_error(400, "INVALID_ARGUMENT", message); }

Maybe check_fields(const Json& object, const std::vector<std::string>& known, const std::string& where) {
  const auto name = unknown_field(object, known);
  if (!name) return std::nullopt;
  const std::string text = "Invalid JSON payload received. Unknown name \"" + *name + "\"" +
                           (where.empty() ? "" : " at '" + where + "'") + ": Cannot find field.";
  Json violations = Json::array();
  violations.push_back({{"field", where}, {"description", text}});
  Json details = Json::array();
  details.push_back(
      {{"@type", "type.googleapis.com/google.rpc.BadRequest"}, {"fieldViolations", violations}});
  return gemini_error(400, "INVALID_ARGUMENT", text, details);
}

// "gemini-3.5-flash" → 35; names without a version are aliases of the newest
int version_of(const std::string& model) {
  if (model.rfind("gemini-", 0) != 0 || model.size() < 8 || model[7] < '0' || model[7] > '9') return 39;
  return (model[7] - '0') * 10 + (model.size() > 9 && model[8] == '.' ? model[9] - '0' : 0);
}

bool knows_minimal(const std::string& model) {
  const bool lite = model.find("-lite") != std::string::npos;
  if (model.find("-pro") != std::string::npos || model == "gemini-flash-latest" ||
      model == "gemini-4-hydrogen")
    return false;
  return lite || version_of(model) < 37;
}

Maybe check_thinking(const Json& config, const std::string& model, bool& thinks) {
  const Json& thinking = member(config, "thinkingConfig");
  thinks = version_of(model) >= 25 && model.find("gemma") == std::string::npos;
  if (!thinking.is_object()) return std::nullopt;
  if (auto bad = check_fields(thinking, {"thinkingBudget", "thinkingLevel", "includeThoughts"},
                              "generation_config.thinking_config"))
    return bad;
  const bool budget = has(thinking, "thinkingBudget"), level = has(thinking, "thinkingLevel");
  if (budget && level) return invalid("You can only set one of thinking budget and thinking level.");
  if (budget && version_of(model) >= 35)
    return invalid("Thinking budget is not supported for this model. Use thinking level instead.");
  if (level && version_of(model) < 30) return invalid("Thinking level is not supported for this model.");
  if (budget) {
    const int value = int_in(thinking, "thinkingBudget");
    if (model == "gemini-2.5-pro" && value >= 0 && value < 128)
      return invalid("Budget " + std::to_string(value) +
                     " is invalid. This model only works in thinking mode.");
    if (value > 32'768 || value < -1)
      return invalid("The thinking budget " + std::to_string(value) + " is invalid.");
    thinks = value != 0;
  }
  if (level) {
    std::string word = text_in(thinking, "thinkingLevel");
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (word != "MINIMAL" && word != "LOW" && word != "MEDIUM" && word != "HIGH")
      return invalid("Invalid value at 'generation_config.thinking_config.thinking_level'");
    if (word == "MINIMAL" && !knows_minimal(model))
      return invalid("Thinking level MINIMAL is not supported for this model.");
    thinks = word != "MINIMAL";
  }
  return std::nullopt;
}

Maybe read_part(Call& call, World& world, const Json& part, Question& question, std::string& label) {
  if (auto bad = check_fields(part,
                              {"text", "inlineData", "fileData", "thought", "thoughtSignature",
                               "mediaResolution", "videoMetadata"},
                              "contents[0].parts[0]"))
    return bad;
  if (has(part, "text")) {
    label = text_in(part, "text");
    question.prompt += (question.prompt.empty() ? "" : "\n") + label;
    return std::nullopt;
  }
  std::string mime;
  const auto bytes = gemini_media(part, world, mime);
  if (!bytes) {
    if (has(part, "fileData"))
      return gemini_error(403, "PERMISSION_DENIED",
                          "You do not have permission to access the File or it may not exist.");
    return invalid(
        "Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed");
  }
  static const std::vector<std::string> images = {"image/png", "image/jpeg", "image/webp", "image/heic",
                                                  "image/heif"};
  static const std::vector<std::string> sounds = {"audio/wav", "audio/mp3", "audio/mpeg", "audio/aiff",
                                                  "audio/aac", "audio/ogg", "audio/flac"};
  if (std::find(sounds.begin(), sounds.end(), mime) != sounds.end()) {
    question.sounds.push_back(call.listen(*bytes, "audio." + mime.substr(6)));
    return std::nullopt;
  }
  if (std::find(images.begin(), images.end(), mime) == images.end())
    return invalid("Unsupported MIME type: " + mime);
  const Picture* seen = call.look(*bytes);
  if (seen == nullptr)
    return invalid(
        "Unable to process input image. Please retry or report in "
        "https://developers.generativeai.google/guide/troubleshooting");
  question.pictures.push_back(*seen);
  question.pictures.back().label = label;
  return std::nullopt;
}

Maybe read(Call& call, World& world, const Model& model, Question& question, bool& thinks) {
  if (call.body.size() > 20'971'520)
    return invalid("Request payload size exceeds the limit: 20971520 bytes.");
  if (!call.json.is_object()) return invalid("Invalid JSON payload received. Unexpected end of input.");
  const Json body = in_camel_case(call.json);
  if (auto bad = check_fields(body,
                              {"contents", "systemInstruction", "generationConfig", "safetySettings", "tools",
                               "toolConfig", "cachedContent", "serviceTier", "labels", "model", "store"},
                              ""))
    return bad;
  const Json& contents = member(body, "contents");
  if (!contents.is_array() || contents.empty())
    return invalid("* GenerateContentRequest.contents: contents is not specified\n");
  if (has(body, "systemInstruction")) {
    if (model.id.rfind("gemma", 0) == 0)
      return invalid("Developer instruction is not enabled for models/" + model.id);
    for (const Json& part : member(body["systemInstruction"], "parts"))
      question.system += text_in(part, "text") + "\n";
  }
  std::string label;
  for (const Json& content : contents) {
    const std::string role = text_in(content, "role", "user");
    if (role != "user" && role != "model") return invalid("Please use a valid role: user, model.");
    if (role == "model") continue;
    for (const Json& part : member(content, "parts"))
      if (auto bad = read_part(call, world, part, question, label)) return bad;
  }
  const Json& config = member(body, "generationConfig");
  if (config.is_object()) {
    if (auto bad = check_fields(config,
                                {"temperature",
                                 "topP",
                                 "topK",
                                 "candidateCount",
                                 "maxOutputTokens",
                                 "stopSequences",
                                 "seed",
                                 "responseMimeType",
                                 "responseSchema",
                                 "responseJsonSchema",
                                 "responseFormat",
                                 "mediaResolution",
                                 "thinkingConfig",
                                 "responseModalities",
                                 "imageConfig",
                                 "presencePenalty",
                                 "frequencyPenalty",
                                 "responseLogprobs",
                                 "logprobs",
                                 "audioTranscriptionConfig"},
                                "generation_config"))
      return bad;
    if (has(config, "responseSchema") && has(config, "responseJsonSchema"))
      return invalid("Only one of response_schema and response_json_schema may be set.");
    for (const char* name : {"responseSchema", "responseJsonSchema"})
      if (has(config, name)) {
        if (text_in(config, "responseMimeType") != "application/json")
          return invalid("generationConfig.response_mime_type: a response schema needs application/json");
        question.schema = config[name];
      }
    for (const char* name : {"presencePenalty", "frequencyPenalty"})
      if (has(config, name)) return invalid("Penalty is not enabled for models/" + model.id);
    question.json = text_in(config, "responseMimeType") == "application/json";
    question.max_tokens = int_in(config, "maxOutputTokens");
  }
  question.script = call.script;
  return check_thinking(config, model.id, thinks);
}

struct Writer {
  const Call& call;
  const Question& question;
  bool thinks = false, shows_thoughts = false;
  Reply reply = answer(question);
  std::string id = new_id(22);

  int thought_tokens() const {
    return thinks ? 120 : static_cast<int>(tokens_of(question.script.thinking).size());
  }
  // Thoughts are paid from the same purse as the answer: a small limit leaves nothing to say.
  bool starved() const { return thinks && question.max_tokens > 0 && question.max_tokens <= 120; }
  std::string finish() const {
    if (starved() || reply.finish == "length") return "MAX_TOKENS";
    if (reply.finish == "filtered") return "SAFETY";
    return "STOP";
  }
  Json usage() const {
    Json out{{"promptTokenCount", reply.prompt_tokens}};
    if (!starved()) out["candidatesTokenCount"] = reply.completion_tokens;
    if (thought_tokens() > 0) out["thoughtsTokenCount"] = thought_tokens();
    out["totalTokenCount"] =
        reply.prompt_tokens + (starved() ? 0 : reply.completion_tokens) + thought_tokens();
    Json details = Json::array();
    if (!question.pictures.empty())
      details.push_back({{"modality", "IMAGE"}, {"tokenCount", 258 * question.pictures.size()}});
    details.push_back(
        {{"modality", "TEXT"},
         {"tokenCount", reply.prompt_tokens - 258 * static_cast<int>(question.pictures.size())}});
    out["promptTokensDetails"] = details;
    return out;
  }
  std::string thoughts() const {
    if (!question.script.thinking.empty()) return question.script.thinking;
    return thinks && shows_thoughts ? "I look at the size and the colours." : "";
  }
  Json whole(const Json& candidates) const {
    return {{"candidates", candidates},
            {"usageMetadata", usage()},
            {"modelVersion", call.model},
            {"responseId", id}};
  }
  Json candidate(const Json& parts, bool last) const {
    Json content{{"role", "model"}};
    if (!parts.empty()) content["parts"] = parts;
    Json one{{"content", content}};
    if (last) one["finishReason"] = finish();
    one["index"] = 0;
    if (last && finish() == "SAFETY") {
      Json ratings = Json::array();
      ratings.push_back(
          {{"category", "HARM_CATEGORY_HARASSMENT"}, {"probability", "HIGH"}, {"blocked", true}});
      one["safetyRatings"] = ratings;
    }
    Json list = Json::array();
    list.push_back(one);
    return list;
  }
  // "refused" is a prompt that was blocked: no candidates at all, and still 200.
  Json blocked() const {
    return {{"promptFeedback", {{"blockReason", "SAFETY"}}},
            {"usageMetadata",
             {{"promptTokenCount", reply.prompt_tokens}, {"totalTokenCount", reply.prompt_tokens}}},
            {"modelVersion", call.model}};
  }
  Json all_parts() const {
    Json parts = Json::array();
    if (!thoughts().empty()) parts.push_back({{"text", thoughts()}, {"thought", true}});
    if (!starved() && reply.finish != "filtered") parts.push_back({{"text", reply.text}});
    return parts;
  }
  Json answer_json() const {
    return reply.finish == "refused" ? blocked() : whole(candidate(all_parts(), true));
  }

  std::vector<Json> pieces() const {
    if (reply.finish == "refused") return {blocked()};
    std::vector<Json> out;
    const auto piece = [&](const Json& part, bool last) {
      Json parts = Json::array();
      if (!part.is_null()) parts.push_back(part);
      Json one = whole(candidate(parts, last));
      out.push_back(one);
    };
    if (!thoughts().empty()) piece({{"text", thoughts()}, {"thought", true}}, false);
    const auto tokens =
        starved() || reply.finish == "filtered" ? std::vector<std::string>{} : tokens_of(reply.text);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) piece({{"text", tokens[i]}}, false);
    piece(tokens.empty() ? Json(nullptr) : Json{{"text", tokens.back()}}, true);
    return out;
  }
};

Answer stream_of(const Writer& writer, bool sse_form) {
  Answer out;
  out.streamed = true;
  const Answer trouble = refuse_gemini({503, "The model is overloaded. Please try again later."});
  const auto pieces = writer.pieces();
  if (sse_form) {
    out.content_type = "text/event-stream";
    for (const Json& piece : pieces) out.events.push_back("data: " + dump(piece) + "\r\n\r\n");
    out.error_event = "data: " + trouble.body + "\r\n\r\n";
  } else {
    // Without alt=sse the stream is one JSON array that arrives in pieces.
    out.content_type = "application/json; charset=UTF-8";
    for (std::size_t i = 0; i < pieces.size(); ++i)
      out.events.push_back((i == 0 ? "[" : ",\r\n") + dump(pieces[i]));
    out.events.push_back("]");
    out.error_event = ",\r\n" + trouble.body + "]";
  }
  // No terminator; what a cut stream lacks is its last event, the one with the finish reason.
  out.closing_events = sse_form ? 1 : 2;
  return out;
}

Answer painted(Call& call, const Question& question, const Json& config) {
  const Json& image = member(config, "imageConfig");
  const std::string ratio = text_in(image, "aspectRatio", "1:1");
  int w = 1, h = 1;
  std::sscanf(ratio.c_str(), "%d:%d", &w, &h);
  const int longest = text_in(image, "imageSize", "1K") == "2K" ? 2048 : 1024;
  const int width = w >= h ? longest : longest * w / h, height = w >= h ? longest * h / w : longest;
  Json parts = Json::array();
  std::string finish = "STOP";
  if (question.prompt.find("forbidden") != std::string::npos || call.script.finish == "filtered") {
    finish = "IMAGE_SAFETY";
  } else {
    const Painting painting = encode_painting(
        paint(question.prompt, width, height, static_cast<std::uint64_t>(int_in(config, "seed"))), "png");
    parts.push_back({{"text", "Here is the picture."}});
    parts.push_back(
        {{"inlineData", {{"mimeType", painting.mime}, {"data", encode_base64(as_bytes(painting.bytes))}}}});
  }
  Json candidates = Json::array();
  candidates.push_back(
      {{"content", {{"role", "model"}, {"parts", parts}}}, {"finishReason", finish}, {"index", 0}});
  return json_answer({{"candidates", candidates},
                      {"usageMetadata",
                       {{"promptTokenCount", 10}, {"candidatesTokenCount", 1290}, {"totalTokenCount", 1300}}},
                      {"modelVersion", call.model},
                      {"responseId", new_id(22)}});
}

}  // namespace

std::optional<std::string> gemini_media(const Json& part, World& world, std::string& mime) {
  if (const Json& data = member(part, "inlineData"); data.is_object()) {
    mime = text_in(data, "mimeType");
    const std::string text = text_in(data, "data");
    return text.rfind("data:", 0) == 0 ? std::nullopt : bytes_of_base64(text);
  }
  const Json& file = member(part, "fileData");
  const std::string uri = text_in(file, "fileUri");
  mime = text_in(file, "mimeType");
  const std::size_t at = uri.find("files/");
  if (at == std::string::npos) return std::nullopt;
  const auto stored = world.shelf.get("gemini:" + uri.substr(at + 6));
  if (!stored) return std::nullopt;
  if (mime.empty()) mime = stored->mime;
  return stored->bytes;
}

Answer gemini_generate(Call& call, World& world, const std::string& id) {
  const auto model = world.models.find("gemini", id);
  if (!model || model->can('e') || model->can('s'))
    return gemini_error(
        404, "NOT_FOUND",
        "models/" + id +
            " is not found for API version v1beta, or is not supported for generateContent. Call ListModels "
            "to see the list of available models and their supported methods.");
  Question question;
  bool thinks = false;
  if (auto bad = read(call, world, *model, question, thinks)) return *bad;
  const Json config = member(in_camel_case(call.json), "generationConfig");
  if (model->can('i')) return painted(call, question, config);
  const bool shows = flag_in(member(config, "thinkingConfig"), "includeThoughts");
  const Writer writer{call, question, thinks, shows};
  return call.stream ? stream_of(writer, call.param("alt") == "sse") : json_answer(writer.answer_json());
}

}  // namespace vignette::emulator
