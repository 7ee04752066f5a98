#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>

#include "wasm/ui/shaped_text.hpp"

namespace vignette {

/// Texts that need the browser's text engine (Arabic, Hebrew, Indic scripts, joined emoji …), each drawn once
/// into a texture of its own and kept while it is looked at.
class ShapedRuns : public ui::TextShaper {
 public:
  std::optional<ui::ShapedRun> shape(std::string_view utf8, float px, float wrap_px,
                                     std::uint32_t rgba) override;

  /// Device pixels per CSS pixel; another density redraws everything.
  void set_density(float density);
  /// Forgets the runs least recently drawn when they take too much room. Call once a frame.
  void next_frame();
  void context_lost() {
    runs_.clear();
    bytes_ = 0;
  }

 private:
  struct Kept {
    ui::ShapedRun run;
    std::size_t bytes = 0;
    std::uint64_t used = 0;
  };
  void free_all();

  float density_ = 1;
  std::uint64_t frame_ = 0;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, Kept> runs_;
};

}  // namespace vignette
