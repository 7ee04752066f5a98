#pragma once
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace vignette::relay {

/// Waits on the event loop for a word from another thread. `begin` gets the function to call, once, from
/// anywhere; the coroutine goes on where it was.
///
///   const bool durable = co_await on_loop<bool>([&](auto told) { journal.when_done(write, told); });
template <class Value>
boost::asio::awaitable<Value> on_loop(std::function<void(std::function<void(Value)>)> begin) {
  namespace asio = boost::asio;
  auto executor = co_await asio::this_coro::executor;
  auto initiate = [executor, &begin](auto handler) {
    // std::function wants copies, a handler cannot be copied. The work guard keeps the loop turning
    // meanwhile.
    auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    auto work = asio::make_work_guard(executor);
    begin([shared, work, executor](Value value) {
      asio::post(executor, [shared, work, value = std::move(value)]() mutable {
        std::move (*shared)(std::move(value));
      });
    });
  };
  auto token = asio::use_awaitable;
  co_return co_await asio::async_initiate<decltype(token), void(Value)>(std::move(initiate), token);
}

}  // namespace vignette::relay
