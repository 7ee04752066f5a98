#include "shared/caption/from_seen.hpp"

#include <algorithm>
#include <cmath>

#include "shared/caption/nouns.hpp"

namespace vignette::caption {
namespace {

// How sure a network must be before a word is used. Below a tenth it is guessing.
constexpr double kForSure = 0.5;
constexpr double kPerhaps = 0.2;
constexpr double kAsTag = 0.1;
constexpr double kColourCounts = 0.12;
constexpr std::size_t kMostColours = 3;
constexpr std::size_t kMostKinds = 4;

/// Objects of one kind.
struct Kind {
  std::string name;
  std::size_t count = 0;
  double area = 0;
  const Seen::Object* largest = nullptr;
};

double area_of(const Seen::Object& object) { return object.width * object.height; }

/// The kinds that are there for sure, by how much of the picture they take up.
std::vector<Kind> kinds_of(const Seen& seen) {
  std::vector<Kind> out;
  for (const Seen::Object& object : seen.objects) {
    if (object.sure < kForSure) continue;
    auto kind = std::find_if(out.begin(), out.end(), [&](const Kind& k) { return k.name == object.name; });
    if (kind == out.end()) kind = out.insert(out.end(), {object.name, 0, 0, &object});
    ++kind->count;
    kind->area += area_of(object);
    if (area_of(object) > area_of(*kind->largest)) kind->largest = &object;
  }
  std::sort(out.begin(), out.end(), [](const Kind& a, const Kind& b) { return a.area > b.area; });
  if (out.size() > kMostKinds) out.resize(kMostKinds);
  return out;
}

std::string place_of(const Seen::Object& object) {
  if (area_of(object) > 0.6) return "filling the frame";
  const double middle = object.left + object.width / 2;
  return middle < 0.38 ? "on the left" : middle > 0.62 ? "on the right" : "in the middle";
}

bool is_named(const std::string& name, const std::vector<Kind>& kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.name == name; });
}

/// "a cat, probably a tabby, with two cups"; "" where nothing can be told.
std::string subject_of(const Seen& seen, const std::vector<Kind>& kinds) {
  const Seen::Label* label =
      seen.labels.empty() || seen.labels[0].sure < kPerhaps ? nullptr : &seen.labels[0];
  if (kinds.empty()) {
    if (label == nullptr) return "";
    return (label->sure >= kForSure ? "" : "what looks like ") + with_article(label->name);
  }
  std::vector<std::string> parts;
  for (const Kind& kind : kinds) parts.push_back(counted_noun(kind.name, kind.count));
  if (label == nullptr || is_named(label->name, kinds)) return listed(parts);
  const Kind& first = kinds.front();
  if (first.count == 1 && first.name == label->kind) {
    parts.front() += (label->sure >= kForSure ? ", probably " : ", perhaps ") + with_article(label->name);
    if (parts.size() == 1) return parts.front();
    return parts.front() + ", with " + listed({parts.begin() + 1, parts.end()});
  }
  // Where both networks know such things and name different ones, the one that also knows the place is right.
  if (label->kind.empty()) parts.push_back("what looks like " + with_article(label->name));
  return listed(parts);
}

std::vector<std::string> colours_of(const Seen& seen) {
  std::vector<std::string> out;
  for (const Seen::Colour& colour : seen.colours) {
    if (out.size() == kMostColours || (!out.empty() && colour.share < kColourCounts)) break;
    out.push_back(colour.name);
  }
  return out;
}

const char* brightness_of(const Seen& seen) {
  return seen.light < 0.35 ? "dark" : seen.light > 0.75 ? "bright" : "of medium brightness";
}
const char* contrast_of(const Seen& seen) {
  return seen.contrast < 0.1    ? "soft contrast"
         : seen.contrast > 0.24 ? "strong contrast"
                                : "moderate contrast";
}
const char* format_of(const Seen& seen) {
  const double ratio = seen.height == 0 ? 1 : static_cast<double>(seen.width) / seen.height;
  return ratio > 1.15 ? "wide" : ratio < 0.87 ? "upright" : "square";
}
std::string light_side_of(const Seen& seen) {
  if (seen.brighter.empty()) return "evenly lit from side to side";
  const bool beside = seen.brighter == "left" || seen.brighter == "right";
  return std::string("brighter ") + (beside ? "on" : "at") + " the " + seen.brighter;
}

