#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/provider/media.hpp"

namespace vignette::provider {

struct Part {
  enum class Kind { Text, Image, Audio };
  Kind kind = Kind::Text;
  std::string text;
  Media media;
};
inline Part text_part(std::string text) { return {Part::Kind::Text, std::move(text), {}}; }
inline Part image_part(Media media) { return {Part::Kind::Image, {}, std::move(media)}; }

enum class Role { System, User, Assistant };
struct Message {
  Role role = Role::User;
  std::vector<Part> parts;
};

/// How hard the model may think before it answers. ByModel sends nothing; Off picks the least that the
/// model allows.
enum class Effort { ByModel, Off, Low, Medium, High };

/// What the caller wants set, and only that: an absent field is always legal, a default spelled out may not
/// be.
struct ChatParams {
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<std::int64_t> top_k;
  std::optional<std::int64_t> max_tokens;
  std::optional<std::int64_t> seed;
  std::optional<double> presence_penalty;
  std::optional<double> frequency_penalty;
  std::vector<std::string> stop;
  Effort effort = Effort::ByModel;
};

/// JSON instead of prose. `schema` is a JSON Schema as text; empty asks for any object.
struct JsonFormat {
  std::string name = "answer";
  std::string schema;
  bool strict = false;
};

struct ChatRequest {
  std::vector<Message> messages;
  ChatParams params;
  std::optional<JsonFormat> json;
  bool stream = false;
  bool stream_usage = true;  ///< ask for the usage at the end of a stream, where the provider has to be asked
};

enum class Finish { Stop, Length, Filtered, Refused, Error, Unknown };
const char* name_of(Finish finish);

struct Usage {
  std::optional<std::int64_t> input;
  std::optional<std::int64_t> output;    ///< with the thinking, as it is billed
  std::optional<std::int64_t> thinking;  ///< the part of the output nobody sees
  std::optional<std::int64_t> cached;    ///< the part of the input that was cheaper
  std::optional<double> seconds;         ///< of sound
  std::optional<double> cost_usd;        ///< where the provider says so itself
};

/// A phrase the model placed in the picture (Kosmos-2); the box is x1, y1, x2, y2 in 0..1.
struct Grounding {
  std::string phrase;
  double box[4] = {0, 0, 0, 0};
};

struct Answer {
  std::string text;
  std::string thinking;  ///< kept apart, so that it never ends up in a caption
  Finish finish = Finish::Unknown;
  std::string finish_detail;  ///< the provider's own word for it, and why it refused
  Usage usage;
  std::string model;
  std::string id;
  std::string request_id;
  std::vector<Grounding> groundings;
};

}  // namespace vignette::provider
