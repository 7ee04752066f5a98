#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

template <class Value>
boost::asio::awaitable<void> keep(boost::asio::awaitable<Value> work, std::optional<Value>& result) {
  result.emplace(co_await std::move(work));
}

/// Runs one coroutine to its end on a loop of its own. Fails after half a minute.
template <class Value>
Value await(boost::asio::awaitable<Value> work) {
  boost::asio::io_context loop;
  std::optional<Value> result;
  std::exception_ptr thrown;
  boost::asio::co_spawn(loop, keep(std::move(work), result),
                        [&](std::exception_ptr error) { thrown = error; });
  loop.run_for(std::chrono::seconds(30));
  if (thrown) std::rethrow_exception(thrown);
  return std::move(result).value();
}
