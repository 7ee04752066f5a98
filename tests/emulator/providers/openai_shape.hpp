#pragma once
// What the many servers "in OpenAI's shape" have in common, and a record of how each differs.
#include <functional>
#include <initializer_list>
#include <string>

#include "tests/emulator/mind/question.hpp"
#include "tests/emulator/mind/vectors.hpp"
#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {

enum class ThinkingPlace { ReasoningContent, Reasoning, Tags };

struct Dialect {
  std::string provider;
  Answer (*refuse)(const Trouble&) = refuse_openai;
  std::vector<std::string> extra_fields;  ///< beside the common ones
  bool strict_fields = true;              ///< an unknown field is an error
  bool any_model = false;                 ///< serves whatever it has loaded, under any name
  bool needs_key = true;
  bool image_tags = false;  ///< NVIDIA: <img src="data:…" /> inside the text
  bool roles_user_only = false;
  bool refuses_webp = false;  ///< llama.cpp decodes with stb_image
  bool refuses_detail = false;
  std::size_t most_inline_base64 = 0, most_body_bytes = 0, most_images = 0;
  ThinkingPlace thinking = ThinkingPlace::ReasoningContent;
  std::string id_prefix = "chatcmpl-";
  std::string stream_comment;           ///< OpenRouter's keep-alive
  std::function<void(Json&)> decorate;  ///< adds what only this provider has to each body and chunk
  bool usage_in_stream_always = false;
};

/// The key, and the headers about its limits for the answer. Nothing when all is well.
std::optional<Answer> admit(Call& call, World& world, const Dialect& dialect, Pairs& headers);

/// Fills `question` from an OpenAI-shaped chat request, or says what is wrong with it.
std::optional<Trouble> read_chat(Call& call, World& world, const Dialect& dialect, Question& question);
/// Only the messages: roles, texts, pictures, sounds.
std::optional<Trouble> read_messages(Call& call, const Json& messages, const Dialect& dialect,
                                     Question& question);

Answer chat_answer(const Call& call, const Question& question, const Dialect& dialect);
/// read_chat and chat_answer, with the dialect's error body.
Answer chat(Call& call, World& world, const Dialect& dialect);

Answer embeddings(Call& call, World& world, const Dialect& dialect);
Answer transcription(Call& call, World& world, const Dialect& dialect);
Answer model_list(Call& call, World& world, const Dialect& dialect);

/// The usual answer for a model this provider does not have.
Trouble no_such_model(const std::string& model);
/// A field that is in `object` and not in `known`.
std::optional<std::string> unknown_field(const Json& object, const std::vector<std::string>& known);

void add_headers(Answer& answer, const Pairs& headers);

}  // namespace vignette::emulator
