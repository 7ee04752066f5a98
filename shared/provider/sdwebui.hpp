#pragma once
#include "shared/provider/drawing.hpp"
#include "shared/provider/openai_chat.hpp"

namespace vignette::provider {

// Stable Diffusion WebUI on somebody's own machine: it draws, and it describes pictures with BLIP or
// DeepDanbooru.
Result<HttpCall> sdwebui_draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_sdwebui_drawing(const Route& route, const HttpReply& reply, TimeMs now);

Result<HttpCall> sdwebui_tag_call(const Route& route, const ChatPlan& plan);
Reply<Answer> read_sdwebui_tags(const Route& route, const HttpReply& reply, TimeMs now);

}  // namespace vignette::provider
