#pragma once
#include "shared/provider/embedding.hpp"
#include "shared/provider/model.hpp"
#include "shared/provider/reply.hpp"

namespace vignette::provider {

// OpenAI's embeddings; NVIDIA's want to know whether a text searches or is searched, and take pictures as
// data: URLs.
Result<HttpCall> openai_embed_call(const Route& route, const EmbedRequest& request);
Reply<Embeddings> read_openai_embeddings(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
