#pragma once
#include <functional>

#include "tests/emulator/core/answer.hpp"
#include "tests/emulator/core/world.hpp"

namespace vignette::emulator {

/// Whether a page of another origin may read the answers.
enum class Cors { No, Yes, WithAnthropicHeader, LocalOrigins };

struct Provider {
  const char* name;  ///< the first path segment
  Answer (*handle)(Call&, World&);
  Answer (*refuse)(const Trouble&);  ///< its own error body
  Cors cors = Cors::No;
};

/// All of them.
const std::vector<Provider>& providers();
const Provider* find_provider(const std::string& name);

/// The key a request carries: bearer, x-api-key, x-goog-api-key, or ?key=.
std::string key_of(const Call& call);

/// `pattern` against method and path; `*` matches anything and is given back in `rest`.
bool is(const Call& call, const char* method, const char* pattern, std::string* rest = nullptr);

// One function for each file in this folder.
Answer handle_openai(Call&, World&);
Answer handle_gemini(Call&, World&);
Answer handle_anthropic(Call&, World&);
Answer handle_groq(Call&, World&);
Answer handle_nvidia(Call&, World&);
Answer handle_hf(Call&, World&);
Answer handle_openrouter(Call&, World&);
Answer handle_together(Call&, World&);
Answer handle_mistral(Call&, World&);
Answer handle_replicate(Call&, World&);
Answer handle_ollama(Call&, World&);
Answer handle_llamacpp(Call&, World&);
Answer handle_vllm(Call&, World&);
Answer handle_lmstudio(Call&, World&);
Answer handle_whispercpp(Call&, World&);
Answer handle_sdwebui(Call&, World&);
Answer handle_dam(Call&, World&);

Answer refuse_openai(const Trouble&);
Answer refuse_gemini(const Trouble&);
Answer refuse_anthropic(const Trouble&);
Answer refuse_groq(const Trouble&);
Answer refuse_nvidia(const Trouble&);
Answer refuse_hf(const Trouble&);
Answer refuse_openrouter(const Trouble&);
Answer refuse_together(const Trouble&);
Answer refuse_mistral(const Trouble&);
Answer refuse_replicate(const Trouble&);
Answer refuse_ollama(const Trouble&);
Answer refuse_llamacpp(const Trouble&);
Answer refuse_vllm(const Trouble&);
Answer refuse_lmstudio(const Trouble&);
Answer refuse_whispercpp(const Trouble&);
Answer refuse_sdwebui(const Trouble&);
Answer refuse_dam(const Trouble&);

}  // namespace vignette::emulator
