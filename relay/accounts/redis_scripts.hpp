#pragma once
#include <span>
#include <string>

#include "relay/accounts/redis_connection.hpp"

namespace vignette::relay {

// What happens inside Redis, in one step each that nothing can come between, and by Redis's own clock.
//
//   {vignette}:codes                set of ids
//   {vignette}:macs                 MAC → id
//   {vignette}:code:ID              mac terms created disabled epoch given, and what is used:
//                                   spent reserved requests requests_reserved at_work and the consumption
//   {vignette}:day:ID:DAY           spent reserved        {vignette}:relay:DAY   the same over all codes
//   {vignette}:session:ID:SESSION   spent reserved at_work
//   {vignette}:sessions:ID          session → when it ends
//   {vignette}:rate:…               a GCRA's arrival time in microseconds
//   {vignette}:usage:ID             DAY|what|MODEL → count
//   {vignette}:relays               relay → when it was last heard of
//   {vignette}:held:RELAY           reservation → ID|SESSION|DAY|amount
//   {vignette}:changes, :secrets    how often the codes were changed; pepper and signing keys
//
// The tag in braces keeps all of it on one node of a cluster.

inline constexpr const char* redis_prefix = "{vignette}:";

struct RedisScript {
  std::string text;
  std::string sha1;

  explicit RedisScript(std::string script_text);
  RedisCommand call(std::initializer_list<std::string> arguments) const;
};

extern const RedisScript insert_code_script;   ///< id mac terms created given → 1 new, 0 there already
extern const RedisScript change_code_script;   ///< id ("disabled" 0|1 | "terms" JSON)
extern const RedisScript open_session_script;  ///< id session life_ms → word, number
extern const RedisScript
    reserve_script;                      ///< id session amount reservation relay relay_day_cap → word, number
extern const RedisScript finish_script;  ///< relay reservation actual|"release" model input output images
extern const RedisScript beat_script;    ///< relay silence_ms: says it lives, and settles for those that died
extern const RedisScript view_script;    ///< id session → numbers of UsageView
extern const RedisScript replace_secrets_script;  ///< expected new → what stands there then

std::span<const RedisScript* const> redis_scripts();

}  // namespace vignette::relay
