#include "shared/formats/webdata.hpp"

#include <unordered_set>

#include "shared/base/utf8.hpp"
#include "shared/formats/export_names.hpp"
#include "shared/json/read.hpp"

namespace vignette {

std::string label_json(const std::vector<std::pair<std::string, std::string>>& texts) {
  Json list = Json::array();
  for (const auto& [file, text] : texts)
    list.push_back(Json{{"file_name", to_utf8(file)}, {"text", to_utf8(text)}});
  return list.dump(4, ' ', true);
}

ExportPlan plan_webdata(const Document& document, const std::vector<ItemId>* only) {
  ExportPlan plan;
  plan.archive_name = "webdata.zip";
  std::unordered_set<ItemId> wanted;
  if (only) wanted.insert(only->begin(), only->end());

  UniqueStems stems;
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& item : document.items) {
    if (only && wanted.count(item->id) == 0) continue;
    if (!is_captioned(*item)) {
      plan.problems.push_back({item->id, item->name + " has no caption and is left out.", false});
      ++plan.skipped;
      continue;
    }
    const std::string wanted_stem = safe_stem(stem_of(item->path));
    const std::string name = stems.take(wanted_stem) + "." + extension_of(item->format);
    if (!name.starts_with(wanted_stem + ".")) {
      plan.problems.push_back(
          {item->id, item->path + " is written as " + name + ", because another picture has its name.",
           false});
    }
    texts.emplace_back(name, trim(caption_text(*item)));
    plan.pairs.push_back({item->id, name, "", ""});
    plan.bytes += item->bytes;
  }
  plan.files.push_back({"label.json", label_json(texts)});
  plan.bytes += plan.files.back().content.size();
  return plan;
}

}  // namespace vignette
