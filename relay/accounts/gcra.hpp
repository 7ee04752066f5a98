#pragma once
#include <cstdint>

namespace vignette::relay {

/// A rate: so many in a minute, and so many of them at once after a pause.
struct Rate {
  std::int64_t interval_ns;  ///< between two when they come evenly
  std::int64_t burst;

  static constexpr Rate per_minute(std::int64_t limit) { return {60'000'000'000 / limit, limit}; }
};

/// The generic cell rate algorithm: all its memory is the time at which everything so far would have arrived
/// if it had come evenly. Whole nanoseconds; a refusal changes nothing, so that whoever keeps asking is not
/// starved.
///
///   if (const auto wait = gcra.wait_ns(rate, now)) return refuse(wait);
///   gcra.take(rate, now);
class Gcra {
 public:
  /// 0 when one more may pass now, else how long until it may.
  std::int64_t wait_ns(const Rate& rate, std::int64_t now_ns) const {
    const std::int64_t excess = next(rate, now_ns) - now_ns - rate.burst * rate.interval_ns;
    return excess > 0 ? excess : 0;
  }
  /// How many more may pass at this moment.
  std::int64_t left(const Rate& rate, std::int64_t now_ns) const {
    const std::int64_t room = rate.burst * rate.interval_ns - full_in_ns(now_ns);
    return room > 0 ? room / rate.interval_ns : 0;
  }
  /// Until it is as after a long pause.
  std::int64_t full_in_ns(std::int64_t now_ns) const {
    return arrival_ns_ > now_ns ? arrival_ns_ - now_ns : 0;
  }
  void take(const Rate& rate, std::int64_t now_ns) { arrival_ns_ = next(rate, now_ns); }

 private:
  std::int64_t next(const Rate& rate, std::int64_t now_ns) const {
    return (arrival_ns_ > now_ns ? arrival_ns_ : now_ns) + rate.interval_ns;
  }
  std::int64_t arrival_ns_ = 0;
};

/// Retry-After is in whole seconds: rounded up, so that whoever obeys is served.
inline int seconds_up(std::int64_t ns) { return static_cast<int>((ns + 999'999'999) / 1'000'000'000); }

}  // namespace vignette::relay
