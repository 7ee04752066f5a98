#pragma once
#include <string>
#include <vector>

#include "shared/provider/model.hpp"
#include "shared/provider/reply.hpp"

namespace vignette::provider {

/// A model as its provider lists it. What a list does not say stays empty.
struct ListedModel {
  std::string id;
  std::string name;
  std::string retires;  ///< YYYY-MM-DD
  bool retired = false;
  std::optional<bool> vision;
};

Result<HttpCall> list_call(const Provider& provider);
/// All the shapes of lists: {"data":[…]}, a bare list, Gemini's and Ollama's {"models":[…]}.
Reply<std::vector<ListedModel>> read_list(const Provider& provider, const HttpReply& reply, TimeMs now = 0);

}  // namespace vignette::provider
