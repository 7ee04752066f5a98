#pragma once
#include "shared/dataset/commands.hpp"

namespace vignette::testing {

inline Item item(const std::string& id, const std::string& path, const std::string& caption = {}) {
  Item out;
  out.id = id;
  out.path = path;
  out.name = file_name_of(path);
  out.format = Format::Jpeg;
  out.bytes = 1000;
  out.width = 640;
  out.height = 480;
  if (!caption.empty()) out.captions[kMainSet] = {caption, {AuthorKind::Import, ""}, 0};
  return out;
}

inline Document document(const std::vector<Item>& items) {
  Document empty;
  empty.name = "Cats";
  empty.reindex();
  return perform(empty, AddItems{items})->document;
}

inline Document three_cats() {
  return document(
      {item("1", "cat1.jpg", "a tabby cat"), item("2", "cat2.jpg", "a black cat"), item("3", "cat10.jpg")});
}

}  // namespace vignette::testing
