#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "relay/accounts/code_record.hpp"
#include "relay/accounts/guesses.hpp"
#include "relay/accounts/moment.hpp"
#include "relay/accounts/secrets.hpp"
#include "relay/accounts/token.hpp"
#include "relay/http/problem.hpp"

namespace vignette::relay {

/// All codes of a moment, found by MAC or by id.
class CodeBook {
 public:
  CodeBook() = default;
  explicit CodeBook(std::vector<CodeRecord> codes);

  using RecordPtr = std::shared_ptr<const CodeRecord>;
  const std::vector<RecordPtr>& all() const { return all_; }
  /// Known or not, it costs one look-up and one comparison of 32 bytes.
  RecordPtr find(const Mac& mac) const;
  RecordPtr find_id(std::string_view id) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::vector<RecordPtr> all_;
  std::unordered_map<std::uint64_t, RecordPtr>
      by_mac_;  // by its first bytes: nobody without the pepper can choose them
  std::unordered_map<std::string, RecordPtr, Hash, std::equal_to<>> by_id_;
};

/// Who may come in: looks at bearers, never at money. Both stores have one; they fill it with codes.
class Door {
 public:
  explicit Door(const Secrets& secrets);

  void set_secrets(const Secrets& secrets);
  void set_codes(CodeBook codes) { codes_ = std::move(codes); }
  const CodeBook& codes() const { return codes_; }
  /// A word that this process was given: without this its record is no code.
  void admit_given(const Mac& mac) { given_.insert(mac); }

  std::variant<Caller, Problem> identify(std::string_view bearer, std::string_view peer, const Moment& now);
  /// For POST /v1/session: an access code, not a token.
  std::variant<std::shared_ptr<const CodeRecord>, Problem> recognise(std::string_view code,
                                                                     std::string_view peer,
                                                                     const Moment& now);
  /// Whether the bearer is unknown as far as these codes go; a store whose codes may be old then looks again.
  /// False while the peer guesses too much: that must cost nothing.
  bool is_worth_another_look(std::string_view bearer, std::string_view peer, const Moment& now) const;

  OpenedSession open(const CodeRecord& code, const std::string& session_id, TimeMs expires, TimeMs now) const;

 private:
  std::optional<Token> token_of(std::string_view bearer) const;
  std::shared_ptr<const CodeRecord> record_of(const std::string& canonical) const;

  MacKey pepper_;
  MacKey signing_;
  MacKey previous_;
  CodeBook codes_;
  std::set<Mac> given_;
  Guesses guesses_;
};

}  // namespace vignette::relay
