// Gemini's OpenAI-compatible face: OpenAI's requests, and errors in an array of one.
#include "tests/emulator/providers/gemini.hpp"
#include "tests/emulator/providers/openai_shape.hpp"

namespace vignette::emulator {
namespace {

Answer refuse(const Trouble& trouble) {
  Answer one = refuse_gemini(trouble);
  one.body = "[" + one.body + "]";
  return one;
}

const Dialect& dialect() {
  static const Dialect d = [] {
    Dialect made;
    made.provider = "gemini";
    made.refuse = refuse;
    made.extra_fields = {"reasoning_effort", "extra_body"};
    made.most_body_bytes = 20'971'520;
    made.id_prefix = "";
    return made;
  }();
  return d;
}

}  // namespace

Answer gemini_compat(Call& call, World& world) {
  const KeyState state = world.keys.use(call.key).state;
  if (state == KeyState::Missing) return refuse({401, "Missing or invalid Authorization header."});
  if (state == KeyState::Wrong) return refuse({400, "API key not valid. Please pass a valid API key."});
  if (state != KeyState::Good) return refuse({429, "You exceeded your current quota."});
  // "models/gemini-…" is as good as "gemini-…" here.
  if (call.model.rfind("models/", 0) == 0) call.model.erase(0, 7);
  if (is(call, "POST", "/v1beta/openai/chat/completions")) return chat(call, world, dialect());
  if (is(call, "POST", "/v1beta/openai/embeddings")) return embeddings(call, world, dialect());
  if (is(call, "GET", "/v1beta/openai/models")) return model_list(call, world, dialect());
  return refuse({404, "Requested entity was not found."});
}

}  // namespace vignette::emulator
