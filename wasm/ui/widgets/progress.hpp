#pragma once
#include <string_view>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

/// 0…1 of something done; `shown` says it in words.
void progress_bar(Ui& ui, const ImRect& rect, const char* id, std::string_view name, float fraction,
                  std::string_view shown);

/// A small round-cornered label; returns its width. Drawn only: what it says belongs to the node it sits on.
float badge_at(Ui& ui, ImVec2 top_left, std::string_view text, const char* icon, ImU32 fill, ImU32 ink);
float badge_width(const Ui& ui, std::string_view text, const char* icon);

}  // namespace vignette::ui
