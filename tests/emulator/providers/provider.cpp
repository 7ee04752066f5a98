#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {

const std::vector<Provider>& providers() {
  static const std::vector<Provider> all = {
      {"openai", handle_openai, refuse_openai, Cors::Yes},
      {"gemini", handle_gemini, refuse_gemini, Cors::Yes},
      {"anthropic", handle_anthropic, refuse_anthropic, Cors::WithAnthropicHeader},
      {"groq", handle_groq, refuse_groq, Cors::Yes},
      {"nvidia", handle_nvidia, refuse_nvidia, Cors::No},
      {"hf", handle_hf, refuse_hf, Cors::Yes},
      {"openrouter", handle_openrouter, refuse_openrouter, Cors::Yes},
      {"together", handle_together, refuse_together, Cors::Yes},
      {"mistral", handle_mistral, refuse_mistral, Cors::Yes},
      {"replicate", handle_replicate, refuse_replicate, Cors::No},
      {"ollama", handle_ollama, refuse_ollama, Cors::LocalOrigins},
      {"llamacpp", handle_llamacpp, refuse_llamacpp, Cors::Yes},
      {"vllm", handle_vllm, refuse_vllm, Cors::Yes},
      {"lmstudio", handle_lmstudio, refuse_lmstudio, Cors::Yes},
      {"whispercpp", handle_whispercpp, refuse_whispercpp, Cors::Yes},
      {"sdwebui", handle_sdwebui, refuse_sdwebui, Cors::No},
      {"dam", handle_dam, refuse_dam, Cors::No},
  };
  return all;
}

const Provider* find_provider(const std::string& name) {
  for (const Provider& provider : providers())
    if (name == provider.name) return &provider;
  return nullptr;
}

std::string key_of(const Call& call) {
  for (const char* name : {"x-api-key", "x-goog-api-key"})
    if (call.has_header(name)) return call.header(name);
  const std::string authorization = call.header("authorization");
  for (const char* scheme : {"Bearer ", "Token "})
    if (equal_ignoring_case(authorization.substr(0, std::string(scheme).size()), scheme))
      return authorization.substr(std::string(scheme).size());
  return call.param("key");
}

bool is(const Call& call, const char* method, const char* pattern, std::string* rest) {
  if (call.method != method && !(call.method == "HEAD" && std::string_view(method) == "GET")) return false;
  if (!matches_glob(call.path, pattern)) return false;
  if (rest != nullptr) {
    const std::string_view shape = pattern;
    const std::size_t star = shape.find('*');
    *rest = call.path.substr(star, call.path.size() - (shape.size() - 1));
  }
  return true;
}

}  // namespace vignette::emulator
