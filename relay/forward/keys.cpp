#include "relay/forward/keys.hpp"

#include <algorithm>

namespace vignette::relay {
namespace {

constexpr int failures_to_open = 5;
constexpr std::chrono::seconds longest_rest{60};
constexpr std::int64_t usual_wait_ms = 5'000;

}  // namespace

KeyRing::KeyRing(const std::string& provider, const std::vector<std::shared_ptr<const Secret>>& secrets) {
  for (const auto& secret : secrets)
    keys_.push_back({.secret = secret, .name = provider + "#" + std::to_string(keys_.size() + 1)});
  if (keys_.empty()) keys_.push_back({.secret = std::make_shared<const Secret>(), .name = provider});
}

Key* KeyRing::pick(Clock::time_point now) {
  Key* best = nullptr;
  for (Key& key : keys_) {
    if (key.dead || key.rests_until > now) continue;
    // After an open circuit one request at a time.
    if (key.failures_in_a_row >= failures_to_open && key.at_work > 0) continue;
    if (best == nullptr || key.at_work < best->at_work) best = &key;
  }
  return best;
}

std::optional<std::chrono::milliseconds> KeyRing::rest_left(Clock::time_point now) const {
  std::optional<std::chrono::milliseconds> least;
  for (const Key& key : keys_) {
    if (key.dead) continue;
    const auto left = std::max(std::chrono::milliseconds(1'000),
                               std::chrono::duration_cast<std::chrono::milliseconds>(key.rests_until - now));
    if (!least || left < *least) least = left;
  }
  return least;
}

std::vector<std::pair<std::string, Circuit>> KeyRing::circuits(Clock::time_point now) const {
  std::vector<std::pair<std::string, Circuit>> out;
  for (const Key& key : keys_) {
    Circuit state = Circuit::Closed;
    if (key.failures_in_a_row >= failures_to_open) state = Circuit::HalfOpen;
    if (key.rests_until > now) state = Circuit::Open;
    if (key.dead) state = Circuit::Refused;
    out.emplace_back(key.name, state);
  }
  return out;
}

void KeyRing::worked(Key& key) {
  key.failures_in_a_row = 0;
  key.rest = std::chrono::seconds(5);
}

void KeyRing::failed(Key& key, Clock::time_point now) {
  if (++key.failures_in_a_row < failures_to_open) return;
  key.rests_until = now + key.rest;
  key.rest = std::min(key.rest * 2, longest_rest);
}

void KeyRing::limited(Key& key, Clock::time_point now, std::optional<std::int64_t> wait_ms) {
  const std::chrono::milliseconds wait(std::clamp<std::int64_t>(wait_ms.value_or(usual_wait_ms), 0, 60'000));
  key.rests_until = std::max(key.rests_until, now + wait);
}

}  // namespace vignette::relay
