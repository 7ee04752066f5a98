#include "shared/caption/word_diff.hpp"

#include <algorithm>
#include <cstdint>

namespace vignette::caption {
namespace {

using Words = std::vector<std::string_view>;

// Past this many cells the table would cost more than a caption is worth; the middle is then one block.
constexpr std::size_t kMostCells = 4'000'000;

enum class Kind { Space, Word, Mark };
Kind kind_of(char c) {
  if (c == ' ' || (c >= '\t' && c <= '\r')) return Kind::Space;
  const auto u = static_cast<unsigned char>(c);
  const bool letter = u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z');
  return letter || c == '-' || c == '\'' || c == '_' ? Kind::Word : Kind::Mark;
}

Words words_of(std::string_view text) {
  Words out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    const Kind kind = kind_of(text[at]);
    while (kind != Kind::Mark && end < text.size() && kind_of(text[end]) == kind) ++end;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

void add_same(std::vector<DiffBlock>& out, std::string_view words) {
  if (out.empty() || !out.back().same) out.push_back({true, "", ""});
  out.back().left += words;
  out.back().right += words;
}

void add_change(std::vector<DiffBlock>& out, std::string_view left, std::string_view right) {
  if (out.empty() || out.back().same) out.push_back({false, "", ""});
  out.back().left += left;
  out.back().right += right;
}

/// Lengths of the longest common subsequences of all ends: common[i][j] for a[i…] and b[j…].
class Table {
 public:
  Table(const Words& a, const Words& b) : width_(b.size() + 1), cells_((a.size() + 1) * width_, 0) {
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;)
        cells_[i * width_ + j] = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  std::uint32_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<std::uint32_t> cells_;
};

void diff_middle(const Words& a, const Words& b, std::vector<DiffBlock>& out) {
  if ((a.size() + 1) * (b.size() + 1) > kMostCells) {
    for (const std::string_view word : a) add_change(out, word, {});
    for (const std::string_view word : b) add_change(out, {}, word);
    return;
  }
  const Table common(a, b);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) {
      add_same(out, a[i]);
      ++i;
      ++j;
    } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
      add_change(out, a[i++], {});
    } else {
      add_change(out, {}, b[j++]);
    }
  }
  for (; i < a.size(); ++i) add_change(out, a[i], {});
  for (; j < b.size(); ++j) add_change(out, {}, b[j]);
}

/// "red vase" against "blue cup" is one change, not two around a space that happens to be the same.
std::vector<DiffBlock> without_lone_spaces(std::vector<DiffBlock> blocks) {
  std::vector<DiffBlock> out;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    DiffBlock& block = blocks[i];
    const bool lone =
        block.same && i > 0 && i + 1 < blocks.size() &&
        std::all_of(block.left.begin(), block.left.end(), [](char c) { return kind_of(c) == Kind::Space; });
    if (lone || (!block.same && !out.empty() && !out.back().same)) {
      add_change(out, block.left, block.right);
    } else {
      out.push_back(std::move(block));
    }
  }
  return out;
}

}  // namespace

std::vector<DiffBlock> diff_words(std::string_view left, std::string_view right) {
  Words a = words_of(left);
  Words b = words_of(right);
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;

  std::vector<DiffBlock> out;
  const auto offset = [](std::size_t n) { return static_cast<std::ptrdiff_t>(n); };
  for (std::size_t i = 0; i < head; ++i) add_same(out, a[i]);
  diff_middle(Words(a.begin() + offset(head), a.end() - offset(tail)),
              Words(b.begin() + offset(head), b.end() - offset(tail)), out);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) add_same(out, a[i]);
  return without_lone_spaces(std::move(out));
}

std::string merged(const std::vector<DiffBlock>& blocks, const std::vector<bool>& take_right) {
  std::string out;
  std::size_t change = 0;
  for (const DiffBlock& block : blocks) {
    const bool right = !block.same && change < take_right.size() && take_right[change];
    if (!block.same) ++change;
    out += right ? block.right : block.left;
  }
  return out;
}

}  // namespace vignette::caption