/// Whether the text keeps all rules that words can be left out for.
bool is_kept(const std::string& text, const Situation& situation) {
  for (const Rule rule : {Rule::BannedStart, Rule::BannedPhrase, Rule::Loop, Rule::MaxWords,
                          Rule::MaxCharacters, Rule::Sentences}) {
    if (applies(rule, situation) && judge(rule, text, situation)) return false;
  }
  return true;
}

void add_if_kept(std::string& text, const std::string& more, const Situation& situation) {
  std::string longer = text.empty() ? more : text + ", " + more;
  if (is_kept(longer, situation)) text = std::move(longer);
}

/// `lead`: what it begins with; "": with the subject itself.
std::string prose(const Seen& seen, const std::string& lead, const Situation& situation) {
  const std::vector<Kind> kinds = kinds_of(seen);
  const std::string colours = listed(colours_of(seen));
  const auto begun = [&](const std::string& subject) {
    return lead.empty() ? capitalised(subject) : lead + " showing " + subject;
  };
  std::string subject = subject_of(seen, kinds);
  if (!subject.empty() && !is_kept(begun(subject), situation)) subject.clear();
  const bool shades_only = subject.empty();
  const std::string shades = colours.empty() ? "one colour" : colours;
  std::string text = !shades_only   ? begun(subject)
                     : lead.empty() ? "Shades of " + shades
                                    : lead + " in " + shades;
  if (!shades_only && kinds.size() == 1 && kinds.front().count == 1)
    add_if_kept(text, place_of(*kinds.front().largest), situation);
  if (!shades_only && !colours.empty()) add_if_kept(text, "in " + colours, situation);
  add_if_kept(text, std::string(brightness_of(seen)) + " with " + contrast_of(seen), situation);
  add_if_kept(text, light_side_of(seen), situation);
  const std::string format = format_of(seen);
  add_if_kept(text, (format == "upright" ? "in an " : "in a ") + format + " frame", situation);
  return text;
}

std::string tags(const Seen& seen, const std::string& lead, const Situation& situation) {
  std::vector<std::string> all;
  for (const Kind& kind : kinds_of(seen))
    all.push_back(kind.count == 1 ? kind.name : counted_noun(kind.name, kind.count));
  for (const Seen::Label& label : seen.labels) {
    if (label.sure >= kAsTag) all.push_back(label.name);
  }
  for (const std::string& colour : colours_of(seen)) all.push_back(colour);
  const std::string brightness = brightness_of(seen);
  all.push_back(brightness == "of medium brightness" ? "medium brightness" : brightness);
  all.emplace_back(contrast_of(seen));
  all.push_back(std::string(format_of(seen)) + " format");
  std::string text = lead;
  std::vector<std::string> told;
  for (const std::string& tag : all) {
    if (std::find(told.begin(), told.end(), tag) != told.end()) continue;
    told.push_back(tag);
    add_if_kept(text, tag, situation);
  }
  return text;
}

std::string percent(double part) { return std::to_string(std::lround(part * 100)) + " %"; }

std::string description(const Seen& seen, const Situation& situation) {
  Json objects = Json::array(), doubts = Json::array();
  for (const Seen::Object& object : seen.objects) {
    if (object.sure < kForSure) {
      doubts.push_back(object.name + ": " + percent(object.sure) + " sure");
      continue;
    }
    objects.push_back(
        {{"label", object.name},
         {"position", place_of(object) + ", " + percent(object.left + object.width / 2) + " from the left, " +
                          percent(object.top + object.height / 2) + " from the top"},
         {"size", percent(area_of(object)) + " of the picture"},
         {"details", percent(object.sure) + " sure"}});
  }
  for (const Seen::Label& label : seen.labels) {
    if (label.sure >= kAsTag)
      doubts.push_back("the whole looks like " + with_article(label.name) + ": " + percent(label.sure) +
                       " sure");
  }
  return write_json(Json{{"scene_summary", prose(seen, "", situation)},
                         {"objects", std::move(objects)},
                         {"colours", colours_of(seen)},
                         {"visible_text", Json::array()},
                         {"uncertainties", std::move(doubts)}});
}

}  // namespace

std::string caption_from(const Seen& seen, const Situation& situation) {
  const std::string lead = applies(Rule::Start, situation) ? situation.context : "";
  switch (situation.shape) {
    case Shape::Prose: return prose(seen, lead, situation);
    case Shape::Tags: return tags(seen, lead, situation);
    case Shape::Description: return description(seen, situation);
  }
  return "";
}

}  // namespace vignette::caption
