#pragma once
#include "relay/forward/desk.hpp"

namespace vignette::relay {

// The routes of the API, for those who were admitted. Each answers the conversation, whatever happens.

boost::asio::awaitable<void> answer_chat(Desk& desk, Conversation& talk, const Admitted& who);
boost::asio::awaitable<void> answer_speech(Desk& desk, Conversation& talk, const Admitted& who);
boost::asio::awaitable<void> answer_drawing(Desk& desk, Conversation& talk, const Admitted& who);
boost::asio::awaitable<void> answer_embeddings(Desk& desk, Conversation& talk, const Admitted& who);
boost::asio::awaitable<void> answer_models(Desk& desk, Conversation& talk, const Admitted& who);
boost::asio::awaitable<void> answer_usage(Desk& desk, Conversation& talk, const Admitted& who);

// And for everybody.
boost::asio::awaitable<void> answer_session(Desk& desk, Conversation& talk);

}  // namespace vignette::relay
