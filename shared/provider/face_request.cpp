#include "shared/provider/face_request.hpp"

#include <charconv>

#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

constexpr std::int64_t kMostTokens = 10'000'000;
constexpr std::size_t kMostMessages = 500;
constexpr std::size_t kMostInputs = 2048;

Error wrong(const std::string& message) {
  return {ErrorCode::InvalidInput, message, "See the API's documentation."};
}

Result<Json> parse_object(std::string_view body) {
  Result<Json> tree = parse_json(body);
  if (!tree) return tree;
  if (!tree->is_object()) return wrong("The body must be a JSON object.");
  return tree;
}

/// Puts an optional field where it belongs, or remembers the first mistake. Reads like a table of the API.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(object) {}
  void number(const char* name, double low, double high, std::optional<double>& into) {
    keep(may_number(object_, name, low, high), into);
  }
  void integer(const char* name, std::int64_t low, std::int64_t high, std::optional<std::int64_t>& into) {
    keep(may_integer(object_, name, low, high), into);
  }
  void text(const char* name, std::string& into) {
    std::optional<std::string> value;
    keep(may_text(object_, name), value);
    if (value) into = *std::move(value);
  }
  void flag(const char* name, bool& into) {
    std::optional<bool> value;
    keep(may_flag(object_, name), value);
    if (value) into = *value;
  }
  void model(std::string& into) {
    Result<std::string> name = need_text(object_, "model");
    if (name) {
      into = *std::move(name);
    } else if (!mistake) {
      mistake = name.error();
    }
  }

  std::optional<Error> mistake;

 private:
  template <class T>
  void keep(Result<std::optional<T>> value, std::optional<T>& into) {
    if (!value) {
      if (!mistake) mistake = value.error();
    } else if (value->has_value()) {
      into = **std::move(value);
    }
  }
  const Json& object_;
};

/// A string of the tree becomes the owner of its bytes: a picture of megabytes is moved, not copied.
SharedText take_text(Json& value) { return share(std::move(value.get_ref<std::string&>())); }

Result<Part> read_image(Json& part) {
  const auto found = part.find("image_url");
  Json* url = found == part.end() ? nullptr : &*found;
  if (url != nullptr && url->is_object()) {
    const auto inner = url->find("url");
    url = inner == url->end() ? nullptr : &*inner;
  }
  if (url == nullptr || !url->is_string()) return wrong("An image part has no “image_url.url”.");
  Result<Media> media = media_from_url(take_text(*url));
  if (!media) return media.error();
  return image_part(*std::move(media));
}

Result<Part> read_audio_part(Json& part) {
  const auto found = part.find("input_audio");
  if (found == part.end() || !found->is_object()) return wrong("An audio part has no “input_audio”.");
  const std::string format = text_at(*found, "format", "wav");
  const auto data = found->find("data");
  if (data == found->end() || !data->is_string()) return wrong("“input_audio.data” must be base64 text.");
  if (format != "wav" && format != "mp3" && format != "flac" && format != "ogg")
    return wrong("“input_audio.format” must be wav, mp3, flac or ogg.");
  Result<Media> media =
      media_from_base64(format == "mp3" ? "audio/mpeg" : "audio/" + format, take_text(*data));
  if (!media) return media.error();
  return Part{Part::Kind::Audio, {}, *std::move(media)};
}

Result<Part> read_part(Json& part) {
  const std::string type = text_at(part, "type");
  if (type == "text" || type == "input_text" || type == "output_text")
    return text_part(text_at(part, "text"));
  if (type == "refusal") return text_part(text_at(part, "refusal"));
  if (!part.is_object()) return wrong("A part of a message must be an object.");
  if (type == "image_url") return read_image(part);
  if (type == "input_audio") return read_audio_part(part);
  return wrong("A part of a message must have the type text, image_url or input_audio.");
}

Result<Message> read_message(Json& message) {
  const std::string role = text_at(message, "role");
  Message out;
  if (role == "system" || role == "developer") {
    out.role = Role::System;
  } else if (role == "assistant") {
    out.role = Role::Assistant;
  } else if (role != "user") {
    return wrong("The role of a message must be system, developer, user or assistant.");
  }
  const auto content = message.find("content");
  if (content == message.end() || content->is_null()) return out;
  if (content->is_string()) {
    out.parts.push_back(text_part(std::move(content->get_ref<std::string&>())));
    return out;
  }
  if (!content->is_array()) return wrong("“content” must be text or a list of parts.");
  for (Json& each : *content) {
    Result<Part> part = read_part(each);
    if (!part) return part.error();
    out.parts.push_back(*std::move(part));
  }
  return out;
}

