#include "relay/http/alarms.hpp"

#include <algorithm>
#include <utility>

namespace vignette::relay {

void Alarm::set(Clock::time_point at) {
  at_ = at;
  if (slot_ != 0 && Alarms::tick_of(at) >= slot_) return;  // it will be looked at in time
  unlink();
  alarms_.link(*this);
}

void Alarm::unlink() {
  if (slot_ == 0) return;
  (previous_ != nullptr ? previous_->next_
                        : alarms_.wheel_[static_cast<std::size_t>(slot_) % Alarms::slots]) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  slot_ = 0;
  previous_ = next_ = nullptr;
  --alarms_.linked_;
}

void Alarms::link(Alarm& alarm) {
  if (linked_ == 0) turned_ = tick_of(Clock::now());
  const auto farthest = turned_ + static_cast<std::int64_t>(slots) - 1;
  alarm.slot_ = std::clamp(tick_of(alarm.at_), turned_ + 1, farthest);
  Alarm*& first = wheel_[static_cast<std::size_t>(alarm.slot_) % slots];
  alarm.previous_ = nullptr;
  alarm.next_ = first;
  if (first != nullptr) first->previous_ = &alarm;
  first = &alarm;
  ++linked_;
  if (!sleeping_) sleep();
}

// Ticks come only while an alarm is set: an idle server sleeps.
void Alarms::sleep() {
  sleeping_ = true;
  timer_.expires_after(tick);
  timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    sleeping_ = false;
    lag_ = Clock::now() - timer_.expiry();
    turn();
    if (linked_ > 0 && !sleeping_) sleep();
  });
}

void Alarms::turn() {
  const Clock::time_point now = Clock::now();
  const std::int64_t until = tick_of(now);
  while (turned_ < until) {
    ++turned_;
    Alarm*& first = wheel_[static_cast<std::size_t>(turned_) % slots];
    while (first != nullptr) {
      Alarm& alarm = *first;
      alarm.unlink();
      if (!alarm.is_set()) continue;
      if (alarm.at_ <= now + tick) {
        alarm.clear();
        alarm.ring();
      } else {
        link(alarm);  // never into the slot at hand: that lies behind
      }
    }
  }
}

}  // namespace vignette::relay
