#pragma once
#include <utility>
#include <vector>

#include "shared/dataset/document.hpp"
#include "shared/formats/export_plan.hpp"

namespace vignette {

/// The `webdata.zip` of NVIDIA's image captioner: the captioned pictures flat, and one label.json with all
/// texts. Pictures without a caption are left out, as it does. `only` limits it to these items; null: all.
ExportPlan plan_webdata(const Document& document, const std::vector<ItemId>* only = nullptr);

/// [{"file_name":"a.jpg","text":"…"}] to the byte as Python writes it with indent=4: ASCII only, no line feed
/// at the end.
std::string label_json(const std::vector<std::pair<std::string, std::string>>& texts);

}  // namespace vignette
