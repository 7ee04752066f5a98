#include "wasm/ui/theme.hpp"

#include <algorithm>
#include <cmath>

namespace vignette::ui {
namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return ((hex >> 16) & 0xFF) | (hex & 0xFF00) | ((hex & 0xFF) << 16) | (alpha << 24);
}

constexpr Look kDark = {
    .dark = true,
    .bg0 = rgb(0x0E0F12),
    .bg1 = rgb(0x15171B),
    .bg2 = rgb(0x1C1F24),
    .bg3 = rgb(0x262A31),
    .bg4 = rgb(0x313640),
    .line = rgb(0x2A2E36),
    .line_strong = rgb(0x6B7482),
    .text = rgb(0xE6E8EC),
    .text2 = rgb(0xA9B0BC),
    .text3 = rgb(0x8C94A1),
    .accent = rgb(0x6AA1FF),
    .accent_fill = rgb(0x2F6FE4),
    .accent_hover = rgb(0x2765D6),
    .on_accent = rgb(0xFFFFFF),
    .focus = rgb(0x7FB0FF),
    .selected = rgb(0x1E3A66),
    .ok = rgb(0x3FB970),
    .warn = rgb(0xE5A53B),
    .error = rgb(0xF4777D),
    .scrim = rgb(0x000000, 150),
    .shadow = rgb(0x000000, 70),
    .badge = rgb(0x0E0F12, 200),
    .on_badge = rgb(0xF4F5F7),
};

constexpr Look kLight = {
    .dark = false,
    .bg0 = rgb(0xF3F4F6),
    .bg1 = rgb(0xFFFFFF),
    .bg2 = rgb(0xF0F1F4),
    .bg3 = rgb(0xE4E7EC),
    .bg4 = rgb(0xD6DAE1),
    .line = rgb(0xDDE1E7),
    .line_strong = rgb(0x7E8693),
    .text = rgb(0x16191F),
    .text2 = rgb(0x4A5260),
    .text3 = rgb(0x5F6773),
    .accent = rgb(0x1F66E0),
    .accent_fill = rgb(0x1F66E0),
    .accent_hover = rgb(0x1957C4),
    .on_accent = rgb(0xFFFFFF),
    .focus = rgb(0x1F66E0),
    .selected = rgb(0xD6E4FF),
    .ok = rgb(0x187A42),
    .warn = rgb(0x8A5600),
    .error = rgb(0xBE2837),
    .scrim = rgb(0x16191F, 110),
    .shadow = rgb(0x16191F, 26),
    .badge = rgb(0x16191F, 190),
    .on_badge = rgb(0xFFFFFF),
};

float channel(ImU32 color, int shift) { return static_cast<float>((color >> shift) & 0xFF); }

float luminance(ImU32 color) {
  const auto linear = [](float c) {
    c /= 255;
    return c <= 0.04045F ? c / 12.92F : std::pow((c + 0.055F) / 1.055F, 2.4F);
  };
  return 0.2126F * linear(channel(color, 0)) + 0.7152F * linear(channel(color, 8)) +
         0.0722F * linear(channel(color, 16));
}

}  // namespace

const Look& look_of(bool dark) { return dark ? kDark : kLight; }

void apply_theme(const Look& look, float scale) {
  ImGuiStyle style;
  style.FontSizeBase = kBody;
  style.WindowPadding = {0, 0};
  style.FramePadding = {10, 6};
  style.ItemSpacing = {kGap, kGap};
  style.ItemInnerSpacing = {6, 6};
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.FrameRounding = kRadius;
  style.ChildRounding = 0;
  style.PopupRounding = kRadius;
  style.WindowRounding = 0;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 0;
  style.DisabledAlpha = 1;  // our widgets dim themselves
  style.CircleTessellationMaxError = 0.2F;
  style.ScaleAllSizes(scale);
  style.WindowMinSize = {1, 1};  // not scaled: below 1 ImGui refuses it
  style.FontScaleMain = scale;

  const auto set = [&](ImGuiCol slot, ImU32 color) {
    style.Colors[slot] = ImGui::ColorConvertU32ToFloat4(color);
  };
  set(ImGuiCol_Text, look.text);
  set(ImGuiCol_WindowBg, look.bg0);
  set(ImGuiCol_ChildBg, 0);
  set(ImGuiCol_PopupBg, look.bg1);
  set(ImGuiCol_ScrollbarBg, 0);
  set(ImGuiCol_ScrollbarGrab, look.bg4);
  set(ImGuiCol_ScrollbarGrabHovered, look.line_strong);
  set(ImGuiCol_ScrollbarGrabActive, look.line_strong);
  set(ImGuiCol_NavCursor, 0);  // drawn by area.cpp, with an offset
  ImGui::GetStyle() = style;
}

ImU32 mix(ImU32 from, ImU32 to, float t) {
  t = std::clamp(t, 0.0F, 1.0F);
  ImU32 out = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    const float value = channel(from, shift) + (channel(to, shift) - channel(from, shift)) * t;
    out |= static_cast<ImU32>(value + 0.5F) << shift;
  }
  return out;
}

ImU32 faded(ImU32 color, float opacity) {
  const float alpha = channel(color, 24) * std::clamp(opacity, 0.0F, 1.0F);
  return (color & 0x00FFFFFF) | (static_cast<ImU32>(alpha + 0.5F) << 24);
}

float contrast(ImU32 a, ImU32 b) {
  const float la = luminance(a);
  const float lb = luminance(b);
  return (std::max(la, lb) + 0.05F) / (std::min(la, lb) + 0.05F);
}

}  // namespace vignette::ui