Result<std::vector<std::string>> read_stop(const Json& body) {
  std::vector<std::string> out;
  const Json* stop = member(body, "stop");
  if (stop == nullptr || stop->is_null()) return out;
  if (stop->is_string()) return std::vector<std::string>{stop->get<std::string>()};
  if (!stop->is_array() || stop->size() > 16)
    return wrong("“stop” must be text or a list of at most 16 texts.");
  for (const Json& each : *stop) {
    if (!each.is_string()) return wrong("“stop” must be text or a list of texts.");
    out.push_back(each.get<std::string>());
  }
  return out;
}

Result<std::optional<JsonFormat>> read_format(const Json& body) {
  const Json* format = member(body, "response_format");
  if (format == nullptr || format->is_null()) return std::optional<JsonFormat>{};
  const std::string type = text_at(*format, "type");
  if (type == "text") return std::optional<JsonFormat>{};
  if (type == "json_object") return std::optional<JsonFormat>{JsonFormat{}};
  const Json* schema = member_at(*format, {"json_schema", "schema"});
  if (type != "json_schema" || schema == nullptr || !schema->is_object())
    return wrong("“response_format” must be text, json_object or json_schema with a schema.");
  const Json& inside = *member(*format, "json_schema");
  return std::optional<JsonFormat>{
      JsonFormat{text_at(inside, "name", "answer"), write_json(*schema), flag_at(inside, "strict")}};
}

Result<Effort> read_effort(const Json& body) {
  const Result<std::optional<std::string>> word = may_text(body, "reasoning_effort");
  if (!word) return word.error();
  if (!word->has_value()) return Effort::ByModel;
  if (**word == "none" || **word == "minimal") return Effort::Off;
  if (**word == "low") return Effort::Low;
  if (**word == "medium" || **word == "default") return Effort::Medium;
  if (**word == "high" || **word == "xhigh" || **word == "max") return Effort::High;
  return wrong("“reasoning_effort” must be none, minimal, low, medium or high.");
}

Result<Done> read_size(const std::string& size, DrawRequest& request) {
  if (size.empty() || size == "auto") return Done{};
  const std::size_t cross = size.find('x');
  std::int64_t sides[2] = {0, 0};
  if (cross != std::string::npos) {
    std::from_chars(size.data(), size.data() + cross, sides[0]);
    std::from_chars(size.data() + cross + 1, size.data() + size.size(), sides[1]);
  }
  for (const std::int64_t side : sides) {
    if (side < 64 || side > 8192) return wrong("“size” must be like 1024x768, with sides from 64 to 8192.");
  }
  request.width = sides[0];
  request.height = sides[1];
  return Done{};
}

Result<Part> read_input(Json& input) {
  if (input.is_string()) {
    if (input.get_ref<const std::string&>().starts_with("data:image/")) {
      Result<Media> media = media_from_url(take_text(input));
      if (!media) return media.error();
      return image_part(*std::move(media));
    }
    return text_part(std::move(input.get_ref<std::string&>()));
  }
  if (input.is_object() && input.contains("text")) return text_part(text_at(input, "text"));
  if (input.is_object() && input.contains("image") && input["image"].is_string()) {
    SharedText text = take_text(input["image"]);
    Result<Media> media = text.text.starts_with("data:") ? media_from_url(std::move(text))
                                                         : media_from_base64("image/jpeg", std::move(text));
    if (!media) return media.error();
    return image_part(*std::move(media));
  }
  return wrong("“input” must be text, a data: picture, or a list of those; token numbers are not taken.");
}

}  // namespace

Result<FaceChat> read_face_chat(std::string_view body) {
  Result<Json> tree = parse_object(body);
  if (!tree) return tree.error();
  FaceChat out;
  ChatParams& params = out.request.params;
  Fields fields(*tree);
  fields.model(out.model);
  fields.number("temperature", 0, 2, params.temperature);
  fields.number("top_p", 0, 1, params.top_p);
  fields.number("presence_penalty", -2, 2, params.presence_penalty);
  fields.number("frequency_penalty", -2, 2, params.frequency_penalty);
  fields.integer("top_k", 0, 1'000'000, params.top_k);
  fields.integer("seed", INT64_MIN, INT64_MAX, params.seed);
  fields.integer("max_tokens", 1, kMostTokens, params.max_tokens);
  fields.integer("max_completion_tokens", 1, kMostTokens, params.max_tokens);
  fields.flag("stream", out.request.stream);
  std::optional<std::int64_t> n;
  fields.integer("n", 1, 1, n);
  if (fields.mistake) return *fields.mistake;
  Result<std::vector<std::string>> stop = read_stop(*tree);
  if (!stop) return stop.error();
  params.stop = *std::move(stop);
  Result<std::optional<JsonFormat>> format = read_format(*tree);
  if (!format) return format.error();
  out.request.json = *std::move(format);
  const Result<Effort> effort = read_effort(*tree);
  if (!effort) return effort.error();
  params.effort = *effort;
  if (const Json* options = member(*tree, "stream_options"))
    out.request.stream_usage = flag_at(*options, "include_usage");

  const auto messages = tree->find("messages");
  if (messages == tree->end() || !messages->is_array() || messages->empty())
    return wrong("“messages” must be a list with at least one message.");
  if (messages->size() > kMostMessages) return wrong("“messages” has more than 500 messages.");
  for (Json& each : *messages) {
    Result<Message> message =
        each.is_object() ? read_message(each) : Result<Message>(wrong("A message must be an object."));
    if (!message) return message.error();
    out.request.messages.push_back(*std::move(message));
  }
  return out;
}

