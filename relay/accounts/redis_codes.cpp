#include "relay/accounts/redis_codes.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "relay/accounts/moment.hpp"
#include "relay/accounts/redis_scripts.hpp"

namespace vignette::relay {
namespace {

const std::string prefix = redis_prefix;

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Result<CodeRecord> record_from(const std::string& id, const std::vector<RedisAnswer>& fields) {
  const Error damaged{.message = "The access code with the id " + id + " is damaged in Redis."};
  CodeRecord code{.id = id};
  const std::string mac = fields.size() == 6 ? bytes_from_hex(fields[0].text) : std::string();
  if (mac.size() != code.mac.size()) return damaged;
  const auto terms = terms_from_json(fields[1].text);
  if (!terms) return damaged;
  std::copy(mac.begin(), mac.end(), code.mac.begin());
  code.terms = std::make_shared<const Terms>(*terms);
  code.created = number(fields[2].text);
  code.disabled = fields[3].text == "1";
  code.epoch = static_cast<std::uint32_t>(number(fields[4].text));
  code.given = fields[5].text == "1";
  return code;
}

class RedisCodes final : public CodeStore {
 public:
  RedisCodes(RedisAddress address, Secrets secrets)
      : connection_(std::move(address)), secrets_(std::move(secrets)) {}

  const Secrets& secrets() const override { return secrets_; }

  Result<bool> insert(const CodeRecord& record) override {
    const auto answer =
        ask(insert_code_script.call({record.id, hex(as_text(record.mac)), terms_json(*record.terms),
                                     std::to_string(record.created), record.given ? "1" : "0"}));
    if (!answer) return answer.error();
    return answer->integer == 1;
  }

  Result<Done> replace_terms(const std::string& id, const Terms& terms) override {
    return change(id, "terms", terms_json(terms));
  }

  Result<Done> set_disabled(const std::string& id, bool disabled) override {
    return change(id, "disabled", disabled ? "1" : "0");
  }

  Result<std::vector<CodeRecord>> codes() override {
    if (!connection_.open()) return redis_unreachable();
    return read_redis_codes(connection_);
  }

  Result<std::vector<CodeTotals>> totals() override {
    const auto ids = ask({"SMEMBERS", prefix + "codes"});
    if (!ids) return ids.error();
    std::vector<CodeTotals> totals;
    for (const RedisAnswer& id : ids->items) {
      const auto fields = ask({"HMGET", prefix + "code:" + id.text, "requests", "spent"});
      if (!fields) return fields.error();
      totals.push_back({id.text, number(fields->items[0].text), number(fields->items[1].text)});
    }
    return totals;
  }

  Result<std::vector<UsageRow>> usage() override {
    const auto ids = ask({"SMEMBERS", prefix + "codes"});
    if (!ids) return ids.error();
    Rows rows;
    for (const RedisAnswer& id : ids->items) {
      const auto fields = ask({"HGETALL", prefix + "usage:" + id.text});
      if (!fields) return fields.error();
      for (std::size_t i = 0; i + 1 < fields->items.size(); i += 2) {
        rows.usage.push_back(usage_row(id.text, fields->items[i].text, number(fields->items[i + 1].text)));
      }
    }
    rows.compact();
    std::sort(rows.usage.begin(), rows.usage.end(), [](const UsageRow& a, const UsageRow& b) {
      return std::tie(a.day, a.code, a.model) < std::tie(b.day, b.code, b.model);
    });
    return rows.usage;
  }

 private:
  // One field of the hash: "20778|input_tokens|gemini/gemini-2.5-flash".
  static UsageRow usage_row(const std::string& code, std::string_view field, std::int64_t count) {
    const std::size_t first = field.find('|');
    const std::size_t second = field.find('|', first + 1);
    UsageRow row{
        .code = code, .day = number(field.substr(0, first)), .model = std::string(field.substr(second + 1))};
    const std::string_view what = field.substr(first + 1, second - first - 1);
    if (what == "requests") row.usage.requests = count;
    if (what == "input_tokens") row.usage.input_tokens = count;
    if (what == "output_tokens") row.usage.output_tokens = count;
    if (what == "images") row.usage.images = count;
    if (what == "money") row.usage.money = count;
    return row;
  }

  Result<RedisAnswer> ask(const RedisCommand& command) {
    if (!connection_.open()) return redis_unreachable();
    RedisAnswer answer = connection_.ask(command);
    if (answer.failed) return redis_unreachable();
    return answer;
  }

  Result<Done> change(const std::string& id, const std::string& field, const std::string& value) {
    const auto answer = ask(change_code_script.call({id, field, value}));
    if (!answer) return answer.error();
    return Done{};
  }

  RedisConnection connection_;
  Secrets secrets_;
};

}  // namespace

Error redis_unreachable() {
  return {.code = ErrorCode::Internal,
          .message = "Redis does not answer, or refuses the relay.",
          .hint = "Look whether it runs where REDIS_URL says, and whether the password there is right."};
}

Result<std::vector<CodeRecord>> read_redis_codes(RedisConnection& connection) {
  const RedisAnswer ids = connection.ask({"SMEMBERS", prefix + "codes"});
  if (ids.failed) return redis_unreachable();
  std::vector<RedisCommand> commands;
  for (const RedisAnswer& id : ids.items) {
    commands.push_back(
        {"HMGET", prefix + "code:" + id.text, "mac", "terms", "created", "disabled", "epoch", "given"});
  }
  std::vector<CodeRecord> codes;
  const auto answers = connection.ask(commands);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].failed) return redis_unreachable();
    auto code = record_from(ids.items[i].text, answers[i].items);
    if (!code) return code.error();
    codes.push_back(*std::move(code));
  }
  std::sort(codes.begin(), codes.end(), [](const CodeRecord& a, const CodeRecord& b) {
    return std::tie(a.created, a.id) < std::tie(b.created, b.id);
  });
  return codes;
}

Result<Secrets> share_redis_secrets(RedisConnection& connection, TimeMs now) {
  const RedisAnswer there = connection.ask({"GET", prefix + "secrets"});
  if (there.failed) return redis_unreachable();
  Secrets secrets = make_secrets(now);
  if (!there.is_null) {
    auto read = secrets_from_text(there.text);
    if (!read) return read.error();
    secrets = *std::move(read);
    if (!rotate(secrets, now)) return secrets;
  }
  // Another relay may do the same at this moment; whoever comes first is right.
  const RedisAnswer agreed = connection.ask(replace_secrets_script.call({there.text, secrets_text(secrets)}));
  if (agreed.failed) return redis_unreachable();
  return secrets_from_text(agreed.text);
}

Result<std::unique_ptr<CodeStore>> open_redis_codes(const std::string& url) {
  auto address = parse_redis_url(url);
  if (!address) return address.error();
  RedisConnection connection(*address);
  if (!connection.open()) return redis_unreachable();
  auto secrets = share_redis_secrets(connection, moment_now().wall);
  if (!secrets) return secrets.error();
  return std::unique_ptr<CodeStore>(std::make_unique<RedisCodes>(*std::move(address), *std::move(secrets)));
}

}  // namespace vignette::relay
