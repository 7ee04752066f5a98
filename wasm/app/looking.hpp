#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "wasm/app/sending.hpp"

namespace vignette {

// Looking at pictures here, with networks that are files of the site. Nothing of it leaves the machine, so it
// passes by everything that guards sending.

/// Answers with FetchDone, whose text is caption::Seen as JSON, or with FetchFailed.
struct LookAt {
  CallId call = 0;
  SourceId source = 0;
  std::vector<Box> boxes;  ///< blacked out
  bool objects = false;    ///< also find things and where they are
};
struct StopLooking {
  CallId call = 0;
};

/// A file of weights beside the site.
struct NetworkFile {
  std::string kind;  ///< "labels" or "objects"
  enum class State {
    Missing,  ///< not part of this site
    Away,     ///< is loaded when it is first needed
    Loading,
    Here,
    Broken  ///< could not be loaded
  } state = State::Missing;
  std::uint64_t bytes = 0;
  std::uint64_t loaded = 0;
  std::string problem;  ///< of Broken, in a sentence
};
/// Told at the start, and again while one is being loaded.
struct NetworksKnown {
  std::vector<NetworkFile> files;
};

}  // namespace vignette
