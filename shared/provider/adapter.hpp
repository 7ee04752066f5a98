#pragma once
#include "shared/provider/catalogue.hpp"
#include "shared/provider/drawing.hpp"
#include "shared/provider/embedding.hpp"
#include "shared/provider/reply.hpp"
#include "shared/provider/speech.hpp"

namespace vignette::provider {

// The one door: what to send to any provider for any of the four jobs, and what its reply means. No sockets,
// clocks or keys; the relay and the page both call this, add the key and move the bytes.
//
//   std::shared_ptr<const Route> route = Catalogue::built_in().find("gemini/gemini-3.5-flash-lite");
//   Result<HttpCall> call = chat_call(*route, request);        // url_of(*route, *call), key by call->auth
//   Reply<Answer> reply = read_chat(*route, {status, headers, body});
//
// A reply may be Pending: send its `poll` after its wait and read again. A picture may be an address: send
// fetch_call() and read_fetched(). `now` is only for waits that are given as a date.

Result<HttpCall> chat_call(const Route& route, const ChatRequest& request);
Reply<Answer> read_chat(const Route& route, const HttpReply& reply, TimeMs now = 0);

/// `boundary`: 128 random bits as letters, for the providers that take a form.
Result<HttpCall> speech_call(const Route& route, const SpeechRequest& request, std::string_view boundary);
Reply<Transcript> read_speech(const Route& route, const HttpReply& reply, TimeMs now = 0);

Result<HttpCall> draw_call(const Route& route, const DrawRequest& request);
Reply<Drawing> read_drawing(const Route& route, const HttpReply& reply, TimeMs now = 0);

Result<HttpCall> embed_call(const Route& route, const EmbedRequest& request);
Reply<Embeddings> read_embeddings(const Route& route, const HttpReply& reply, TimeMs now = 0);

/// A finished file, without the key, and only from a host that the provider's data allows.
Result<HttpCall> fetch_call(const Route& route, std::string_view url);
Reply<Media> read_fetched(const HttpReply& reply, TimeMs now = 0);

/// Where a call goes.
std::string url_of(const Route& route, const HttpCall& call);

}  // namespace vignette::provider
