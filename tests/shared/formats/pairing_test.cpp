#include "shared/formats/pairing.hpp"

#include <doctest/doctest.h>

using namespace vignette;

TEST_CASE("names tell what a file is to an import, and what is junk") {
  CHECK(role_of("a.JPG") == FileRole::Picture);
  CHECK(role_of("shoot/no-extension") == FileRole::Picture);
  CHECK(role_of("a.b.TXT") == FileRole::CaptionText);
  CHECK(role_of("a.caption") == FileRole::CaptionText);
  CHECK(role_of("set.zip") == FileRole::Archive);
  CHECK(role_of("notes.pdf") == FileRole::Other);
  for (const char* junk :
       {"__MACOSX/a.jpg", "x/._a.jpg", ".DS_Store", "a/Thumbs.db", "desktop.ini", ".git/config"}) {
    CAPTURE(junk);
    CHECK(role_of(junk) == FileRole::Junk);
  }
}

TEST_CASE("a picture takes the text of its stem in its own folder, dots included") {
  const Pairing pairing = pair_captions({"a.b.jpg", "x/a.b.jpg", "c.png"}, {"a.b.txt", "c.caption", "a.txt"});
  CHECK(pairing.caption_of.at("a.b.jpg") == "a.b.txt");
  CHECK(pairing.caption_of.count("x/a.b.jpg") == 0);
  CHECK(pairing.caption_of.at("c.png") == "c.caption");
  CHECK(pairing.orphans == std::vector<std::string>{"a.txt"});
}

TEST_CASE("a text named after the whole file wins over one named after the stem") {
  const Pairing pairing = pair_captions({"a.jpg", "a.png"}, {"a.txt", "a.png.txt"});
  CHECK(pairing.caption_of.at("a.jpg") == "a.txt");
  CHECK(pairing.caption_of.at("a.png") == "a.png.txt");
  CHECK(pairing.shared.empty());
}

TEST_CASE("one text for two pictures of a stem is given to both and reported") {
  const Pairing pairing = pair_captions({"a.jpg", "a.png"}, {"a.txt"});
  CHECK(pairing.caption_of.size() == 2);
  CHECK(pairing.shared == std::vector<std::string>{"a.txt"});
}

TEST_CASE(".txt wins over .caption, in whatever order they come") {
  CHECK(pair_captions({"a.jpg"}, {"a.caption", "a.txt"}).caption_of.at("a.jpg") == "a.txt");
  CHECK(pair_captions({"a.jpg"}, {"a.txt", "a.caption"}).caption_of.at("a.jpg") == "a.txt");
}

TEST_CASE("caption files lose their byte-order mark, foreign line ends and outer space") {
  CHECK(caption_from_file("\xEF\xBB\xBF red vase\r\non a table \r\n") == "red vase\non a table");
  CHECK(caption_from_file("\n") == "");
}
