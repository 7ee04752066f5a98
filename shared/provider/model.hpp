#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/provider/http_call.hpp"

namespace vignette::provider {

/// The dialects we speak; every provider and every special endpoint has one.
enum class Family {
  OpenAi,     ///< chat completions and its sisters; most of the world
  Responses,  ///< OpenAI's newer form
  Gemini,
  Anthropic,
  Ollama,
  Replicate,
  HfTask,   ///< raw-bytes tasks of the Hugging Face router
  Nvcf,     ///< NVIDIA's older per-model endpoints
  Whisper,  ///< whisper.cpp's /inference
  SdWebui,
  Dam,  ///< Describe Anything: one picture, the mask in its alpha
};
std::optional<Family> family_from(std::string_view name);
const char* name_of(Family family);

enum class Ability { Text, Vision, Speech, Image, EmbedText, EmbedImage, Region, AudioIn, Tagging };
const char* name_of(Ability ability);

/// USD. Tokens are priced by the million.
struct Price {
  std::optional<double> input;
  std::optional<double> cached_input;
  std::optional<double> output;
  std::optional<double> minute;  ///< of sound
  std::optional<double> image;   ///< one drawn picture
  std::string source;            ///< where the figure is from: providers change theirs
};

enum class SystemRole { System, Developer, FirstUser };
enum class Sampling { Allowed, Forbidden, OnlyWithoutThinking };
enum class ImageForm {
  Parts,
  Tag,
  PlainUrl
};  ///< a content part · <img> inside the text · image_url as a bare string
enum class JsonMode { None, Object, Schema };
enum class ThinkingStyle { None, Budget, Level, Effort, Anthropic, TemplateFlag, SystemText, OllamaThink };
struct Thinking {
  ThinkingStyle style = ThinkingStyle::None;
  std::string off;              ///< the least it allows, in the provider's word; for Budget a number
  bool opens_silently = false;  ///< its answers begin inside <think> without the tag
};

/// What one model takes and gives. Everything is data from providers.json; a guess here is an HTTP 400 there.
struct Model {
  std::string id;
  std::string name;  ///< for people
  Family family = Family::OpenAi;
  std::string base;  ///< a named base of the provider, or empty
  std::string path;  ///< replaces the family's own
  std::vector<Ability> abilities;
  bool listed = true;  ///< false: made up from the provider's defaults, because nobody described it

  bool retired = false;
  std::string retires;  ///< YYYY-MM-DD, or empty
  std::string replaced_by;
  std::vector<std::string> replaces;

  std::vector<std::string> params;  ///< which parameters may be sent, by our names for them
  std::string max_tokens_field;
  std::optional<std::int64_t> min_max_tokens;  ///< less is of no use while the model thinks
  std::optional<std::int64_t> max_output_tokens;
  std::optional<std::int64_t> context_tokens;
  SystemRole system = SystemRole::System;
  Sampling sampling = Sampling::Allowed;
  Thinking thinking;
  JsonMode json = JsonMode::Schema;
  ImageForm image_form = ImageForm::Parts;
  bool ask_stream_usage = true;  ///< false: it tells the usage of a stream unasked, and refuses to be asked
  bool send_model = true;        ///< false: the address already says which model (Kosmos-2)
  std::optional<std::int64_t> max_images;
  std::optional<std::int64_t> max_inline_base64;
  std::optional<std::int64_t> max_request_bytes;
  std::vector<std::string> image_mime;
  std::vector<std::string> audio_mime;
  std::optional<std::int64_t> dims;
  std::string api_version;
  std::string version;                             ///< a Replicate version hash
  std::map<std::string, std::string> input_names;  ///< our names → the model's own (Replicate, NVIDIA)
  std::string image_body;  ///< how sizes are written when drawing: "size", "width_height", "aspect"
  std::string embed_form;  ///< "input_type" (NVIDIA asks for it), "objects" (Jina), or empty
  std::string body_extra;  ///< members of every request, as a JSON object
  Price price;
  std::optional<std::int64_t> image_tokens_max;  ///< the most one picture can cost, for reserving
  bool probe = false;  ///< lists and reality differ: try a tiny call before offering it
  std::string license;

  bool can(Ability ability) const;
  bool takes(std::string_view param) const;
};

struct Provider {
  std::string id;
  std::string name;
  std::vector<std::string> aliases;
  std::string base;
  std::map<std::string, std::string> bases;  ///< further ones by name
  AuthHeader auth;
  std::vector<std::string> key_env;  ///< environment names that may hold its key
  std::string base_env;
  std::string list_path;
  std::string browser;  ///< "yes", "no" or what has to be done for calls from a page
  std::vector<Header> browser_headers;
  std::vector<std::string> output_hosts;  ///< where finished files may be fetched from
  bool open_ended = true;                 ///< may serve models we have never heard of
};

/// A model and where it lives: what every builder and reader is given.
struct Route {
  Provider provider;
  Model model;
};

enum class LifeStage { Active, Retiring, Retired };
struct Lifecycle {
  LifeStage stage = LifeStage::Active;
  std::optional<std::int64_t> days_left;
  std::string replaced_by;  ///< "provider/model", or empty
};
/// `today` is YYYY-MM-DD; Retiring begins 60 days ahead.
Lifecycle lifecycle_of(const Route& route, std::string_view today);

/// Days since 1970 of YYYY-MM-DD.
std::optional<std::int64_t> days_of(std::string_view date);

}  // namespace vignette::provider
