#pragma once
#include "relay/accounts/code_store.hpp"
#include "relay/accounts/redis_connection.hpp"

namespace vignette::relay {

/// Everything about codes that Redis has, read over one connection.
Result<std::vector<CodeRecord>> read_redis_codes(RedisConnection& connection);
/// The secrets that all relays on this Redis share: made when there are none, the signing key renewed when it
/// is old.
Result<Secrets> share_redis_secrets(RedisConnection& connection, TimeMs now);

Error redis_unreachable();

}  // namespace vignette::relay
