#pragma once
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/emulator/core/json.hpp"
#include "tests/emulator/senses/picture.hpp"
#include "tests/emulator/senses/sound.hpp"

namespace vignette::emulator {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// One part of a multipart/form-data body.
struct FormPart {
  std::string name, filename, content_type, content;
};

/// What a fault rule wants a model to say or do, beside how the answer travels.
struct Script {
  std::optional<std::string> say;  ///< instead of what it would say about the picture
  std::string thinking;            ///< thoughts before the answer, where and how the provider puts them
  std::string finish;              ///< "length", "filtered" or "refused"
  Json replicate;                  ///< see providers/replicate.cpp
  int pending = 0;                 ///< NVIDIA: how often polling answers 202 first
  int error_after_events = -1;     ///< the provider's own error event after so many events of the stream
};

/// A request as a provider sees it: `path` without the first segment that names the provider.
struct Call {
  std::string method, provider, path, target, host;
  Pairs headers, query;
  std::string body;
  std::vector<FormPart> form;
  Json json;  ///< the parsed body; discarded when it is not JSON
  Script script;

  // What the journal will say about it.
  std::string key, model;
  bool stream = false;
  std::deque<Picture> pictures;  // a deque: look() hands out pointers
  std::deque<Sound> sounds;

  std::string header(std::string_view name) const;
  bool has_header(std::string_view name) const;
  std::string param(std::string_view name) const;
  const FormPart* part(std::string_view name) const;
  std::string field(std::string_view name) const;
  /// "http://127.0.0.1:9000/replicate": where this provider is, as the client sees it.
  std::string base() const { return "http://" + host + "/" + provider; }

  /// Decodes, and notes for the journal, what somebody sent as a picture. Null when it is none.
  const Picture* look(std::string_view bytes);
  /// The same for the bytes behind "data:image/png;base64,…" (`media_type` gets what it claims to be).
  const Picture* look_at_data_uri(std::string_view uri, std::string* media_type = nullptr);
  const Sound& listen(std::string_view bytes, std::string_view name);
};

bool equal_ignoring_case(std::string_view a, std::string_view b);
/// "a*c" against "abc": `*` is any run of characters, slashes too.
bool matches_glob(std::string_view text, std::string_view pattern);
/// The bytes behind base64 with or without a data: prefix; nothing when it is not base64.
std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace vignette::emulator
