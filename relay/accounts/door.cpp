#include "relay/accounts/door.hpp"

#include <cstring>

#include "relay/accounts/code_text.hpp"
#include "relay/accounts/problems.hpp"

namespace vignette::relay {
namespace {

std::uint64_t first_bytes(const Mac& mac) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, mac.data(), sizeof bytes);
  return bytes;
}

std::optional<Problem> standing_problem(const CodeRecord& code, const Moment& now) {
  if (code.disabled) return problems::code_disabled();
  if (code.terms->expires && now.wall >= *code.terms->expires) return problems::code_expired();
  return std::nullopt;
}

}  // namespace

CodeBook::CodeBook(std::vector<CodeRecord> codes) {
  for (CodeRecord& code : codes) {
    auto record = std::make_shared<const CodeRecord>(std::move(code));
    by_mac_.emplace(first_bytes(record->mac), record);
    by_id_.emplace(record->id, record);
    all_.push_back(std::move(record));
  }
}

CodeBook::RecordPtr CodeBook::find(const Mac& mac) const {
  static constexpr Mac nobody{};
  const auto found = by_mac_.find(first_bytes(mac));
  const bool is_there = found != by_mac_.end();
  const bool same = same_secret(as_text(is_there ? found->second->mac : nobody), as_text(mac));
  return is_there && same ? found->second : nullptr;
}

CodeBook::RecordPtr CodeBook::find_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

Door::Door(const Secrets& secrets)
    : pepper_(secrets.pepper), signing_(secrets.signing), previous_(secrets.previous) {}

void Door::set_secrets(const Secrets& secrets) {
  pepper_ = MacKey(secrets.pepper);
  signing_ = MacKey(secrets.signing);
  previous_ = MacKey(secrets.previous);
}

std::optional<Token> Door::token_of(std::string_view bearer) const {
  if (auto token = read_token(bearer, signing_)) return token;
  return read_token(bearer, previous_);
}

std::shared_ptr<const CodeRecord> Door::record_of(const std::string& canonical) const {
  auto record = codes_.find(pepper_.of(canonical));
  if (record && record->given && !given_.contains(record->mac)) return nullptr;
  return record;
}

std::variant<std::shared_ptr<const CodeRecord>, Problem> Door::recognise(std::string_view code,
                                                                         std::string_view peer,
                                                                         const Moment& now) {
  const std::string canonical = canonical_code(code);
  // Codes made here have 60 random bits, which protect themselves: whoever has one comes in even while
  // somebody at the same address is guessing. A word might be guessed, so past the limit it is not even
  // looked at.
  const auto wait_s = guesses_.wait_s(peer, now.steady_ns);
  if (wait_s && !has_form_of_made_code(canonical)) return problems::too_many_guesses(*wait_s);
  auto record = record_of(canonical);
  if (!record || (wait_s && record->given)) {
    if (wait_s) return problems::too_many_guesses(*wait_s);
    guesses_.count_wrong(peer, now.steady_ns);
    return problems::invalid_code();
  }
  if (auto problem = standing_problem(*record, now)) return *problem;
  return record;
}

std::variant<Caller, Problem> Door::identify(std::string_view bearer, std::string_view peer,
                                             const Moment& now) {
  if (!bearer.starts_with(token_prefix)) {
    auto recognised = recognise(bearer, peer, now);
    if (auto* problem = std::get_if<Problem>(&recognised)) return std::move(*problem);
    const auto& record = std::get<0>(recognised);
    return Caller{.code_id = record->id, .session_id = {}, .terms = record->terms};
  }
  auto token = token_of(bearer);
  const auto record = token ? codes_.find_id(token->code_id) : nullptr;
  if (!record || (record->given && !given_.contains(record->mac))) return problems::invalid_token();
  if (auto problem = standing_problem(*record, now)) return *problem;
  if (now.wall >= token->expires || token->epoch != record->epoch) return problems::token_expired();
  return Caller{.code_id = std::move(token->code_id),
                .session_id = std::move(token->session_id),
                .terms = record->terms};
}

bool Door::is_worth_another_look(std::string_view bearer, std::string_view peer, const Moment& now) const {
  if (const auto token = bearer.starts_with(token_prefix) ? token_of(bearer) : std::nullopt)
    return codes_.find_id(token->code_id) == nullptr;
  if (bearer.starts_with(token_prefix) || guesses_.wait_s(peer, now.steady_ns)) return false;
  return record_of(canonical_code(bearer)) == nullptr;
}

OpenedSession Door::open(const CodeRecord& code, const std::string& session_id, TimeMs expires,
                         TimeMs now) const {
  const Token token{
      .code_id = code.id, .session_id = session_id, .issued = now, .expires = expires, .epoch = code.epoch};
  return {.token = write_token(token, signing_),
          .session_id = session_id,
          .expires = expires,
          .terms = code.terms};
}

}  // namespace vignette::relay
