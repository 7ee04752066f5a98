#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "wasm/app/pictures.hpp"

namespace vignette {

/// Thumbnails on the GPU: pages of 2048² pixels, each cut into 64 slots of 256², so that a grid of hundreds
/// of pictures draws with a handful of textures. Least recently drawn ones make room when the budget is full.
class ThumbnailAtlas {
 public:
  explicit ThumbnailAtlas(std::size_t budget_bytes);

  /// Where the item's thumbnail is, if it is there. Counts as a use.
  std::optional<TextureRect> find(const ItemId& item);
  bool has(const ItemId& item) const { return slots_.count(item) != 0; }
  /// Takes a copy and puts it on the GPU with one of the next `upload_some`. Larger than a slot: refused.
  bool add(const ItemId& item, int width, int height, const std::uint8_t* rgba);
  /// Uploads what is waiting until `until_ms`, at least one. Call once a frame, before drawing.
  void upload_some(double until_ms);
  bool uploads_wait() const { return !waiting_.empty(); }
  bool is_waiting(const ItemId& item) const;
  void next_frame() { ++frame_; }
  /// The context is gone with every texture in it.
  void forget_textures();

 private:
  struct Slot {
    std::size_t page = 0;
    int index = 0;
    int width = 0, height = 0;
    std::uint64_t used = 0;  ///< frame it was last drawn in
  };
  struct Waiting {
    ItemId item;
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
  };
  struct FreeSlot {
    std::size_t page = 0;
    int index = 0;
  };
  void upload(const Waiting& picture);
  FreeSlot take_slot();
  void add_page();

  std::size_t most_pages_;
  std::vector<unsigned> pages_;  ///< texture names
  std::vector<FreeSlot> free_;
  std::unordered_map<ItemId, Slot> slots_;
  std::deque<Waiting> waiting_;
  std::uint64_t frame_ = 1;
};

}  // namespace vignette
