#pragma once
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {

/// Which fields OpenAI's reasoning models take.
std::optional<Trouble> openai_model_rules(const Json& body, const std::string& model,
                                          const std::string& effort);
/// A strict schema forbids other keys and requires all of its own, everywhere.
std::optional<Trouble> strict_schema_rules(const Json& schema, const std::string& where);

Answer openai_responses(Call& call, World& world, const Dialect& dialect);
Answer openai_images(Call& call, World& world);

}  // namespace vignette::emulator
