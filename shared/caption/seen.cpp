#include "shared/caption/seen.hpp"

#include <cmath>

namespace vignette::caption {
namespace {

constexpr double kWorthTelling = 0.05;

std::string percent(double part) { return std::to_string(std::lround(part * 100)) + " %"; }

void append(std::string& list, const std::string& one) { list += (list.empty() ? "" : ", ") + one; }

void join(std::string& text, const std::string& list) {
  if (!list.empty()) text += (text.empty() ? "" : "; ") + list;
}

}  // namespace

Json json_of(const Seen& seen) {
  Json labels = Json::array(), objects = Json::array(), colours = Json::array();
  for (const Seen::Label& label : seen.labels)
    labels.push_back({{"name", label.name}, {"sure", label.sure}, {"kind", label.kind}});
  for (const Seen::Object& object : seen.objects) {
    objects.push_back({{"name", object.name},
                       {"sure", object.sure},
                       {"box", {object.left, object.top, object.width, object.height}}});
  }
  for (const Seen::Colour& colour : seen.colours)
    colours.push_back({{"name", colour.name}, {"share", colour.share}});
  return Json{{"width", seen.width},           {"height", seen.height},         {"labels", std::move(labels)},
              {"objects", std::move(objects)}, {"colours", std::move(colours)}, {"light", seen.light},
              {"contrast", seen.contrast},     {"brighter", seen.brighter}};
}

Seen seen_from(const Json& json) {
  Seen out;
  out.width = static_cast<int>(integer_at(json, "width").value_or(0));
  out.height = static_cast<int>(integer_at(json, "height").value_or(0));
  for (const Json& label : items_at(json, "labels"))
    out.labels.push_back(
        {text_at(label, "name"), number_at(label, "sure").value_or(0), text_at(label, "kind")});
  for (const Json& object : items_at(json, "objects")) {
    const Json& box = items_at(object, "box");
    const auto side = [&](std::size_t i) {
      return i < box.size() && box[i].is_number() ? box[i].get<double>() : 0;
    };
    out.objects.push_back(
        {text_at(object, "name"), number_at(object, "sure").value_or(0), side(0), side(1), side(2), side(3)});
  }
  for (const Json& colour : items_at(json, "colours"))
    out.colours.push_back({text_at(colour, "name"), number_at(colour, "share").value_or(0)});
  out.light = number_at(json, "light").value_or(0);
  out.contrast = number_at(json, "contrast").value_or(0);
  out.brighter = text_at(json, "brighter");
  return out;
}

std::string evidence_of(const Seen& seen) {
  std::string labels, objects, colours;
  for (const Seen::Label& label : seen.labels) {
    if (label.sure >= kWorthTelling) append(labels, label.name + " " + percent(label.sure));
  }
  for (const Seen::Object& object : seen.objects) append(objects, object.name + " " + percent(object.sure));
  for (const Seen::Colour& colour : seen.colours) {
    if (colour.share >= kWorthTelling) append(colours, colour.name);
  }
  std::string out;
  join(out, labels);
  join(out, objects);
  join(out, colours);
  return out;
}

}  // namespace vignette::caption
