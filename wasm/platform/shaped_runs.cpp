#include "wasm/platform/shaped_runs.hpp"

#include <GLES3/gl3.h>
#include <algorithm>

#include "wasm/platform/host_calls.hpp"

namespace vignette {
namespace {

constexpr std::size_t kBudget = std::size_t{16} << 20;

std::string key_of(std::string_view text, float px, float wrap_px, std::uint32_t rgba) {
  return std::to_string(px) + '/' + std::to_string(wrap_px) + '/' + std::to_string(rgba) + '/' +
         std::string(text);
}

void free_texture(std::uint64_t name) {
  const auto texture = static_cast<GLuint>(name);
  if (texture != 0) glDeleteTextures(1, &texture);
}

unsigned texture_of_run(host::RunSize size) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, size.width, size.height);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  host::upload_run();
  return texture;
}

}  // namespace

std::optional<ui::ShapedRun> ShapedRuns::shape(std::string_view utf8, float px, float wrap_px,
                                               std::uint32_t rgba) {
  const std::string key = key_of(utf8, px, wrap_px, rgba);
  auto found = runs_.find(key);
  if (found == runs_.end()) {
    Kept kept;
    const host::RunSize size = host::shape_run(std::string(utf8), px * density_, wrap_px * density_, rgba);
    if (size.width > 0 && size.height > 0) {
      kept.run.texture = texture_of_run(size);
      kept.run.w = static_cast<float>(size.width) / density_;
      kept.run.h = static_cast<float>(size.height) / density_;
      kept.bytes = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
      bytes_ += kept.bytes;
    }
    found = runs_.emplace(key, kept).first;
  }
  found->second.used = frame_;
  if (found->second.run.texture == 0) return std::nullopt;
  return found->second.run;
}

void ShapedRuns::set_density(float density) {
  if (density == density_) return;
  density_ = density;
  free_all();
}

void ShapedRuns::next_frame() {
  ++frame_;
  while (bytes_ > kBudget) {
    const auto oldest = std::min_element(runs_.begin(), runs_.end(), [](const auto& a, const auto& b) {
      return a.second.used < b.second.used;
    });
    if (oldest->second.used + 1 >= frame_) return;  // all of it is on screen
    free_texture(oldest->second.run.texture);
    bytes_ -= oldest->second.bytes;
    runs_.erase(oldest);
  }
}

void ShapedRuns::free_all() {
  for (const auto& [key, kept] : runs_) free_texture(kept.run.texture);
  context_lost();
}

}  // namespace vignette
