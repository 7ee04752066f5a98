#pragma once
#include "relay/accounts/accounts.hpp"
#include "relay/forward/skim.hpp"
#include "shared/provider/chat.hpp"
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/model.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::relay {

// The most a request can cost, never an average: what is reserved before anything is sent. `priced` is a
// model with a price for everything (Plan::priced).

MicroUsd chat_ceiling(const provider::Model& priced, std::uint64_t text_bytes, std::uint64_t images,
                      std::int64_t output_tokens);
MicroUsd chat_ceiling(const provider::Model& priced, const provider::ChatRequest& request,
                      std::int64_t output_tokens);
MicroUsd drawing_ceiling(const provider::Model& priced, const provider::DrawRequest& request);
MicroUsd speech_ceiling(const provider::Model& priced, const provider::SpeechRequest& request);
MicroUsd embedding_ceiling(const provider::Model& priced, const provider::EmbedRequest& request);

/// What an answer cost, where its usage is known well enough to believe it.
std::optional<MicroUsd> cost_of_answer(const provider::Model& priced, const provider::Usage& usage,
                                       std::int64_t images);
Consumption consumption_of(const provider::Usage& usage, std::int64_t images);

}  // namespace vignette::relay
