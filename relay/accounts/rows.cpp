#include "relay/accounts/rows.hpp"

#include <iterator>
#include <map>
#include <tuple>

namespace vignette::relay {

Usage& Usage::operator+=(const Usage& more) {
  requests += more.requests;
  input_tokens += more.input_tokens;
  output_tokens += more.output_tokens;
  images += more.images;
  money += more.money;
  return *this;
}

void Rows::add(Rows more) {
  const auto append = [](auto& into, auto& from) {
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(ledgers, more.ledgers);
  append(sessions, more.sessions);
  append(usage, more.usage);
}

void Rows::compact() {
  std::map<LedgerKey, LedgerRow> last;
  for (LedgerRow& row : ledgers) last.insert_or_assign(row.key, row);
  ledgers.clear();
  for (auto& [key, row] : last) ledgers.push_back(std::move(row));

  std::map<std::tuple<std::string, std::int64_t, std::string>, Usage> sums;
  for (const UsageRow& row : usage) sums[{row.code, row.day, row.model}] += row.usage;
  usage.clear();
  for (const auto& [key, sum] : sums) {
    const auto& [code, day, model] = key;
    usage.push_back({code, day, model, sum});
  }
}

}  // namespace vignette::relay
