#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/dataset/item.hpp"
#include "shared/provider/http_call.hpp"
#include "wasm/app/storage.hpp"

namespace vignette {

/// The app's number for a place where models are.
using ConnectionId = std::uint32_t;
/// The app's number for one request on its way.
using CallId = std::uint32_t;

// ---- effects
// -----------------------------------------------------------------------------------------------

/// The web layer keeps the key or code from here on; nothing else in the app knows it.
struct KeepSecret {
  ConnectionId connection = 0;
  std::string secret;
  bool remember = false;  ///< also on this device
};
struct ForgetSecret {
  ConnectionId connection = 0;
};
/// Connections, presets and catalogue entries of this device, without secrets. Comes back as
/// ConnectionsRestored.
struct StoreConnections {
  std::string json;
};
/// Exchanges an access code for a token, which the web layer keeps and renews. Answers with SessionOpened or
/// SessionFailed.
struct OpenSession {
  ConnectionId connection = 0;
  std::string url;
};

/// A rectangle in parts of the upright picture: x, y, width, height.
using Box = std::array<double, 4>;

/// A piece of a request's body: text, or the reduced copy of a picture.
struct BodyPart {
  std::string text;
  struct Copy {
    SourceId source = 0;
    ItemId item;
    int side = 0;
    std::vector<Box> boxes;      ///< blacked out
    std::int64_t max_bytes = 0;  ///< the JPEG stays below it; 0: no limit
    bool base64 = true;          ///< otherwise its bytes as they are
  };
  std::optional<Copy> copy;
};
/// What the ledger will say about a request.
struct LedgerNote {
  std::string what;
  ItemId item;
  std::string provider;
  std::string model;
};
struct Fetch {
  CallId call = 0;
  ConnectionId connection = 0;
  std::string method;
  std::string url;
  std::vector<provider::Header> headers;
  provider::AuthHeader auth;
  std::vector<BodyPart> body;
  bool stream = false;
  std::int64_t timeout_ms = 120'000;
  LedgerNote ledger;
};
struct CancelFetch {
  CallId call = 0;
};
/// Every further Fetch is refused by the web layer, too.
struct SetLocalOnly {
  bool on = false;
};
/// Answers with LocalServersFound.
struct FindLocalServers {};
/// A text as a download, or for the script call that asked.
struct SaveText {
  std::uint32_t request = 0;
  std::string name;
  std::string mime;
  std::string text;
};
/// The browser's file dialog for one small text; answers with TextPicked.
struct PickText {
  std::string purpose;
  std::string accept;
};
/// What a call turned out to have used, for its row in the stored ledger.
struct AddToLedger {
  CallId call = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::optional<std::int64_t> cost_micro_usd;
};

// ---- events
// ------------------------------------------------------------------------------------------------

struct ConnectionsRestored {
  std::string json;
  std::vector<ConnectionId> with_secret;
};
struct LocalServer {
  std::string kind;  ///< "ollama", "llamacpp", "lmstudio", "vllm"
  std::string base;
  bool blocked = false;  ///< it is there, but does not let this page in
};
struct LocalServersFound {
  std::vector<LocalServer> servers;
};
struct SessionOpened {
  ConnectionId connection = 0;
  std::string expires;
};
struct SessionFailed {
  ConnectionId connection = 0;
  Error error;
};
struct SentCopy {
  int width = 0;
  int height = 0;
  std::uint64_t bytes = 0;
  std::string hash;
};
struct FetchSent {
  CallId call = 0;
  std::uint64_t bytes = 0;
  std::optional<SentCopy> copy;
  std::string host;
};
struct FetchHead {
  CallId call = 0;
  int status = 0;
  std::vector<provider::Header> headers;
};
struct FetchPart {
  CallId call = 0;
  std::string text;
};
struct FetchDone {
  CallId call = 0;
  int status = 0;
  std::vector<provider::Header> headers;
  std::string text;  ///< of a stream: what was not told yet
};
struct FetchFailed {
  CallId call = 0;
  std::string kind;  ///< "network", "offline", "cors", "timeout", "cancelled", "local_only", "mixed_content"
  Error error;
};
/// A request that left this machine.
struct LedgerRow {
  CallId call = 0;  ///< 0: of an earlier visit
  TimeMs time = 0;
  LedgerNote note;
  std::uint64_t bytes = 0;
  std::optional<SentCopy> copy;
  std::string host;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  std::optional<std::int64_t> cost_micro_usd;
};
/// Rows of earlier visits, with the dataset.
struct LedgerLoaded {
  std::vector<LedgerRow> rows;
};
struct TextPicked {
  std::string purpose;
  std::string name;
  std::string text;
};

}  // namespace vignette