Result<FaceDraw> read_face_draw(std::string_view body) {
  const Result<Json> tree = parse_object(body);
  if (!tree) return tree.error();
  FaceDraw out;
  std::string size;
  std::optional<std::int64_t> n;
  Fields fields(*tree);
  fields.model(out.model);
  fields.text("prompt", out.request.prompt);
  fields.text("negative_prompt", out.request.negative);
  fields.integer("n", 1, 10, n);
  fields.text("size", size);
  fields.integer("seed", INT64_MIN, INT64_MAX, out.request.seed);
  fields.integer("steps", 1, 500, out.request.steps);
  fields.number("guidance_scale", 0, 100, out.request.guidance);
  fields.text("quality", out.request.quality);
  fields.text("output_format", out.request.format);
  fields.text("background", out.request.background);
  if (fields.mistake) return *fields.mistake;
  out.request.n = n.value_or(1);
  if (out.request.prompt.empty()) return wrong("“prompt” is missing.");
  const Result<Done> sized = read_size(size, out.request);
  if (!sized) return sized.error();
  return out;
}

Result<FaceEmbed> read_face_embed(std::string_view body) {
  Result<Json> tree = parse_object(body);
  if (!tree) return tree.error();
  FaceEmbed out;
  std::string format;
  std::string purpose;
  Fields fields(*tree);
  fields.model(out.model);
  fields.integer("dimensions", 1, 16'384, out.request.dimensions);
  fields.text("encoding_format", format);
  fields.text("input_type", purpose);
  if (fields.mistake) return *fields.mistake;
  if (!format.empty() && format != "float" && format != "base64")
    return wrong("“encoding_format” must be float or base64.");
  out.base64 = format == "base64";
  out.request.query = purpose == "query";
  const auto input = tree->find("input");
  if (input == tree->end()) return wrong("“input” is missing.");
  if (!input->is_array()) {
    Result<Part> part = read_input(*input);
    if (!part) return part.error();
    out.request.inputs.push_back(*std::move(part));
    return out;
  }
  if (input->empty() || input->size() > kMostInputs)
    return wrong("“input” must have between 1 and 2048 entries.");
  for (Json& each : *input) {
    Result<Part> part = read_input(each);
    if (!part) return part.error();
    out.request.inputs.push_back(*std::move(part));
  }
  return out;
}

Result<FaceSpeech> read_face_speech(std::string_view content_type, std::string_view body,
                                    std::shared_ptr<const void> owner) {
  const Result<std::string> boundary = boundary_of(content_type);
  if (!boundary) return boundary.error();
  const Result<std::vector<FormPart>> parts = read_multipart(body, *boundary);
  if (!parts) return parts.error();
  FaceSpeech out;
  out.response_format = "json";
  bool has_file = false;
  for (const FormPart& part : *parts) {
    const std::string value = to_utf8(part.content.substr(0, 64 * 1024));
    if (part.name == "file") {
      has_file = true;
      if (!part.file_name.empty()) out.request.file_name = part.file_name;
      // The bytes know better than the client, who often says application/octet-stream.
      const std::string sniffed = sniff_mime(part.content.substr(0, 32));
      out.request.audio = {sniffed.empty() ? part.mime : sniffed, Media::Form::Raw, {owner, part.content}};
    } else if (part.name == "model") {
      out.model = value;
    } else if (part.name == "language") {
      out.request.language = value;
    } else if (part.name == "prompt") {
      out.request.prompt = value;
    } else if (part.name == "response_format") {
      out.response_format = value;
    } else if (part.name == "stream") {
      out.request.stream = value == "true" || value == "1";
    } else if (part.name == "temperature") {
      const Result<Json> number = parse_json(value);
      if (!number || !number->is_number()) return wrong("“temperature” must be a number.");
      out.request.temperature = number->get<double>();
    }
  }
  if (out.model.empty()) return wrong("“model” is missing.");
  if (!has_file) return wrong("“file” is missing.");
  for (const char* known : {"json", "text", "verbose_json", "srt", "vtt"}) {
    if (out.response_format != known) continue;
    out.request.timestamps = out.response_format != "json" && out.response_format != "text";
    return out;
  }
  return wrong("“response_format” must be json, text, verbose_json, srt or vtt.");
}

}  // namespace vignette::provider
