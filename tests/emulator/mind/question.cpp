#include "tests/emulator/mind/question.hpp"

#include <cctype>

#include "tests/emulator/mind/prompt.hpp"
#include "tests/emulator/mind/structure.hpp"

namespace vignette::emulator {
namespace {

std::string tags_of(const Picture& p) {
  std::string text;
  for (const std::string& colour : p.colours) text += colour + ", ";
  text += p.brightness < 85 ? "dark, " : p.brightness > 170 ? "bright, " : "";
  text += p.width > p.height ? "landscape, " : p.width < p.height ? "portrait, " : "square, ";
  return text + std::to_string(p.width) + "x" + std::to_string(p.height);
}

std::string plain_caption(const Question& q) {
  if (!q.pictures.empty()) {
    std::string text;
    if (q.pictures.size() > 1) text = std::to_string(q.pictures.size()) + " pictures: ";
    for (std::size_t i = 0; i < q.pictures.size(); ++i)
      text += (i == 0 ? "" : "; ") + describe(q.pictures[i]);
    return text;
  }
  if (!q.sounds.empty()) return transcribe(q.sounds[0]);
  return "no picture came with: " + first_words(q.prompt, 30);
}

std::string in_fence(const Json& json) { return "```json\n" + json.dump(2) + "\n```"; }

std::string compose(const Question& q) {
  if (q.script.say) return *q.script.say;
  Wishes wishes = wishes_in(q.system + "\n" + q.prompt);
  std::string caption = plain_caption(q);
  if (q.sounds.empty() || !q.pictures.empty()) {
    if (wishes.tags && !q.pictures.empty()) caption = tags_of(q.pictures[0]);
    if (!wishes.begin_with.empty()) caption = wishes.begin_with + ", " + caption;
    if (wishes.most_words > 0) caption = first_words(caption, wishes.most_words);
    if (wishes.sentence && !caption.empty()) {
      if (wishes.begin_with.empty())
        caption[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(caption[0])));
      if (caption.back() != '.') caption += '.';
    }
  }
  if (q.schema) return dump(fill(*q.schema, q, caption));
  Json structured;
  if (wishes.boxes) {
    structured = boxes_of(q);
  } else if (wishes.series) {
    structured = series_of(q);
  } else if (wishes.description || wishes.caption_json || q.json) {
    structured = scene_of(q, caption);
  } else {
    return caption;
  }
  // Asked for in words only, models like to put JSON into a fence; clients must take it out.
  return q.json ? dump(structured) : in_fence(structured);
}

}  // namespace

std::vector<std::string> tokens_of(const std::string& text) {
  std::vector<std::string> tokens;
  std::string token;
  for (std::size_t i = 0; i < text.size(); ++i) {
    token += text[i];
    if (text[i] == ' ' && (i + 1 == text.size() || text[i + 1] != ' ')) {
      tokens.push_back(token);
      token.clear();
    }
  }
  if (!token.empty()) tokens.push_back(token);
  return tokens;
}

Reply answer(const Question& q) {
  Reply reply;
  reply.text = compose(q);
  reply.finish = q.script.finish.empty() ? "stop" : q.script.finish;
  auto tokens = tokens_of(reply.text);
  if (q.script.finish == "length") tokens.resize((tokens.size() + 1) / 2);
  if (q.max_tokens > 0 && tokens.size() > static_cast<std::size_t>(q.max_tokens)) {
    tokens.resize(static_cast<std::size_t>(q.max_tokens));
    reply.finish = "length";
  }
  if (reply.finish == "length") {
    reply.text.clear();
    for (const std::string& token : tokens) reply.text += token;
  }
  if (reply.finish == "filtered") reply.text.clear();
  reply.completion_tokens = static_cast<int>(tokens.size());
  reply.prompt_tokens =
      static_cast<int>(tokens_of(q.system + " " + q.prompt).size() + 258 * q.pictures.size());
  return reply;
}

}  // namespace vignette::emulator
