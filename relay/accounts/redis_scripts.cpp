#include "relay/accounts/redis_scripts.hpp"

#include <array>
#include <openssl/evp.h>

#include "relay/accounts/mac.hpp"

namespace vignette::relay {
namespace {

std::string sha1_of(const std::string& text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  return hex({reinterpret_cast<const char*>(digest.data()), size});
}

// What every script begins with. Numbers in Lua are doubles: exact to 2^53, nine billion dollars.
constexpr const char* common = R"lua(
local P = '{vignette}:'
local time = redis.call('TIME')
local us = time[1] * 1000000 + time[2]
local ms = math.floor(us / 1000)
local today = math.floor(time[1] / 86400)
local function text(number) return string.format('%.0f', number) end
local function add(key, field, amount)
  if amount ~= 0 then redis.call('HINCRBY', key, field, text(amount)) end
end
local function used(key)
  local v = redis.call('HMGET', key, 'spent', 'reserved')
  return tonumber(v[1] or 0) + tonumber(v[2] or 0)
end
-- GCRA: how many microseconds to wait, and the arrival time to store if there is none.
local function rate(key, interval, burst)
  local arrival = math.max(tonumber(redis.call('GET', key) or 0), us) + interval
  return math.max(arrival - us - burst * interval, 0), arrival
end
local function arrive(key, arrival)
  redis.call('SET', key, text(arrival), 'PX', text(math.ceil((arrival - us) / 1000) + 1000))
end
local function seconds(wait) return math.ceil(wait / 1000000) end
local function parts(session) return session ~= '' and session or ('direct ' .. today) end
-- Ends one reservation. actual < 0: nothing was spent.
local function finish(held, actual, model, input, output, images)
  local id, part, day, amount = string.match(held, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)$')
  amount = tonumber(amount)
  local code, session = P .. 'code:' .. id, P .. 'session:' .. id .. ':' .. part
  local counted = actual >= 0
  local spent = counted and math.min(actual, amount) or 0
  for _, key in ipairs({code, P .. 'day:' .. id .. ':' .. day, P .. 'relay:' .. day, session}) do
    add(key, 'reserved', -amount)
    add(key, 'spent', spent)
  end
  add(code, 'at_work', -1)
  add(session, 'at_work', -1)
  add(code, 'requests_reserved', -1)
  if not counted then return end
  add(code, 'requests', 1)
  local usage = P .. 'usage:' .. id
  for what, count in pairs({requests = 1, input_tokens = input, output_tokens = output, images = images, money = spent}) do
    add(usage, day .. '|' .. what .. '|' .. model, count)
    if what ~= 'requests' and what ~= 'money' then add(code, what, count) end
  end
end
)lua";

constexpr const char* insert_code = R"lua(
local code = P .. 'code:' .. ARGV[1]
if redis.call('EXISTS', code) == 1 or redis.call('HSETNX', P .. 'macs', ARGV[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', code, 'mac', ARGV[2], 'terms', ARGV[3], 'created', ARGV[4], 'given', ARGV[5], 'disabled', '0', 'epoch', '0')
redis.call('SADD', P .. 'codes', ARGV[1])
redis.call('INCR', P .. 'changes')
return 1
)lua";

constexpr const char* change_code = R"lua(
local code = P .. 'code:' .. ARGV[1]
if redis.call('EXISTS', code) == 0 then return 0 end
if ARGV[2] == 'disabled' and ARGV[3] == '1' and redis.call('HGET', code, 'disabled') ~= '1' then
  redis.call('HINCRBY', code, 'epoch', 1)
end
redis.call('HSET', code, ARGV[2], ARGV[3])
redis.call('INCR', P .. 'changes')
return 1
)lua";

constexpr const char* open_session = R"lua(
local stored = redis.call('HGET', P .. 'code:' .. ARGV[1], 'terms')
if not stored then return {'invalid_code', 0} end
local terms, sessions = cjson.decode(stored), P .. 'sessions:' .. ARGV[1]
redis.call('ZREMRANGEBYSCORE', sessions, '-inf', text(ms))
if terms.sessions and redis.call('ZCARD', sessions) >= terms.sessions then
  local first = redis.call('ZRANGE', sessions, 0, 0, 'WITHSCORES')
  return {'too_many_sessions', first[2] and math.max(math.ceil((first[2] - ms) / 1000), 1) or 60}
end
local key = P .. 'rate:' .. ARGV[1] .. ':openings'
local wait, arrival = rate(key, 1000000, math.max(40, terms.sessions or 0))
if wait > 0 then return {'rate_limited', seconds(wait)} end
arrive(key, arrival)
local ends = ms + tonumber(ARGV[3])
if terms.expires then ends = math.min(ends, terms.expires) end
redis.call('ZADD', sessions, text(ends), ARGV[2])
return {'ok', ends}
)lua";

