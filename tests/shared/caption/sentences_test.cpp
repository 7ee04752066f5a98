#include "shared/caption/sentences.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace vignette::caption;

namespace {

/// The sentences with a bar behind each.
std::string parted(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (const std::size_t end : sentence_ends(text)) {
    out += std::string(text.substr(from, end - from)) + "|";
    from = end;
  }
  return out;
}

}  // namespace

TEST_CASE("sentences end at their marks") {
  CHECK(parted("A cat. A dog! A cow? Yes") == "A cat.| A dog!| A cow?| Yes|");
  CHECK(parted("One sentence without a mark") == "One sentence without a mark|");
  CHECK(parted("One. ") == "One.|");
  CHECK(parted("") == "");
  CHECK(parted("   ") == "");
  CHECK(parted("Wait... What?! Yes.") == "Wait...| What?!| Yes.|");
  CHECK(parted("He waits… then goes… She stays.") == "He waits… then goes…| She stays.|");
}

TEST_CASE("abbreviations, initials, decimals and ordinals end nothing") {
  for (const char* one :
       {"The nave of St. Peter's Basilica at 3.5 m height", "Dr. Smith vs. Prof. J. R. Lee",
        "A chair, e.g. a stool, i.e. a seat", "The U.S. Capitol dome", "Bilder des 19. Jahrhunderts",
        "No. 5 on the door", "z.B. Blumen bzw. Gras", "Version 2.0.1 of www.example.org shown",
        "the Yahoo! sign on a wall", "approx. 40 people", "am 3. Mai", "Mme. Curie's lab"}) {
    CAPTURE(one);
    CHECK(sentence_ends(one).size() == 1);
  }
  CHECK(parted("Built in 1920. The roof is red.") == "Built in 1920.| The roof is red.|");
  CHECK(parted("At St. Paul's. The dome shines.") == "At St. Paul's.| The dome shines.|");
}

TEST_CASE("quotes and brackets close with their sentence") {
  CHECK(parted("A sign says “Open.” Next to it a cat.") == "A sign says “Open.”| Next to it a cat.|");
  CHECK(parted("A sign (it says \"Stop!\") hangs there.") == "A sign (it says \"Stop!\") hangs there.|");
  CHECK(parted("He left (late.) She stayed.") == "He left (late.)| She stayed.|");
}

TEST_CASE("other languages end their sentences in their own way") {
  CHECK(parted("一只猫坐着。天空很蓝。") == "一只猫坐着。|天空很蓝。|");
  CHECK(parted("猫がいる！犬もいる？はい") == "猫がいる！|犬もいる？|はい|");
  CHECK(parted("एक बिल्ली। एक कुत्ता।") == "एक बिल्ली।| एक कुत्ता।|");
  CHECK(parted("هل هذا قط؟ نعم") == "هل هذا قط؟| نعم|");
  CHECK(parted("Кот сидит. Собака лежит.") == "Кот сидит.| Собака лежит.|");
  CHECK(parted("Кот весит 3 кг. и спит") == "Кот весит 3 кг. и спит|");
  CHECK(parted("Un gato. Él duerme.") == "Un gato.| Él duerme.|");
}

TEST_CASE("a blank line ends a sentence that has no mark") {
  CHECK(sentence_ends("A cat on a sofa\n\nNote: this is a guess").size() == 2);
  CHECK(sentence_ends("A cat\non a sofa").size() == 1);
  CHECK(sentence_ends("A cat.\n\nA dog.").size() == 2);
  CHECK(sentence_ends("\n\n\nA cat").size() == 1);
}
