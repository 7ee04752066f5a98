#pragma once
#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "shared/caption/failure.hpp"

namespace vignette::caption {

/// The caller's number for one picture.
using TaskId = std::uint32_t;

struct Pace {
  int concurrency = 2;        ///< 1–8 calls at a time
  bool slow = false;          ///< 3 s between the starts of calls instead of 0.1 s
  int tries = 5;              ///< calls for one picture that may break, before it has failed
  int rate_limit_tries = 12;  ///< the same for those turned away by a rate limit: not the picture's fault
};

struct Start {
  TaskId task = 0;
  int attempt = 1;
  bool half_size = false;  ///< the provider found the picture too large
};
struct Next {
  std::vector<Start> start;    ///< start these calls now
  std::optional<TimeMs> wake;  ///< ask again then; nothing: only an answer can change something
};

struct Counts {
  int queued = 0;  ///< waiting for a first or another try
  int running = 0;
  int done = 0;
  int failed = 0;
  int cancelled = 0;
  int left() const { return queued + running; }
};

/// Decides when which picture is sent to one provider. It has no clock, makes no calls and knows no captions:
///
///   Pacer pacer({.concurrency = 2}, seed);
///   pacer.add(1); pacer.add(2);
///   for (Next next = pacer.next(now); …; next = pacer.next(now)) start next.start, sleep until next.wake
///   pacer.succeeded(1, now, hint);   or   pacer.broke(2, {Failure::RateLimit, 2000}, now);
///
/// What breaks is tried again after 1, 2, 4, 8 s ± 20 %, or when the server says. A wait that the server asks
/// for holds for everybody. After three turned away in a row the concurrency is halved; it recovers by one
/// after ten answers. `now` must not go backwards.
class Pacer {
 public:
  Pacer(const Pace& pace, std::uint64_t seed);

  /// A picture that was there before and is not running or queued begins anew.
  void add(TaskId task);
  /// Also while it runs: the person moved the slider.
  void set_pace(const Pace& pace);

  Next next(TimeMs now);

  // What became of a started call. False: it was not running (cancelled, or told twice), so nothing is
  // changed.
  bool succeeded(TaskId task, TimeMs now, std::optional<RateHint> hint = {});
  /// It was answered, and one more call is needed for the same picture: a repair, or one that was never let
  /// out. It takes the next free place, like any other call, and costs no try.
  bool again(TaskId task, TimeMs now, std::optional<RateHint> hint = {});
  /// Tells whether it will be tried again, in `retry_at`.
  bool broke(TaskId task, const CallFailure& why, TimeMs now, std::optional<TimeMs>* retry_at = nullptr);

  /// No new calls; those running finish.
  void pause() { paused_ = true; }
  void resume();
  bool paused() const { return paused_; }
  /// A failure that every further picture would share has paused the job.
  std::optional<Failure> halted_by() const { return halted_by_; }
  /// Nothing is started any more. Returns what runs, to be aborted.
  std::vector<TaskId> cancel();
  bool cancel(TaskId task);

  Counts counts() const { return counts_; }
  bool finished() const { return counts_.left() == 0; }
  /// How many calls may run at the moment, after what the provider made of our wishes.
  int width() const { return width_; }
  /// Before this the provider wants no call at all.
  TimeMs blocked_until() const { return blocked_until_; }

 private:
  enum class State { Queued, Waiting, Running, Done, Failed, Cancelled };
  struct Task {
    State state = State::Queued;
    int attempts = 0;
    int broken = 0;
    int turned_away = 0;
    bool half_size = false;
    TimeMs started = 0;
    TimeMs due = 0;
  };

  void settle(Task& task, State state);
  void queue_again(TaskId id, Task& task, TimeMs due);
  void turned_away(const Task& task, TimeMs now);
  std::int64_t backoff_ms(TaskId id, const Task& task) const;
  std::int64_t gap_ms() const { return pace_.slow ? 3'000 : 100; }

  Pace pace_;
  std::uint64_t seed_;
  int width_;
  int answers_since_ = 0;
  int turned_away_in_row_ = 0;
  TimeMs narrowed_at_ = -1;
  TimeMs blocked_until_ = 0;
  std::optional<TimeMs> last_start_;
  std::optional<RateHint> allowance_;  // reset_ms is a moment here
  bool paused_ = false;
  std::optional<Failure> halted_by_;
  Counts counts_;
  std::unordered_map<TaskId, Task> tasks_;
  std::deque<TaskId> queue_;
  std::set<std::pair<TimeMs, TaskId>> waiting_;  // by the moment of the next try
};

}  // namespace vignette::caption
