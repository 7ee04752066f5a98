#include "tests/emulator/core/keys.hpp"

#include <algorithm>

#include "tests/emulator/core/clock.hpp"

namespace vignette::emulator {

void Keys::accept(const std::string& key) {
  const std::lock_guard lock(mutex_);
  accepted_.insert(key);
  revoked_.erase(key);
}

void Keys::revoke(const std::string& key) {
  const std::lock_guard lock(mutex_);
  revoked_.insert(key);
}

void Keys::give_quota(const std::string& key, int requests) {
  const std::lock_guard lock(mutex_);
  quota_[key] = requests;
}

void Keys::limit_rate(const std::string& key, int per_minute) {
  const std::lock_guard lock(mutex_);
  per_minute_[key] = per_minute;
}

void Keys::clear() {
  const std::lock_guard lock(mutex_);
  accepted_.clear();
  revoked_.clear();
  quota_.clear();
  per_minute_.clear();
  used_.clear();
}

bool Keys::good_locked(const std::string& key) const {
  return revoked_.count(key) == 0 && (key.rfind("test-", 0) == 0 || accepted_.count(key) > 0);
}

bool Keys::good(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  return good_locked(key);
}

bool Keys::revoked(const std::string& key) const {
  const std::lock_guard lock(mutex_);
  return revoked_.count(key) > 0;
}

Keys::Verdict Keys::use(const std::string& key) {
  const std::lock_guard lock(mutex_);
  Verdict verdict;
  if (key.empty()) {
    verdict.state = KeyState::Missing;
    return verdict;
  }
  if (!good_locked(key)) {
    verdict.state = KeyState::Wrong;
    return verdict;
  }
  if (const auto quota = quota_.find(key); quota != quota_.end() && quota->second-- <= 0) {
    quota->second = 0;
    verdict.state = KeyState::Spent;
    return verdict;
  }
  const auto now = static_cast<long long>(uptime_ms());
  auto& times = used_[key];
  while (!times.empty() && times.front() <= now - 60'000) times.pop_front();
  if (const auto limit = per_minute_.find(key); limit != per_minute_.end()) verdict.limit = limit->second;
  if (static_cast<int>(times.size()) >= verdict.limit) {
    verdict.state = KeyState::Limited;
    verdict.remaining = 0;
    verdict.retry_after = times.empty() ? 60 : static_cast<double>(times.front() + 60'000 - now) / 1000;
    return verdict;
  }
  times.push_back(now);
  verdict.remaining = verdict.limit - static_cast<int>(times.size());
  return verdict;
}

}  // namespace vignette::emulator
