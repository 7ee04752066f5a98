#include "wasm/app/captioning_parts.hpp"

// Everything that left this machine, in the order it left.

namespace vignette {
namespace {

using nlohmann::json;

std::string name_of_item(const State& state, const ItemId& id) {
  const Item* item = state.document().find(id);
  return item ? item->path : "";
}

/// A cell of a CSV file. A leading = + - @ would be run as a formula by spreadsheets.
std::string cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace

json describe_ledger(const State& state) {
  json rows = json::array();
  for (const LedgerRow& row : state.captioning.ledger) {
    json one = {{"time", format_iso8601(row.time)},
                {"what", row.note.what},
                {"bytes", row.bytes},
                {"provider", row.note.provider},
                {"host", row.host},
                {"model", row.note.model},
                {"item", row.note.item},
                {"name", name_of_item(state, row.note.item)}};
    if (row.copy) {
      one["copy"] = {{"width", row.copy->width},
                     {"height", row.copy->height},
                     {"bytes", row.copy->bytes},
                     {"hash", row.copy->hash}};
    }
    if (row.input_tokens + row.output_tokens > 0) {
      one["input_tokens"] = row.input_tokens;
      one["output_tokens"] = row.output_tokens;
    }
    if (row.cost_micro_usd) one["cost_micro_usd"] = *row.cost_micro_usd;
    rows.push_back(std::move(one));
  }
  return rows;
}

std::string ledger_csv(const State& state) {
  std::string csv =
      "time,what,provider,host,model,picture,width,height,picture_bytes,bytes,input_tokens,output_tokens,"
      "cost_usd\r\n";
  for (const LedgerRow& row : state.captioning.ledger) {
    const SentCopy copy = row.copy.value_or(SentCopy{});
    const auto number = [](std::uint64_t n) { return n == 0 ? std::string() : std::to_string(n); };
    for (const std::string& text :
         {format_iso8601(row.time), row.note.what, row.note.provider, row.host, row.note.model,
          name_of_item(state, row.note.item), number(static_cast<std::uint64_t>(copy.width)),
          number(static_cast<std::uint64_t>(copy.height)), number(copy.bytes), std::to_string(row.bytes),
          number(static_cast<std::uint64_t>(row.input_tokens)),
          number(static_cast<std::uint64_t>(row.output_tokens))})
      csv += cell(text) + ",";
    if (row.cost_micro_usd) {
      std::string micro = std::to_string(*row.cost_micro_usd);
      if (micro.size() < 7) micro.insert(0, 7 - micro.size(), '0');
      csv += micro.substr(0, micro.size() - 6) + "." + micro.substr(micro.size() - 6);
    }
    csv += "\r\n";
  }
  return csv;
}

void on(State& state, const LedgerLoaded& event, Effects&) {
  auto& ledger = state.captioning.ledger;
  std::erase_if(ledger, [](const LedgerRow& row) { return row.call == 0; });
  ledger.insert(ledger.begin(), event.rows.begin(), event.rows.end());
}

}  // namespace vignette
