#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/model.hpp"
#include "shared/provider/reply.hpp"

namespace vignette::provider {

// Pictures as OpenAI draws them, and Together, which writes the size in two fields.
Result<HttpCall> openai_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_openai_drawing(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
