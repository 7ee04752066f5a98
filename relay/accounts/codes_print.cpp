#include "relay/accounts/codes_print.hpp"

#include <algorithm>

#include "relay/accounts/codes_options.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

std::string state_of(const CodeRecord& code, TimeMs now) {
  if (code.disabled) return "disabled";
  if (code.terms->expires && now >= *code.terms->expires) return "expired";
  return code.given ? "from the environment" : "valid";
}

std::string of_limit(const std::string& used, const std::string& limit) {
  return limit.empty() ? used : used + " of " + limit;
}

template <class Number>
std::string number_or(const std::optional<Number>& limit, const char* otherwise) {
  return limit ? std::to_string(*limit) : otherwise;
}

std::string money_or(const std::optional<MicroUsd>& limit, const char* otherwise) {
  return limit ? "$" + text_from_money(*limit) : otherwise;
}

std::string date_or(const std::optional<TimeMs>& limit, const char* otherwise) {
  return limit ? format_iso8601(*limit) : otherwise;
}

std::string models_of(const Terms& terms) {
  std::string text;
  for (const std::string& model : terms.models) text += (text.empty() ? "" : ", ") + model;
  return text.empty() ? "all" : text;
}

std::string csv_cell(std::string cell) {
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos)
    cell.insert(0, "'");
  if (cell.find_first_of(",\"\r\n'") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], count_characters(row[i]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text += std::string(widths[i] - count_characters(row[i]) + 2, ' ');
    }
    text += '\n';
  }
  return text;
}

std::string csv_text(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + csv_cell(row[i]);
    text += "\r\n";
  }
  return text;
}

std::vector<std::vector<std::string>> codes_table(std::span<const CodeRecord> codes,
                                                  std::span<const CodeTotals> totals, TimeMs now) {
  std::vector<std::vector<std::string>> rows = {
      {"ID", "NAME", "STATE", "REQUESTS", "SPENT", "EXPIRES", "MODELS"}};
  for (const CodeRecord& code : codes) {
    const auto total =
        std::find_if(totals.begin(), totals.end(), [&](const CodeTotals& t) { return t.code == code.id; });
    const CodeTotals used = total == totals.end() ? CodeTotals{code.id} : *total;
    rows.push_back({code.id, code.terms->name, state_of(code, now),
                    of_limit(std::to_string(used.requests), number_or(code.terms->requests, "")),
                    of_limit("$" + text_from_money(used.spent), money_or(code.terms->budget, "")),
                    date_or(code.terms->expires, "never"), models_of(*code.terms)});
  }
  return rows;
}

std::string code_sheet(const CodeRecord& code, const CodeTotals& used, TimeMs now) {
  const Terms& t = *code.terms;
  const char* none = "no limit";
  return table_text({{"id", code.id},
                     {"name", t.name},
                     {"state", state_of(code, now)},
                     {"made", format_iso8601(code.created)},
                     {"expires", date_or(t.expires, "never")},
                     {"models", models_of(t)},
                     {"requests", of_limit(std::to_string(used.requests), number_or(t.requests, ""))},
                     {"spent", of_limit("$" + text_from_money(used.spent), money_or(t.budget, ""))},
                     {"money a day", money_or(t.daily_budget, none)},
                     {"money a session", money_or(t.session_budget, none)},
                     {"requests a minute", number_or(t.requests_per_minute, none)},
                     {"of one session", number_or(t.session_requests_per_minute, none)},
                     {"requests at once", number_or(t.concurrency, none)},
                     {"of one session", number_or(t.session_concurrency, none)},
                     {"sessions at once", number_or(t.sessions, none)},
                     {"tokens an answer", number_or(t.max_tokens, none)},
                     {"answers a request", number_or(t.max_n, none)}});
}

std::vector<std::vector<std::string>> usage_table(std::span<const UsageRow> usage,
                                                  const std::map<std::string, std::string>& names,
                                                  bool plain) {
  std::vector<std::vector<std::string>> rows = {
      {"day", "code", "name", "model", "requests", "input_tokens", "output_tokens", "images", "usd"}};
  Usage sum;
  for (const UsageRow& row : usage) {
    const auto name = names.find(row.code);
    const Usage& u = row.usage;
    rows.push_back({format_iso8601(row.day * 86'400'000).substr(0, 10), row.code,
                    name == names.end() ? "" : name->second, row.model, std::to_string(u.requests),
                    std::to_string(u.input_tokens), std::to_string(u.output_tokens), std::to_string(u.images),
                    text_from_money(u.money)});
    sum += u;
  }
  if (!plain) {
    rows.push_back({"in all", "", "", "", std::to_string(sum.requests), std::to_string(sum.input_tokens),
                    std::to_string(sum.output_tokens), std::to_string(sum.images),
                    text_from_money(sum.money)});
  }
  return rows;
}

}  // namespace vignette::relay
