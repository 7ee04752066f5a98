#include "wasm/platform/frame_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "wasm/platform/node_questions.hpp"

namespace vignette {
namespace {

using nlohmann::json;

/// Hundredths of a pixel are plenty and keep the text short.
double rounded(float value) { return std::round(static_cast<double>(value) * 100) / 100; }

json to_json(const ui::Rect& rect) {
  return {{"x", rounded(rect.x)}, {"y", rounded(rect.y)}, {"w", rounded(rect.w)}, {"h", rounded(rect.h)}};
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json to_json(const ui::Node& node) {
  json out = {{"id", node.id},
              {"parent", node.parent},
              {"role", node.role},
              {"name", node.name},
              {"rect", to_json(node.rect)}};
  if (!node.value.empty()) out["value"] = node.value;
  if (!node.description.empty()) out["description"] = node.description;
  if (node.disabled) out["disabled"] = true;
  if (node.focused) out["focused"] = true;
  if (node.selected) out["selected"] = true;
  if (node.checked >= 0) out["checked"] = node.checked != 0;
  if (node.expanded >= 0) out["expanded"] = node.expanded != 0;
  if (node.offscreen) out["offscreen"] = true;
  if (node.level > 0) out["level"] = node.level;
  if (node.set_size > 0) {
    out["position"] = node.position;
    out["setSize"] = node.set_size;
  }
  if (node.max > node.min) {
    out["min"] = node.min;
    out["max"] = node.max;
    out["now"] = node.now;
  }
  return out;
}

/// ImU32 has red in its lowest byte.
std::string css_color(ImU32 color) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "#";
  for (const int shift : {4, 0, 12, 8, 20, 16}) out += kHex[color >> shift & 0xF];
  return out;
}

/// FNV-1a over whatever is put into it.
class Fingerprint {
 public:
  void add(std::string_view text) {
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(0xFF);
  }
  void add(float value) { add(static_cast<std::int64_t>(std::lround(static_cast<double>(value) * 100))); }
  void add(std::int64_t value) { mix(static_cast<std::uint64_t>(value)); }
  void add(const ui::Rect& rect) {
    add(rect.x);
    add(rect.y);
    add(rect.w);
    add(rect.h);
  }
  std::uint64_t value() const { return hash_; }

 private:
  void mix(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3ULL; }
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

std::string nodes_json(const std::vector<ui::Node>& nodes) {
  json out = json::array();
  for (const ui::Node& node : nodes) out.push_back(to_json(node));
  return dump(out);
}

std::string fields_json(const ui::FrameOutput& frame, const Draft& draft, const ui::Look& look) {
  json out = {{"open", nullptr},
              {"ink", css_color(look.text)},
              {"hint", css_color(look.text3)},
              {"slots", json::array()}};
  if (!draft.field.empty()) out["open"] = {{"field", draft.field}, {"item", draft.item}};
  for (const ui::FieldSlot& slot : frame.fields) {
    out["slots"].push_back({{"field", slot.field},
                            {"item", slot.item},
                            {"text", slot.text},
                            {"label", slot.label},
                            {"placeholder", slot.placeholder},
                            {"rect", to_json(slot.rect)},
                            {"clip", to_json(slot.clip)},
                            {"font", slot.font_px},
                            {"multiline", slot.multiline},
                            {"covered", is_covered(frame, slot)}});
  }
  return dump(out);
}

std::uint64_t fingerprint(const std::vector<ui::Node>& nodes) {
  Fingerprint print;
  for (const ui::Node& node : nodes) {
    print.add(std::int64_t{node.id});
    print.add(std::int64_t{node.parent});
    print.add(node.role);
    print.add(node.name);
    print.add(node.value);
    print.add(node.description);
    print.add(node.rect);
    print.add(std::int64_t{node.disabled} | std::int64_t{node.focused} << 1 |
              std::int64_t{node.selected} << 2 | std::int64_t{node.offscreen} << 3);
    print.add(std::int64_t{node.checked} * 3 + node.expanded);
    print.add(std::int64_t{node.level});
    print.add(std::int64_t{node.position});
    print.add(std::int64_t{node.set_size});
    print.add(node.min);
    print.add(node.max);
    print.add(node.now);
  }
  return print.value();
}

std::uint64_t fingerprint(const ui::FrameOutput& frame, const Draft& draft, const ui::Look& look) {
  Fingerprint print;
  print.add(std::int64_t{look.text});
  print.add(draft.field);
  print.add(draft.item);
  for (const ui::FieldSlot& slot : frame.fields) {
    print.add(slot.field);
    print.add(slot.item);
    print.add(slot.text);
    print.add(slot.label);
    print.add(slot.placeholder);
    print.add(slot.rect);
    print.add(slot.clip);
    print.add(slot.font_px);
    print.add(std::int64_t{slot.multiline} | std::int64_t{is_covered(frame, slot)} << 1);
  }
  return print.value();
}

}  // namespace vignette
