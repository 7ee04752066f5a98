#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vignette {

enum class Trainer {
  Replicate,  ///< ostris/flux-dev-lora-trainer
  AiToolkit,
  Kohya,  ///< sd-scripts
  Musubi,
  DiffusionPipe,
  OneTrainer,
  Finetrainers,
  Diffusers,  ///< Hugging Face's example scripts, with metadata.jsonl
};
const char* name_of(Trainer trainer);

/// What a trainer will really learn from, which is seldom what the file says.
struct EffectiveCaption {
  /// The texts it chooses from; one with most trainers. None: the picture is not trained.
  std::vector<std::string> texts;
  /// What happens on the way, in sentences: "The trigger word TOK is put in front."
  std::vector<std::string> notes;
  /// Where about the text encoder stops reading the first text: the byte after the last word it sees.
  /// An estimate, because counting exactly needs the encoder's own vocabulary.
  std::optional<std::size_t> read_until;
};

/// `file`: the caption file's whole text; nothing: there is no such file. `trigger` is the trainer's own
/// setting ("TOK" with Replicate unless changed); empty switches it off.
EffectiveCaption effective_caption(Trainer trainer, std::optional<std::string_view> file,
                                   std::string_view trigger = {});

/// About how many tokens CLIP makes of a text, without its two markers.
std::size_t about_clip_tokens(std::string_view text);

}  // namespace vignette
