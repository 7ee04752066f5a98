#include "shared/formats/effective.hpp"

#include "shared/base/utf8.hpp"
#include "shared/formats/clip_estimate.hpp"

// The rules are those of the trainers' public code.

namespace vignette {
namespace {

constexpr std::size_t kClipTokens = 75;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    if (!line.empty()) out.emplace_back(line);
    at = end + 1;
  }
  return out;
}

/// Split at every comma, trimmed, without empties, joined again.
std::string rejoined(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = trim(text.substr(at, end - at));
    if (!part.empty()) {
      if (!out.empty()) out += ", ";
      out += part;
    }
    at = end + 1;
  }
  return out;
}

bool is_word_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u == '_';
}

bool holds_as_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_byte(text[at - 1])) && (end == text.size() || !is_word_byte(text[end])))
      return true;
  }
  return false;
}

/// The same in Replicate's trainer and in ai-toolkit, from which it came.
std::string with_trigger(std::string text, std::string_view trigger, bool deletes_unused,
                         std::vector<std::string>& notes) {
  const bool placeholder = text.find("[trigger]") != std::string::npos;
  if (trigger.empty()) {
    if (placeholder) {
      notes.emplace_back(deletes_unused
                             ? "Without a trigger word [trigger] is deleted."
                             : "Without a trigger word [trigger] stays in the text, brackets and all.");
    }
    return deletes_unused ? replaced(std::move(text), "[trigger]", "") : text;
  }
  const std::string word(trigger);
  if (placeholder) notes.push_back("[trigger] becomes " + word + ".");
  text = replaced(replaced(std::move(text), "[trigger]", trigger), "[name]", trigger);
  if (text.find(trigger) == std::string::npos) {
    notes.push_back("The trigger word " + word + " is put in front.");
    return word + " " + text;
  }
  if (!holds_as_word(text, trigger)) {
    notes.push_back("The trigger word " + word +
                    " is not put in front, because the letters occur inside another word.");
  }
  return text;
}

void note_missing(Trainer trainer, EffectiveCaption& out) {
  switch (trainer) {
    case Trainer::Musubi:
    case Trainer::DiffusionPipe:
    case Trainer::Finetrainers:
    case Trainer::Diffusers:
      out.notes.emplace_back("Without a caption the picture is left out of the training, silently.");
      return;
    case Trainer::Replicate:
      out.notes.emplace_back("Without a caption file the trainer writes one with its own model.");
      break;
    case Trainer::Kohya:
      out.notes.emplace_back("Without a caption file the folder's class words are used.");
      break;
    case Trainer::AiToolkit:
    case Trainer::OneTrainer: out.notes.emplace_back("Without a caption file the caption is empty."); break;
  }
  if (trainer != Trainer::Replicate) out.texts.emplace_back();
}

}  // namespace

const char* name_of(Trainer trainer) {
  switch (trainer) {
    case Trainer::Replicate: return "Replicate";
    case Trainer::AiToolkit: return "ai-toolkit";
    case Trainer::Kohya: return "kohya sd-scripts";
    case Trainer::Musubi: return "musubi-tuner";
    case Trainer::DiffusionPipe: return "diffusion-pipe";
    case Trainer::OneTrainer: return "OneTrainer";
    case Trainer::Finetrainers: return "finetrainers";
    case Trainer::Diffusers: return "diffusers";
  }
  return "Replicate";
}

EffectiveCaption effective_caption(Trainer trainer, std::optional<std::string_view> file,
                                   std::string_view trigger) {
  EffectiveCaption out;
  if (!file) {
    note_missing(trainer, out);
    return out;
  }
  if (file->starts_with("\xEF\xBB\xBF"))
    out.notes.emplace_back("The file begins with a byte-order mark, which the trainer reads as a letter.");
  const std::vector<std::string> lines = lines_of(*file);
  const bool several = lines.size() > 1;
  const std::string whole(trim(*file));

  switch (trainer) {
    case Trainer::Replicate:
      if (several) out.notes.emplace_back("Line breaks become commas.");
      out.texts = {with_trigger(rejoined(replaced(replaced(whole, "\n", ", "), "\r", ", ")), trigger, false,
                                out.notes)};
      break;
    case Trainer::AiToolkit:
      out.texts = {with_trigger(rejoined(whole), trigger, true, out.notes)};
      if (rejoined(whole) != whole)
        out.notes.emplace_back("The text is split at every comma and joined again with \", \".");
      break;
    case Trainer::Kohya:
      if (file->empty()) {
        out.notes.emplace_back("The file has no bytes, at which kohya's trainer stops.");
        return out;
      }
      if (several) out.notes.emplace_back("Only the first line is read.");
      // The very first line, even where it is empty and others follow.
      out.texts = {std::string(trim(file->substr(0, file->find_first_of("\r\n"))))};
      break;
    case Trainer::OneTrainer:
      if (several) out.notes.emplace_back("At every step one of the lines is chosen by chance.");
      out.texts = lines.empty() ? std::vector<std::string>{""} : lines;
      break;
    case Trainer::Finetrainers:
      out.texts = {trigger.empty() ? whole : std::string(trigger) + " " + whole};
      if (!trigger.empty())
        out.notes.push_back("The id token " + std::string(trigger) + " is put in front, always.");
      break;
    case Trainer::Musubi:
    case Trainer::DiffusionPipe:
    case Trainer::Diffusers: out.texts = {whole}; break;
  }

  const bool knows_trigger = trainer == Trainer::Replicate || trainer == Trainer::AiToolkit;
  if (!knows_trigger && whole.find("[trigger]") != std::string::npos)
    out.notes.emplace_back("This trainer does not know [trigger]; it stays in the text, brackets and all.");
  if (!out.texts.empty()) {
    out.read_until = where_clip_stops(out.texts.front(), kClipTokens);
    if (out.read_until) {
      out.notes.push_back("CLIP reads about " + std::to_string(kClipTokens) +
                          " tokens and this text has about " +
                          std::to_string(about_clip_tokens(out.texts.front())) +
                          "; what follows is seen only by trainers with a longer encoder.");
    }
  }
  return out;
}

}  // namespace vignette
