#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "relay/accounts/code_store.hpp"

namespace vignette::relay {

/// Rows of cells, the first row being the heading, with columns under each other.
std::string table_text(const std::vector<std::vector<std::string>>& rows);
/// RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv_text(const std::vector<std::vector<std::string>>& rows);

std::vector<std::vector<std::string>> codes_table(std::span<const CodeRecord> codes,
                                                  std::span<const CodeTotals> totals, TimeMs now);
/// One code with all its terms, a line each.
std::string code_sheet(const CodeRecord& code, const CodeTotals& totals, TimeMs now);
/// `plain`: numbers only, for programs; otherwise as people read them.
std::vector<std::vector<std::string>> usage_table(std::span<const UsageRow> usage,
                                                  const std::map<std::string, std::string>& names,
                                                  bool plain);

}  // namespace vignette::relay
