#include "wasm/ui/rooms/author.hpp"

#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/progress.hpp"

namespace vignette::ui {

void author_badge(Ui& ui, const Caption& caption) {
  struct Words {
    const char* icon;
    std::string text;
  };
  Words words;
  switch (caption.author.kind) {
    case AuthorKind::Human: words = {icon::kUser, "Written by you"}; break;
    case AuthorKind::Import: words = {icon::kFileText, "From a file"}; break;
    case AuthorKind::Model: words = {icon::kBot, caption.author.model}; break;
  }
  const ImRect rect = take({badge_width(ui, words.text, words.icon), ui.px(22)});
  describe(ui, ImGui::GetID("author"), rect, "text", words.text);
  badge_at(ui, rect.Min, words.text, words.icon, ui.look.bg3, ui.look.text2);
}

}  // namespace vignette::ui
