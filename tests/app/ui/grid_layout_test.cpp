#include "wasm/ui/grid_layout.hpp"

#include <doctest/doctest.h>

using vignette::ui::GridLayout;

TEST_CASE("columns fill the width with cells about a tile wide") {
  const GridLayout grid = GridLayout::make(100, 1000, 168, 40, 12, 14);
  CHECK(grid.columns == 6);
  CHECK(grid.cell_w >= 168 * 0.9F);
  CHECK(grid.cell(5).x + grid.cell_w <= 1000 - 14 + 0.01F);
  CHECK(GridLayout::make(100, 50, 168, 0, 12, 14).columns == 1);
}

TEST_CASE("a point finds its cell, and gaps belong to none") {
  const GridLayout grid = GridLayout::make(7, 1000, 168, 40, 12, 14);
  for (int i = 0; i < 7; ++i) {
    const auto r = grid.cell(i);
    CHECK(grid.at(r.x + r.w / 2, r.y + r.h / 2) == i);
    CHECK(grid.at(r.x + r.w + 6, r.y + 1) == -1);
  }
  CHECK(grid.at(1, 1) == -1);
  const auto seventh = grid.cell(6);
  CHECK(grid.at(seventh.x + 2 * seventh.w, seventh.y + 1) == -1);  // the last row is not full
}

TEST_CASE("only rows that can be seen are visible") {
  const GridLayout grid = GridLayout::make(10'000, 1000, 168, 40, 12, 14);
  const auto [first, last] = grid.visible(5000, 5600);
  CHECK(first % grid.columns == 0);
  CHECK(last - first <= 5 * grid.columns);
  CHECK(grid.cell(first).y + grid.cell_h + grid.gap >= 5000);
  CHECK(grid.cell(last - 1).y <= 5600);
  const auto [none, end] = GridLayout::make(0, 1000, 168, 40, 12, 14).visible(0, 600);
  CHECK(none == end);
}

TEST_CASE("a box holds the cells it touches") {
  const GridLayout grid = GridLayout::make(20, 1000, 168, 40, 12, 14);
  const auto r = grid.cell(6);
  const auto inside = grid.inside({r.x + 5, r.y + 5, grid.cell_w + grid.gap, 10});
  CHECK(inside == std::vector<int>{6, 7});
}
