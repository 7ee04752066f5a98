// Memory for the relay people run. Every request makes and drops the same few dozen blocks, mostly frames of
// coroutines above the size that the C library hands out quickly. So what is dropped is kept in a list for
// its size, up to four megabytes in all, and handed out again. Sanitizers need the real thing: this file is
// part of the release program only.
#include <array>
#include <cstddef>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

constexpr std::size_t step = 64;
constexpr std::size_t largest = 8192;
constexpr std::size_t most_kept = 4 << 20;

struct Block {
  Block* next;
};

struct Kept {
  std::array<Block*, largest / step + 1> lists{};
  std::size_t bytes = 0;
};
// Each thread has its own; nothing has to be destroyed, for the process ends with its threads.
thread_local constinit Kept kept;

void* get(std::size_t size) {
  const std::size_t list = (size + step - 1) / step;
  if (list < kept.lists.size() && kept.lists[list] != nullptr) {
    Block* block = kept.lists[list];
    kept.lists[list] = block->next;
    kept.bytes -= list * step;
    return block;
  }
  void* fresh = std::malloc(list < kept.lists.size() && list > 0 ? list * step : size + (size == 0));
  if (fresh == nullptr) throw std::bad_alloc();
  return fresh;
}

/// `list`: of the largest size that fits into the block for certain.
void put(void* pointer, std::size_t list) {
  if (list == 0 || list >= kept.lists.size() || kept.bytes + list * step > most_kept)
    return std::free(pointer);
  auto* block = static_cast<Block*>(pointer);
  block->next = kept.lists[list];
  kept.lists[list] = block;
  kept.bytes += list * step;
}

}  // namespace

void* operator new(std::size_t size) { return get(size); }
void* operator new[](std::size_t size) { return get(size); }
void operator delete(void* pointer) noexcept {
  if (pointer != nullptr) put(pointer, ::malloc_usable_size(pointer) / step);
}
void operator delete[](void* pointer) noexcept { operator delete(pointer); }
// Whoever knows the size spares us asking for it.
void operator delete(void* pointer, std::size_t size) noexcept {
  if (pointer != nullptr) put(pointer, (size + step - 1) / step);
}
void operator delete[](void* pointer, std::size_t size) noexcept { operator delete(pointer, size); }
