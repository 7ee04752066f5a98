#include "wasm/ui/text.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/ui/text_class.hpp"

namespace vignette::ui {
namespace {

constexpr std::string_view kEllipsis = "…";

ImFont* face(const Ui& ui, const Ink& ink) {
  ImFont* font = ink.semibold ? ui.views.fonts.semibold : ui.views.fonts.regular;
  return font ? font : ImGui::GetFont();
}

ImVec2 measure(const Ui& ui, const Ink& ink, std::string_view text, float wrap = 0) {
  return face(ui, ink)->CalcTextSizeA(ui.px(ink.size), FLT_MAX, wrap, text.data(), text.data() + text.size());
}

std::optional<ShapedRun> shaped(const Ui& ui, const Ink& ink, std::string_view text, float wrap) {
  if (!ui.views.shaper || classify(text) == TextClass::Simple) return std::nullopt;
  return ui.views.shaper->shape(text, ui.px(ink.size), wrap, ink.color);
}

/// The run's top left part that fits into `box`.
void draw_run(Ui& ui, const ImRect& box, const ShapedRun& run) {
  const float w = std::min(run.w, box.GetWidth());
  const float h = std::min(run.h, box.GetHeight());
  if (w <= 0 || h <= 0) return;
  const ImVec2 uv_end{run.u0 + (run.u1 - run.u0) * w / run.w, run.v0 + (run.v1 - run.v0) * h / run.h};
  ui.list().AddImage(ImTextureRef(run.texture), box.Min, box.Min + ImVec2(w, h), {run.u0, run.v0}, uv_end);
}

/// Whole pixels keep letters sharp.
ImVec2 snapped(ImVec2 at) { return {std::floor(at.x + 0.5F), std::floor(at.y + 0.5F)}; }

void add_text(Ui& ui, ImVec2 at, const Ink& ink, std::string_view text, float wrap = 0,
              const ImVec4* clip = nullptr) {
  if (text.empty()) return;
  ui.list().AddText(face(ui, ink), ui.px(ink.size), snapped(at), ink.color, text.data(),
                    text.data() + text.size(), wrap, clip);
}

/// Breaks the text to `wrap` and hands out line by line.
template <class Use>
void for_each_line(const Ui& ui, const Ink& ink, std::string_view text, float wrap, Use use) {
  ImFont* font = face(ui, ink);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    const char* hard_end = std::find(at, end, '\n');
    do {
      const char* line_end = font->CalcWordWrapPosition(ui.px(ink.size), at, hard_end, wrap);
      if (line_end == at && at < hard_end) ++line_end;  // narrower than a letter
      use(std::string_view(at, static_cast<std::size_t>(line_end - at)));
      at = line_end;
      while (at < hard_end && *at == ' ') ++at;
    } while (at < hard_end);
    at = hard_end == end ? end : hard_end + 1;
  }
}

}  // namespace

float line_height(const Ui& ui, const Ink& ink) { return ui.px(ink.size); }

float text_width(const Ui& ui, const Ink& ink, std::string_view text) {
  if (const auto run = shaped(ui, ink, text, 0)) return run->w;
  return measure(ui, ink, text).x;
}

float wrapped_height(const Ui& ui, const Ink& ink, std::string_view text, float width) {
  if (text.empty()) return line_height(ui, ink);
  if (const auto run = shaped(ui, ink, text, width)) return run->h;
  if (ink.leading == 1) return measure(ui, ink, text, width).y;
  float lines = 0;
  for_each_line(ui, ink, text, width, [&](std::string_view) { ++lines; });
  return line_height(ui, ink) * (1 + (lines - 1) * ink.leading);
}

void draw_text(Ui& ui, ImVec2 at, const Ink& ink, std::string_view text) {
  if (const auto run = shaped(ui, ink, text, 0)) {
    draw_run(ui, {at, at + ImVec2(run->w, run->h)}, *run);
  } else {
    add_text(ui, at, ink, text);
  }
}

void draw_text_in(Ui& ui, const ImRect& box, const Ink& ink, std::string_view text, float align) {
  const std::size_t line_end = text.find('\n');
  const bool more_lines = line_end != std::string_view::npos;
  if (more_lines) text = text.substr(0, line_end);
  const float top = box.Min.y + (box.GetHeight() - line_height(ui, ink)) / 2;
  const float width = box.GetWidth();
  if (width <= 0) return;
  if (const auto run = shaped(ui, ink, text, 0)) {
    const float x = box.Min.x + std::max(0.0F, width - run->w) * align;
    draw_run(ui, {{x, top}, {box.Max.x, top + run->h}}, *run);
    return;
  }
  ImFont* font = face(ui, ink);
  const char* begin = text.data();
  const char* end = begin + text.size();
  const char* rest = end;
  const float size = ui.px(ink.size);
  const ImVec2 whole = font->CalcTextSizeA(size, width, 0, begin, end, &rest);
  if (rest == end && !more_lines) {
    add_text(ui, {box.Min.x + std::max(0.0F, width - whole.x) * align, top}, ink, text);
    return;
  }
  const float dots = measure(ui, ink, kEllipsis).x;
  const ImVec2 part = font->CalcTextSizeA(size, std::max(width - dots, 1.0F), 0, begin, end, &rest);
  add_text(ui, {box.Min.x, top}, ink, text.substr(0, static_cast<std::size_t>(rest - begin)));
  add_text(ui, {box.Min.x + part.x, top}, ink, kEllipsis);
}

void draw_wrapped(Ui& ui, const ImRect& box, const Ink& ink, std::string_view text) {
  if (const auto run = shaped(ui, ink, text, box.GetWidth())) {
    draw_run(ui, box, *run);
    return;
  }
  const float below = ui.px(2);  // snapping to whole pixels may push the last line down a little
  const ImVec4 clip{box.Min.x, box.Min.y, box.Max.x, box.Max.y + below};
  const float width = std::max(box.GetWidth(), 1.0F);
  if (ink.leading == 1) {
    add_text(ui, box.Min, ink, text, width, &clip);
    return;
  }
  ImVec2 at = box.Min;
  for_each_line(ui, ink, text, width, [&](std::string_view line) {
    add_text(ui, at, ink, line);
    at.y += line_height(ui, ink) * ink.leading;
  });
}

void draw_icon(Ui& ui, ImVec2 center, float size, ImU32 color, const char* icon) {
  ImFont* font = ui.views.fonts.icons;
  if (!font) return;
  const float scaled = ui.px(size);  // Lucide's em box is the icon's box
  ui.list().AddText(font, scaled, snapped(center - ImVec2(scaled, scaled) / 2), color, icon);
}

}  // namespace vignette::ui
