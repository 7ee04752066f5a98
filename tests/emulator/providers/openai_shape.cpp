#include "tests/emulator/providers/openai_shape.hpp"

#include <algorithm>

#include "tests/emulator/core/clock.hpp"

namespace vignette::emulator {

void add_headers(Answer& answer, const Pairs& headers) {
  answer.headers.insert(answer.headers.end(), headers.begin(), headers.end());
}

Trouble no_such_model(const std::string& model) {
  return {404, "The model `" + model + "` does not exist or you do not have access to it.", "model_not_found",
          "model"};
}

std::optional<std::string> unknown_field(const Json& object, const std::vector<std::string>& known) {
  for (const auto& [name, value] : object.items())
    if (std::find(known.begin(), known.end(), name) == known.end()) return name;
  return std::nullopt;
}

// The providers show the ends of a wrong key, so that people recognise it. Relays must not pass that on.
static std::string masked(const std::string& key) {
  if (key.size() < 12) return std::string(key.size(), '*');
  return key.substr(0, 4) + std::string(key.size() - 8, '*') + key.substr(key.size() - 4);
}

std::optional<Answer> admit(Call& call, World& world, const Dialect& dialect, Pairs& headers) {
  headers.emplace_back("x-request-id", "req_" + new_id(24));
  if (!dialect.needs_key) return std::nullopt;
  const Keys::Verdict verdict = world.keys.use(call.key);
  Trouble trouble;
  switch (verdict.state) {
    case KeyState::Good:
      headers.emplace_back("x-ratelimit-limit-requests", std::to_string(verdict.limit));
      headers.emplace_back("x-ratelimit-remaining-requests", std::to_string(verdict.remaining));
      headers.emplace_back("x-ratelimit-reset-requests", "6ms");
      headers.emplace_back("x-ratelimit-limit-tokens", "2000000");
      headers.emplace_back("x-ratelimit-remaining-tokens", "1998500");
      headers.emplace_back("x-ratelimit-reset-tokens", "45ms");
      return std::nullopt;
    case KeyState::Missing:
      trouble = {401,
                 "You didn't provide an API key. Send it in an Authorization header, as Bearer YOUR_KEY.",
                 "missing_api_key"};
      break;
    case KeyState::Wrong:
      trouble = {401, "Incorrect API key provided: " + masked(call.key) + ".", "invalid_api_key"};
      break;
    case KeyState::Limited:
      trouble = {429, "Rate limit reached for requests. Please try again later.", "rate_limit_exceeded"};
      trouble.retry_after = verdict.retry_after;
      break;
    case KeyState::Spent:
      trouble = {429, "You exceeded your current quota, please check your plan and billing details.",
                 "insufficient_quota"};
      break;
  }
  Answer answer = dialect.refuse(trouble);
  add_headers(answer, headers);
  return answer;
}

Answer model_list(Call& call, World& world, const Dialect& dialect) {
  (void)call;
  Json data = Json::array();
  for (const Model& model : world.models.of(dialect.provider)) {
    Json one{{"id", model.id}, {"object", "model"}, {"created", 1795219200}, {"owned_by", dialect.provider}};
    if (dialect.provider == "openai")
      one["shutdown_date"] = model.retires.empty() ? Json(nullptr) : Json(model.retires);
    data.push_back(std::move(one));
  }
  return json_answer({{"object", "list"}, {"data", data}});
}

Answer embeddings(Call& call, World& world, const Dialect& dialect) {
  const Json& body = call.json;
  const auto fail = [&](int status, std::string message, std::string code, std::string param) {
    return dialect.refuse({status, std::move(message), std::move(code), std::move(param)});
  };
  if (!body.is_object()) return fail(400, "We could not parse the JSON body of your request.", "", "");
  auto model = world.models.find(dialect.provider, call.model);
  if (!model && dialect.any_model) model = Model{dialect.provider, call.model, "e", 768, ""};
  if (!model || !model->can('e')) return dialect.refuse(no_such_model(call.model));
  std::vector<Json> inputs;
  if (const Json& input = member(body, "input"); input.is_array()) {
    inputs.assign(input.begin(), input.end());
  } else if (input.is_string()) {
    inputs.push_back(input);
  }
  if (inputs.empty()) return fail(400, "'$.input' is invalid. Please check the API reference.", "", "input");
  if (inputs.size() > 2048) return fail(400, "'$.input' is too long: at most 2048 items.", "", "input");
  int dimensions = model->dimensions;
  if (has(body, "dimensions")) {
    dimensions = int_in(body, "dimensions");
    if (dimensions < 1 || dimensions > model->dimensions || model->id == "text-embedding-ada-002")
      return fail(400,
                  "This model does not support specifying dimensions " + std::to_string(dimensions) + ".", "",
                  "dimensions");
  }
  const std::string encoding = text_in(body, "encoding_format", "float");
  if (encoding != "float" && encoding != "base64")
    return fail(400, "'" + encoding + "' is not one of ['float', 'base64'].", "", "encoding_format");
  Json data = Json::array();
  int tokens = 0;
  for (const Json& input : inputs) {
    std::string text = input.is_string() ? input.get<std::string>() : dump(input);
    if (input.is_string() && text.empty())
      return fail(400, "'$.input' is invalid: an input is empty.", "", "input");
    std::vector<float> vector;
    if (text.rfind("data:image/", 0) == 0) {
      const Picture* picture = model->can('p') ? call.look_at_data_uri(text) : nullptr;
      if (picture == nullptr) return fail(400, "This input is not an image that can be read.", "", "input");
      vector = embed(*picture, dimensions);
    } else {
      vector = embed(text, dimensions);
      tokens += static_cast<int>(tokens_of(text).size());
    }
    data.push_back({{"object", "embedding"},
                    {"index", data.size()},
                    {"embedding", encoding == "base64" ? Json(as_base64(vector)) : as_floats(vector)}});
  }
  return json_answer({{"object", "list"},
                      {"data", data},
                      {"model", call.model},
                      {"usage", {{"prompt_tokens", tokens}, {"total_tokens", tokens}}}});
}

}  // namespace vignette::emulator