constexpr const char* reserve = R"lua(
local id, amount = ARGV[1], tonumber(ARGV[3])
local code = P .. 'code:' .. id
local state = redis.call('HMGET', code, 'terms', 'disabled', 'at_work', 'requests', 'requests_reserved')
if not state[1] then return {'invalid_code', 0} end
if state[2] == '1' then return {'code_disabled', 0} end
local terms = cjson.decode(state[1])
if terms.expires and ms >= terms.expires then return {'code_expired', 0} end
local part = parts(ARGV[2])
local session = P .. 'session:' .. id .. ':' .. part
local arrivals = {}
local rate_limit, rate_left, rate_reset = 0, 0, 0
for _, limit in ipairs({{'session', P .. 'rate:' .. id .. ':' .. part, terms.session_requests_per_minute},
                        {'code', P .. 'rate:' .. id, terms.requests_per_minute}}) do
  if limit[3] then
    local interval = math.floor(60000000 / limit[3])
    local wait, arrival = rate(limit[2], interval, limit[3])
    if wait > 0 then return {'rate_limited_' .. limit[1], seconds(wait)} end
    arrivals[#arrivals + 1] = {limit[2], arrival}
    local left = limit[3] - math.ceil((arrival - us) / interval)
    if rate_limit == 0 or left < rate_left then
      rate_limit, rate_left, rate_reset = limit[3], left, seconds(arrival - us)
    end
  end
end
if terms.session_concurrency and tonumber(redis.call('HGET', session, 'at_work') or 0) >= terms.session_concurrency then
  return {'too_many_concurrent_session', 0}
end
if terms.concurrency and tonumber(state[3] or 0) >= terms.concurrency then return {'too_many_concurrent_code', 0} end
if terms.requests and tonumber(state[4] or 0) + tonumber(state[5] or 0) + 1 > terms.requests then return {'budget_requests', 0} end
local money = nil
local day, relay_day = P .. 'day:' .. id .. ':' .. today, P .. 'relay:' .. today
for _, budget in ipairs({{'budget_code', code, terms.budget}, {'budget_day', day, terms.daily_budget},
                         {'budget_session', session, terms.session_budget}, {'budget_relay', relay_day, tonumber(ARGV[6])}}) do
  if budget[3] then
    local left = budget[3] - used(budget[2]) - amount
    if left < 0 then return {budget[1], 0} end
    money = math.min(money or left, left)
  end
end
for _, arrival in ipairs(arrivals) do arrive(arrival[1], arrival[2]) end
for _, key in ipairs({code, day, relay_day, session}) do add(key, 'reserved', amount) end
add(code, 'requests_reserved', 1)
add(code, 'at_work', 1)
add(session, 'at_work', 1)
redis.call('EXPIRE', session, 172800)
redis.call('EXPIRE', day, 691200)
redis.call('EXPIRE', relay_day, 691200)
redis.call('HSET', P .. 'held:' .. ARGV[5], ARGV[4], id .. '|' .. part .. '|' .. today .. '|' .. text(amount))
redis.call('ZADD', P .. 'relays', text(ms), ARGV[5])
return {'ok', 0, money or -1, rate_limit, rate_left, rate_reset}
)lua";

constexpr const char* finish_one = R"lua(
local key = P .. 'held:' .. ARGV[1]
local held = redis.call('HGET', key, ARGV[2])
if not held then return 0 end
redis.call('HDEL', key, ARGV[2])
finish(held, ARGV[3] == 'release' and -1 or tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]))
return 1
)lua";

// A relay that has not been heard of for so long is dead, and nobody knows how far its requests came: they
// cost all that was set aside.
constexpr const char* beat = R"lua(
redis.call('ZADD', P .. 'relays', text(ms), ARGV[1])
local settled = 0
for _, relay in ipairs(redis.call('ZRANGEBYSCORE', P .. 'relays', '-inf', text(ms - tonumber(ARGV[2])))) do
  local held = redis.call('HVALS', P .. 'held:' .. relay)
  for _, one in ipairs(held) do
    finish(one, math.huge, 'unknown', 0, 0, 0)
    settled = settled + 1
  end
  redis.call('DEL', P .. 'held:' .. relay)
  redis.call('ZREM', P .. 'relays', relay)
end
return settled
)lua";

constexpr const char* view = R"lua(
local id = ARGV[1]
local all = redis.call('HMGET', P .. 'code:' .. id, 'requests', 'requests_reserved', 'spent', 'reserved', 'at_work',
                       'input_tokens', 'output_tokens', 'images')
local session = redis.call('HMGET', P .. 'session:' .. id .. ':' .. parts(ARGV[2]), 'spent', 'reserved')
local day = redis.call('HGET', P .. 'day:' .. id .. ':' .. today, 'spent')
local out = {}
for i = 1, 8 do out[i] = tonumber(all[i] or 0) end
out[9], out[10], out[11] = tonumber(day or 0), tonumber(session[1] or 0), tonumber(session[2] or 0)
return out
)lua";

constexpr const char* replace_secrets = R"lua(
local there = redis.call('GET', P .. 'secrets')
if (there or '') == ARGV[1] then
  redis.call('SET', P .. 'secrets', ARGV[2])
  return ARGV[2]
end
return there
)lua";

}  // namespace

RedisScript::RedisScript(std::string script_text) : text(common + script_text), sha1(sha1_of(text)) {}

RedisCommand RedisScript::call(std::initializer_list<std::string> arguments) const {
  RedisCommand command = {"EVALSHA", sha1, "0"};
  command.insert(command.end(), arguments);
  return command;
}

// Made once, from literals and without order among them.
const RedisScript insert_code_script(insert_code);
const RedisScript change_code_script(change_code);
const RedisScript open_session_script(open_session);
const RedisScript reserve_script(reserve);
const RedisScript finish_script(finish_one);
const RedisScript beat_script(beat);
const RedisScript view_script(view);
const RedisScript replace_secrets_script(replace_secrets);

std::span<const RedisScript* const> redis_scripts() {
  static const std::array all = {&insert_code_script, &change_code_script,    &open_session_script,
                                 &reserve_script,     &finish_script,         &beat_script,
                                 &view_script,        &replace_secrets_script};
  return all;
}

}  // namespace vignette::relay
