#include "tests/emulator/core/models.hpp"

#include <algorithm>

namespace vignette::emulator {
namespace {

const std::vector<Model>& at_start() {
  static const std::vector<Model> models = {
      {"openai", "gpt-6-luna", "tv"},
      {"openai", "gpt-6-sol", "tv"},
      {"openai", "gpt-6.1-terra", "tv"},
      {"openai", "gpt-5.6-luna", "tv"},
      {"openai", "gpt-5.6-sol", "tv"},
      {"openai", "gpt-5.4-nano", "tv"},
      {"openai", "gpt-4o", "tv", 0, "2027-01-14"},
      {"openai", "gpt-4o-mini", "tv", 0, "2027-01-14"},
      {"openai", "gpt-4.1", "tv", 0, "2027-01-14"},
      {"openai", "gpt-4.1-mini", "tv", 0, "2027-01-14"},
      {"openai", "gpt-3.5-turbo", "t"},
      {"openai", "gpt-transcribe", "s"},
      {"openai", "gpt-4o-transcribe", "s", 0, "2027-02-26"},
      {"openai", "gpt-4o-mini-transcribe", "s", 0, "2027-02-26"},
      {"openai", "whisper-1", "s", 0, "2027-02-26"},
      {"openai", "gpt-image-2", "i"},
      {"openai", "gpt-image-1", "i", 0, "2026-10-23"},
      {"openai", "gpt-image-1-mini", "i", 0, "2026-12-01"},
      {"openai", "text-embedding-3-small", "e", 1536},
      {"openai", "text-embedding-3-large", "e", 3072},
      {"openai", "text-embedding-ada-002", "e", 1536},
      {"gemini", "gemini-3.5-flash-lite", "tv"},
      {"gemini", "gemini-3.5-flash", "tv"},
      {"gemini", "gemini-3.8-flash", "tv"},
      {"gemini", "gemini-3.1-flash-lite", "tv", 0, "2027-05-07"},
      {"gemini", "gemini-3.1-pro-preview", "tv"},
      {"gemini", "gemini-2.5-flash", "tv", 0, "2026-12-01"},
      {"gemini", "gemini-2.5-flash-lite", "tv"},
      {"gemini", "gemini-2.5-pro", "tv"},
      {"gemini", "gemini-2.0-flash", "tv", 0, "2026-06-01"},
      {"gemini", "gemini-flash-latest", "tv"},
      {"gemini", "gemini-flash-lite-latest", "tv"},
      {"gemini", "gemini-pro-latest", "tv"},
      {"gemini", "gemma-4-31b-it", "tv"},
      {"gemini", "gemini-3.5-transcribe", "s"},
      {"gemini", "gemini-3.1-flash-image", "i"},
      {"gemini", "gemini-2.5-flash-image", "i"},
      {"gemini", "gemini-embedding-001", "e", 3072},
      {"gemini", "gemini-embedding-2", "ep", 3072},
      {"anthropic", "claude-haiku-5-5", "tv"},
      {"anthropic", "claude-sonnet-5-5", "tv"},
      {"anthropic", "claude-opus-5-5", "tv"},
      {"anthropic", "claude-haiku-4-5", "tv"},
      {"anthropic", "claude-sonnet-4-5", "tv", 0, "2026-11-30"},
      {"groq", "qwen/qwen3.6-27b", "tv"},
      {"groq", "qwen/qwen3.8-27b", "tv"},
      {"groq", "meta-llama/llama-4-scout-17b-16e-instruct", "tv", 0, "2026-07-17"},
      {"groq", "meta-llama/llama-4-maverick-17b-128e-instruct", "tv", 0, "2026-03-09"},
      {"groq", "llama-3.3-70b-versatile", "t"},
      {"groq", "whisper-large-v3", "s"},
      {"groq", "whisper-large-v3-turbo", "s"},
      {"nvidia", "nvidia/nemotron-nano-12b-v2-vl", "tv"},
      {"nvidia", "nvidia/llama-3.1-nemotron-nano-vl-8b-v1", "tv"},
      {"nvidia", "meta/llama-3.2-90b-vision-instruct", "tv"},
      {"nvidia", "meta/llama-3.2-11b-vision-instruct", "tv"},
      {"nvidia", "google/gemma-4-31b-it", "tv"},
      {"nvidia", "microsoft/kosmos-2", "tv", 0, "2026-07-01"},
      {"nvidia", "nvidia/vila", "tv", 0, "2026-07-01"},
      {"nvidia", "nvidia/nvclip", "ep", 1024},
      {"nvidia", "nvidia/llama-nemotron-embed-1b-v2", "e", 2048},
      {"nvidia", "nvidia/nv-embedqa-e5-v5", "e", 1024},
      {"nvidia", "black-forest-labs/flux.1-schnell", "i"},
      {"nvidia", "black-forest-labs/flux.1-dev", "i"},
      {"nvidia", "black-forest-labs/flux.2-klein-4b", "i"},
      {"hf", "google/gemma-4-31B-it", "tv"},
      {"hf", "google/gemma-3-27b-it", "tv"},
      {"hf", "meta-llama/Llama-3.3-70B-Instruct", "t"},
      {"hf", "Salesforce/blip-image-captioning-large", "c"},
      {"hf", "Salesforce/blip-image-captioning-base", "c"},
      {"hf", "openai/whisper-large-v3", "s"},
      {"hf", "openai/whisper-large-v3-turbo", "s"},
      {"hf", "black-forest-labs/FLUX.1-schnell", "i"},
      {"hf", "sentence-transformers/all-MiniLM-L6-v2", "e", 384},
      {"openrouter", "google/gemini-3.5-flash-lite", "tv"},
      {"openrouter", "openai/gpt-6-luna", "tv"},
      {"openrouter", "qwen/qwen3-vl-8b-instruct:free", "tv"},
      {"openrouter", "meta-llama/llama-3.3-70b-instruct", "t"},
      {"openrouter", "openai/text-embedding-3-small", "e", 1536},
      {"together", "Qwen/Qwen3-VL-8B-Instruct", "tv"},
      {"together", "black-forest-labs/FLUX.1-schnell", "i"},
      {"together", "openai/whisper-large-v3", "s"},
      {"together", "BAAI/bge-base-en-v1.5", "e", 768},
      {"mistral", "mistral-small-latest", "tv"},
      {"mistral", "pixtral-12b-latest", "tv"},
      {"mistral", "open-mistral-nemo", "t"},
      {"mistral", "voxtral-mini-latest", "s"},
      {"mistral", "mistral-embed", "e", 1024},
      {"replicate", "black-forest-labs/flux-schnell", "i"},
      {"replicate", "black-forest-labs/flux-dev", "i"},
      {"replicate", "salesforce/blip", "c"},
      {"replicate", "andreasjansson/blip-2", "c"},
      {"replicate", "yorickvp/llava-13b", "v"},
      {"replicate", "openai/whisper", "s"},
      {"ollama", "gemma3:4b", "tv"},
      {"ollama", "llava:latest", "tv1"},
      {"ollama", "qwen3-vl:latest", "tvk"},
      {"ollama", "llama3.2:latest", "t"},
      {"ollama", "all-minilm:latest", "e", 384},
      {"llamacpp", "gemma-3-4b-it-Q4_K_M.gguf", "tve", 768},
      {"vllm", "Qwen/Qwen3-VL-8B-Instruct", "tv"},
      {"vllm", "openai/whisper-large-v3", "s"},
      {"vllm", "intfloat/e5-small-v2", "e", 384},
      {"lmstudio", "qwen3-vl-4b", "tv"},
      {"lmstudio", "text-embedding-nomic-embed-text-v1.5", "e", 768},
      {"dam", "describe_anything_model", "v"},
      {"sdwebui", "v1-5-pruned-emaonly", "i"},
  };
  return models;
}

}  // namespace

Models::Models() : models_(at_start()) {}

std::optional<Model> Models::find(const std::string& provider, const std::string& id) const {
  const std::lock_guard lock(mutex_);
  for (const Model& model : models_)
    if (model.provider == provider && model.id == id && alive(model)) return model;
  return std::nullopt;
}

std::vector<Model> Models::of(const std::string& provider) const {
  const std::lock_guard lock(mutex_);
  std::vector<Model> found;
  for (const Model& model : models_)
    if (model.provider == provider && alive(model)) found.push_back(model);
  return found;
}

void Models::add(Model model) {
  remove(model.provider, model.id);
  const std::lock_guard lock(mutex_);
  models_.push_back(std::move(model));
}

void Models::remove(const std::string& provider, const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(models_, [&](const Model& model) { return model.provider == provider && model.id == id; });
}

void Models::set_today(std::string date) {
  const std::lock_guard lock(mutex_);
  today_ = std::move(date);
}

void Models::clear() {
  const std::lock_guard lock(mutex_);
  models_ = at_start();
  today_.clear();
}

}  // namespace vignette::emulator
