#pragma once
#include <memory>
#include <string>
#include <vector>

#include "relay/accounts/code_record.hpp"
#include "relay/accounts/rows.hpp"
#include "relay/accounts/secrets.hpp"

namespace vignette::relay {

struct CodeTotals {
  std::string code;
  std::int64_t requests = 0;
  MicroUsd spent = 0;
};

/// Where codes are kept: a data folder or Redis. What `vignette-relay codes` works on, also while relays run.
class CodeStore {
 public:
  virtual ~CodeStore() = default;
  virtual const Secrets& secrets() const = 0;
  /// False where that id or code is there already.
  virtual Result<bool> insert(const CodeRecord& record) = 0;
  virtual Result<Done> replace_terms(const std::string& id, const Terms& terms) = 0;
  /// Relays know within a second. Disabling ends the code's sessions for good.
  virtual Result<Done> set_disabled(const std::string& id, bool disabled) = 0;
  /// By the time they were made.
  virtual Result<std::vector<CodeRecord>> codes() = 0;
  virtual Result<std::vector<CodeTotals>> totals() = 0;
  virtual Result<std::vector<UsageRow>> usage() = 0;
};

Result<std::unique_ptr<CodeStore>> open_folder_codes(const std::string& folder);
Result<std::unique_ptr<CodeStore>> open_redis_codes(const std::string& url);

struct AddedCode {
  std::string text;  ///< the code itself, for this once
  CodeRecord record;
};
Result<AddedCode> add_code(CodeStore& store, const Terms& terms, TimeMs now);

/// The record of a word that the operator gave, or why it cannot be a code.
Result<CodeRecord> given_record(std::string_view text, const Terms& terms, const MacKey& pepper, TimeMs now);
/// The same, stored by its MAC if it is new, with these terms.
Result<CodeRecord> ensure_given_code(CodeStore& store, std::string_view text, const Terms& terms, TimeMs now);

}  // namespace vignette::relay
