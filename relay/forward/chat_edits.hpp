#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "relay/accounts/terms.hpp"
#include "relay/forward/fleet.hpp"
#include "relay/forward/skim.hpp"
#include "relay/http/problem.hpp"

namespace vignette::relay {

/// What has to be known of a chat request before anything is sent.
struct ChatFacts {
  std::string model;
  std::optional<std::int64_t> max_tokens;
  bool stream = false;
};

/// From the members seen so far; a problem where one of them has the wrong type or is over a cap.
std::optional<Problem> read_chat_facts(const Skimmer& skim, ChatFacts& facts);
std::optional<Problem> check_caps(const Terms& terms, const ChatFacts& facts, std::int64_t n);

// A request is passed on as it was written but for a few members of its outermost object. Those that we write
// ourselves come first, and what they replace becomes white space, so that no length changes on the way:
//
//   {"model":"groq/qwen","max_tokens":200,"messages":[…],"user":"x"}
//   {"model":"qwen","max_completion_tokens":200                     ,"messages":[…]           }

/// The members we write ourselves: without braces, without a comma at either end.
std::string own_members(const Plan& plan, const ChatFacts& facts, std::int64_t max_tokens);
enum class Keep { Yes, No, Translate };  ///< Translate: right only after a translation
Keep keeps(const Plan& plan, const Member& member);

/// Overwrites with spaces what is not kept. `bytes` begin at `offset` of the body; may be called for one
/// stretch after another.
void blank_members(const Plan& plan, const Skimmer& skim, std::uint64_t offset, std::span<char> bytes);
/// A comma has to stand between ours and the first of theirs.
bool needs_comma(const Plan& plan, const Skimmer& skim);

/// What the model would refuse: too many pictures, a type it does not read, too much.
std::optional<Problem> check_media(const Plan& plan, const Skimmer& skim);

/// The most an answer may have, as it is sent.
std::int64_t output_tokens(const Plan& plan, const ChatFacts& facts, const Config& config,
                           const Terms& terms);

}  // namespace vignette::relay
