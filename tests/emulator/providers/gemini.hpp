#pragma once
#include "tests/emulator/mind/question.hpp"
#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {

/// snake_case names become camelCase wherever Gemini's own fields are, as its JSON reader does.
Json in_camel_case(const Json& value);

Answer gemini_generate(Call& call, World& world, const std::string& model);
Answer gemini_embed(Call& call, World& world, const std::string& model, bool batch);
Answer gemini_interactions(Call& call, World& world);
Answer gemini_files(Call& call, World& world);
/// The OpenAI-compatible face below /v1beta/openai.
Answer gemini_compat(Call& call, World& world);
/// A one-pixel-exact copy of Google's error, with its details.
Answer gemini_error(int status, const char* word, const std::string& message, Json details = Json::array());
/// The bytes of a part's picture or sound: inline, or uploaded before.
std::optional<std::string> gemini_media(const Json& part, World& world, std::string& mime);

}  // namespace vignette::emulator
