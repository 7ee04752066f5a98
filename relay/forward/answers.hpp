#pragma once
#include "relay/forward/job.hpp"
#include "relay/forward/usage.hpp"
#include "shared/provider/face_reply.hpp"

namespace vignette::relay {

/// Passes on the answer that waits in job.live as it is: bytes as they come. Settles, and finishes or breaks
/// off.
boost::asio::awaitable<void> pass_answer(Job& job);

/// The same for a stream of another dialect: each part is translated as it comes.
boost::asio::awaitable<void> translate_stream(Job& job, const std::string& model, bool with_usage);

/// A whole answer of ours.
boost::asio::awaitable<void> answer_json(Job& job, std::string json,
                                         std::string_view type = "application/json");
boost::asio::awaitable<void> refuse(Job& job, const Problem& problem);

/// "chatcmpl-…" and the time.
provider::FaceStamp stamp_of(const Job& job, const std::string& model);

}  // namespace vignette::relay
