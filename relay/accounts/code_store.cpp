#include "relay/accounts/code_store.hpp"

#include <algorithm>

#include "relay/accounts/code_text.hpp"

namespace vignette::relay {

Result<AddedCode> add_code(CodeStore& store, const Terms& terms, TimeMs now) {
  const MacKey pepper(store.secrets().pepper);
  // Ids are 32 bits: with many thousand codes two may meet once; then another code is made.
  for (int attempt = 0; attempt < 5; ++attempt) {
    std::string text = make_code();
    CodeRecord record = make_record(canonical_code(text), terms, pepper, now, false);
    const auto inserted = store.insert(record);
    if (!inserted) return inserted.error();
    if (*inserted) return AddedCode{std::move(text), std::move(record)};
  }
  return Error{.message = "No free id for another access code was found.", .hint = "Try again."};
}

Result<CodeRecord> given_record(std::string_view text, const Terms& terms, const MacKey& pepper, TimeMs now) {
  const std::string canonical = canonical_code(text);
  if (canonical.empty()) {
    return Error{.code = ErrorCode::InvalidInput,
                 .message = "The given access code is empty or longer than 256 letters.",
                 .hint = "Set SECRET_ACCESS_CODE to a word that is hard to guess, or leave it out."};
  }
  return make_record(canonical, terms, pepper, now, true);
}

Result<CodeRecord> ensure_given_code(CodeStore& store, std::string_view text, const Terms& terms,
                                     TimeMs now) {
  const auto given = given_record(text, terms, MacKey(store.secrets().pepper), now);
  if (!given) return given.error();
  const CodeRecord& wanted = *given;
  const auto inserted = store.insert(wanted);
  if (!inserted) return inserted.error();
  if (*inserted) return wanted;

  auto codes = store.codes();
  if (!codes) return codes.error();
  const auto there =
      std::find_if(codes->begin(), codes->end(), [&](const CodeRecord& c) { return c.mac == wanted.mac; });
  if (there == codes->end()) {
    return Error{.message = "The given access code has the id of another one.",
                 .hint = "Choose another word."};
  }
  if (!there->given || *there->terms == terms) return *there;  // one made by `codes add` keeps its own terms
  if (auto replaced = store.replace_terms(there->id, terms); !replaced) return replaced.error();
  there->terms = wanted.terms;
  return *there;
}

}  // namespace vignette::relay
