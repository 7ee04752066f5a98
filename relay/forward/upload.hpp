#pragma once
#include "relay/forward/chat_edits.hpp"
#include "relay/forward/job.hpp"

namespace vignette::relay {

/// Passes a large chat request on while it still arrives: `begin` is what has come so far. Its last bytes are
/// held back until all of it was looked at and its money is reserved, so a provider never has a whole request
/// that was not admitted. There is no second try: nobody has the body any more. True: the answer waits to be
/// passed on. False: it was refused, and the client knows.
boost::asio::awaitable<bool> upload_chat(Job& job, ChatFacts& facts, Skimmer& skim, std::string& begin);

}  // namespace vignette::relay
