#pragma once
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>

namespace vignette::relay {

using Clock = std::chrono::steady_clock;

class Alarms;

/// Adds to a sum how long it lives: for time that somebody else took.
class Waiting {
 public:
  explicit Waiting(Clock::duration& sum) : sum_(sum), since_(Clock::now()) {}
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  ~Waiting() { sum_ += Clock::now() - since_; }

 private:
  Clock::duration& sum_;
  Clock::time_point since_;
};

/// A deadline that costs next to nothing to move: every request moves several, and nearly none of them ever
/// rings. It may ring up to 20 ms late.
class Alarm {
 public:
  explicit Alarm(Alarms& alarms) : alarms_(alarms) {}
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  virtual ~Alarm() { unlink(); }

  void set(Clock::time_point at);
  void set_in(std::chrono::milliseconds time) { set(Clock::now() + time); }
  void clear() { at_ = Clock::time_point::max(); }
  /// For good: a cleared alarm still keeps the event loop turning until its slot comes round.
  void end() {
    clear();
    unlink();
  }
  bool is_set() const { return at_ != Clock::time_point::max(); }

 protected:
  /// May set any alarm again and destroy any, also this one.
  virtual void ring() = 0;

 private:
  friend class Alarms;
  void unlink();

  Alarms& alarms_;
  Clock::time_point at_ = Clock::time_point::max();
  std::int64_t slot_ = 0;  // the tick it will be looked at; never later than at_
  Alarm* previous_ = nullptr;
  Alarm* next_ = nullptr;
};

/// A wheel of slots with a list of alarms each. An alarm stays where it is when its time moves away, and is
/// moved on when its slot comes round.
class Alarms {
 public:
  explicit Alarms(boost::asio::io_context& io) : timer_(io) {}
  /// How late the last tick came: what else the loop was doing.
  double lag_seconds() const { return std::chrono::duration<double>(lag_).count(); }

 private:
  friend class Alarm;
  static constexpr std::chrono::milliseconds tick{20};
  static constexpr std::size_t slots = 1024;

  static std::int64_t tick_of(Clock::time_point time) { return time.time_since_epoch() / tick; }
  void link(Alarm& alarm);
  void sleep();
  void turn();

  boost::asio::steady_timer timer_;
  std::array<Alarm*, slots> wheel_{};
  std::int64_t turned_ = tick_of(Clock::now());  // the last tick that was looked at
  std::size_t linked_ = 0;
  bool sleeping_ = false;
  Clock::duration lag_{};
};

}  // namespace vignette::relay
