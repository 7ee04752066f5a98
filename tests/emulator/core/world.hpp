#pragma once
#include <map>
#include <mutex>
#include <string>

#include "tests/emulator/core/faults.hpp"
#include "tests/emulator/core/gates.hpp"
#include "tests/emulator/core/journal.hpp"
#include "tests/emulator/core/keys.hpp"
#include "tests/emulator/core/models.hpp"

namespace vignette::emulator {

/// Bytes that were uploaded or painted and are fetched later.
struct Stored {
  std::string bytes, mime;
};
class Shelf {
 public:
  std::string put(Stored thing);  ///< under a new id of 26 letters and digits
  void put_at(const std::string& id, Stored thing);
  std::optional<Stored> get(const std::string& id) const;
  bool remove(const std::string& id);
  void clear();

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Stored> things_;
};

/// Everything that outlives a request.
struct World {
  Keys keys;
  Faults faults;
  Gates gates;
  Journal journal;
  Models models;
  Shelf shelf;
  /// JSON documents that providers keep, each under its own prefix: Replicate's predictions, Gemini's files.
  struct Documents {
    std::mutex mutex;
    std::map<std::string, Json> all;
  } documents;

  void reset();
};

/// A new id: different every time, the same sequence in every run.
std::string new_id(std::size_t length = 26);
std::string new_uuid();

}  // namespace vignette::emulator
