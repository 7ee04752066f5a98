#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/caption/description.hpp"
#include "shared/caption/examine.hpp"
#include "shared/caption/preset.hpp"
#include "shared/caption/variables.hpp"
#include "shared/provider/chat.hpp"

namespace vignette::caption {

/// Everything that one question to a model is made of.
///
///   CaptionTask task{.preset = preset_for(chosen, category), .values = values_of(item), .picture = copy};
///   value_of(task.values, Variable::Context) = context;
///   Result<ChatRequest> request = request_for(task);         // send it
///   ReadCaption read = read_caption(task, answer);
///   if (read.examined.outcome == Outcome::Repair) request = repair_for(task, read.examined);   // once
struct CaptionTask {
  Preset preset;
  Values values;
  provider::Media picture;  ///< a reference; its bytes are never copied here
};

Situation situation_of(const CaptionTask& task, bool cut_off = false);

/// The picture first, then the words, as the providers' guides advise.
Result<provider::ChatRequest> request_for(const CaptionTask& task);
/// The same question once more with what was wrong about the answer. One turn, because not every model
/// follows a conversation with a picture in it.
Result<provider::ChatRequest> repair_for(const CaptionTask& task, const Examined& examined);

struct ReadCaption {
  Examined examined;                       ///< its caption is what to store
  std::optional<Description> description;  ///< of a preset that asks for one
};
/// `second`: this answers a repair.
ReadCaption read_caption(const CaptionTask& task, const provider::Answer& answer, bool second = false);

/// A caption that is there, with a wish: "make it shorter". For a text model; nothing is sent but the words.
provider::ChatRequest refine_request(const std::string& caption, const std::string& wish,
                                     const Parameters& parameters);

}  // namespace vignette::caption
