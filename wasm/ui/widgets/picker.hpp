#pragma once
#include <string>
#include <vector>

#include "wasm/ui/widgets/area.hpp"

namespace vignette::ui {

struct PickRow {
  std::string label;
  std::string hint;
  bool warns = false;  ///< the hint is something to beware of
};

/// One of many: a button that shows what is chosen and, once pressed, the whole list below it. The new index,
/// or -1 while nothing changes. `chosen` may be -1; `empty` is shown then.
int picker(Ui& ui, const char* id, std::string_view name, const std::vector<PickRow>& rows, int chosen,
           std::string_view empty);

}  // namespace vignette::ui
