#include "tests/emulator/core/answer.hpp"

namespace vignette::emulator {

Answer json_answer(const Json& body, int status) {
  Answer answer;
  answer.status = status;
  answer.body = dump(body);
  return answer;
}

Answer text_answer(std::string body, std::string content_type, int status) {
  Answer answer;
  answer.status = status;
  answer.content_type = std::move(content_type);
  answer.body = std::move(body);
  return answer;
}

Answer bytes_answer(std::string body, std::string content_type) {
  return text_answer(std::move(body), std::move(content_type));
}

Answer empty_answer(int status) { return text_answer("", "", status); }

std::string sse(const Json& data, const std::string& event) {
  std::string text = event.empty() ? "" : "event: " + event + "\n";
  return text + "data: " + dump(data) + "\n\n";
}

}  // namespace vignette::emulator
