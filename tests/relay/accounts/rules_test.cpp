// The small rules under the accounts: codes, tokens, rates, guesses, ledgers, money and dates as people write
// them.
#include <doctest/doctest.h>
#include <random>
#include <set>
#include <string>

#include "relay/accounts/code_record.hpp"
#include "relay/accounts/code_text.hpp"
#include "relay/accounts/codes_options.hpp"
#include "relay/accounts/codes_print.hpp"
#include "relay/accounts/gcra.hpp"
#include "relay/accounts/guesses.hpp"
#include "relay/accounts/ledger.hpp"
#include "relay/accounts/reservation.hpp"
#include "relay/accounts/secrets.hpp"
#include "relay/accounts/token.hpp"

using namespace vignette;
using namespace vignette::relay;

TEST_CASE("a code is read however a person writes it") {
  const std::string symbols = "K7QXM2PD9RHT";
  for (const char* text :
       {"K7QX-M2PD-9RHT", "k7qx-m2pd-9rht", "K7QXM2PD9RHT", " k7qx m2pd 9rht\n", "K-7-Q-X-M-2-P-D-9-R-H-T"})
    CHECK(canonical_code(text) == symbols);
  CHECK(canonical_code("oIlL-0000-0000") == "011100000000");
}

TEST_CASE("what is no code of ours stays the word it is") {
  CHECK(canonical_code("  blue-heron-42 ") == "blue-heron-42");
  CHECK(canonical_code("Blue-Heron-42") != canonical_code("blue-heron-42"));
  CHECK(canonical_code("K7QX-M2PD-9RHT-X") == "K7QX-M2PD-9RHT-X");
  CHECK(canonical_code("K7QX-M2PD-9RHU") == "K7QX-M2PD-9RHU");  // U is no symbol
  CHECK(canonical_code("") == "");
  CHECK(canonical_code(" \t ") == "");
  CHECK(canonical_code(std::string(257, 'x')) == "");
  CHECK(!has_form_of_made_code("blue-heron-42"));
}

TEST_CASE("codes that are made have their form, and no two are alike") {
  std::set<std::string> codes;
  for (int i = 0; i < 5'000; ++i) {
    const std::string code = make_code();
    REQUIRE(code.size() == 14);
    REQUIRE(code[4] == '-');
    REQUIRE(code[9] == '-');
    REQUIRE(has_form_of_made_code(canonical_code(code)));
    codes.insert(code);
  }
  CHECK(codes.size() == 5'000);
}

TEST_CASE("a token says what was signed, and one changed letter makes it nothing") {
  const MacKey key("one");
  const Token token{.code_id = "0a1b2c3d",
                    .session_id = "0011223344556677",
                    .issued = 1'795'000'000'000,
                    .expires = 1'795'043'200'000,
                    .epoch = 7};
  const std::string text = write_token(token, key);
  REQUIRE(read_token(text, key));
  CHECK(*read_token(text, key) == token);
  CHECK(!read_token(text, MacKey("two")));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'A', 'B', 'z', '.', '=', '\0', '\xff'}) {
      if (text[i] == c) continue;
      std::string other = text;
      other[i] = c;
      CHECK(!read_token(other, key));
    }
    CHECK(!read_token(text.substr(0, i), key));
  }
  CHECK(!read_token(text + "A", key));
}

TEST_CASE("a rate lets its burst through, then one an interval, and a refusal costs nothing") {
  const Rate rate = Rate::per_minute(60);
  Gcra gcra;
  std::int64_t now = 5'000'000'000'000;
  for (int i = 0; i < 60; ++i) {
    REQUIRE(gcra.wait_ns(rate, now) == 0);
    gcra.take(rate, now);
  }
  for (int i = 0; i < 1'000; ++i) REQUIRE(gcra.wait_ns(rate, now) == 1'000'000'000);
  CHECK(seconds_up(gcra.wait_ns(rate, now)) == 1);
  now += 999'999'999;
  CHECK(seconds_up(gcra.wait_ns(rate, now)) == 1);
  now += 1;
  CHECK(gcra.wait_ns(rate, now) == 0);
}

TEST_CASE(
    "property: no minute ever sees more than twice a rate's limit, and whoever obeys Retry-After is served") {
  std::mt19937 random(7);
  for (int limit : {1, 3, 60, 1000}) {
    const Rate rate = Rate::per_minute(limit);
    Gcra gcra;
    std::int64_t now = 1'000'000'000'000;
    std::vector<std::int64_t> passed;
    for (int i = 0; i < 5'000; ++i) {
      now += std::uniform_int_distribution<std::int64_t>(0, 2 * rate.interval_ns)(random);
      const std::int64_t wait = gcra.wait_ns(rate, now);
      if (wait > 0) {
        CHECK(gcra.wait_ns(rate, now + wait) == 0);
        continue;
      }
      gcra.take(rate, now);
      passed.push_back(now);
    }
    for (std::size_t first = 0, last = 0; last < passed.size(); ++last) {
      while (passed[last] - passed[first] >= 60'000'000'000) ++first;
      REQUIRE(last - first + 1 <= static_cast<std::size_t>(2 * limit));
    }
  }
}

TEST_CASE("T5: ten wrong codes a minute from one address, an IPv6 network counting as one") {
  Guesses guesses;
  const std::int64_t now = 1'000'000'000'000;
  for (int i = 0; i < 10; ++i) {
    CHECK(!guesses.wait_s("203.0.113.9", now));
    guesses.count_wrong("203.0.113.9", now);
  }
  REQUIRE(guesses.wait_s("203.0.113.9", now));
  CHECK(*guesses.wait_s("203.0.113.9", now) == 6);
  CHECK(*guesses.wait_s("::ffff:203.0.113.9", now) == 6);
  CHECK(!guesses.wait_s("203.0.113.10", now));
  CHECK(!guesses.wait_s("203.0.113.9", now + 6'000'000'000));
  for (int i = 0; i < 10; ++i) guesses.count_wrong("2001:db8:1:2::" + std::to_string(i), now);
  CHECK(guesses.wait_s("2001:db8:1:2:ffff::1", now));
  CHECK(!guesses.wait_s("2001:db8:1:3::1", now));
}

TEST_CASE("T5: fifty wrong codes a second from the whole world, however many addresses there are") {
  Guesses guesses;
  std::mt19937 random(11);
  std::int64_t now = 1'000'000'000'000;
  int tried = 0;
  for (int i = 0; i < 100'000; ++i) {  // ten seconds, ten thousand a second
    now += 100'000;
    const std::string peer = std::to_string(random() % 256) + "." + std::to_string(random() % 256) + ".1.1";
    if (guesses.wait_s(peer, now)) continue;
    guesses.count_wrong(peer, now);
    ++tried;
  }
  CHECK(tried <= 50 + 10 * 50);
  CHECK(tried >= 450);
  // Ten minutes later nobody is kept waiting any more.
  CHECK(!guesses.wait_s("1.2.1.1", now + 600'000'000'000));
}

TEST_CASE("who is past the own limit cannot shut out everybody else") {
  Guesses guesses;
  const std::int64_t now = 1'000'000'000'000;
  for (int i = 0; i < 10'000; ++i) guesses.count_wrong("203.0.113.9", now);
  CHECK(guesses.wait_s("203.0.113.9", now));
  CHECK(!guesses.wait_s("198.51.100.1", now));
}

TEST_CASE("models are allowed by name, or all of a provider's") {
  const Terms all;
  CHECK(may_use(all, "anything/at-all"));
  const Terms some{.models = {"gemini/*", "groq/whisper", "fast"}};
  CHECK(may_use(some, "gemini/gemini-2.5-flash"));
  CHECK(may_use(some, "groq/whisper"));
  CHECK(may_use(some, "fast"));
  for (const char* other :
       {"gemini", "gemini/", "geminix/a", "groq/whisper-2", "groq/", "faster", "", "GEMINI/a", "x/gemini/a"})
    CHECK(!may_use(some, other));
}

TEST_CASE("a ledger waits for its mark, and never for one that is there") {
  Ledger ledger({LedgerKind::Code, "c", ""}, 1'000'000, 0);
  ledger.reserve(100);
  REQUIRE(!ledger.is_covered(0));
  REQUIRE(ledger.wants_raise(0));
  ledger.raise(0);
  ledger.set_write(1);
  CHECK(ledger.row().mark == 10'100);  // what is used and one percent of the cap
  CHECK(!ledger.is_covered(0));
  CHECK(ledger.is_covered(1));
  ledger.reserve(4'000);
  CHECK(ledger.is_covered(1));
  CHECK(!ledger.wants_raise(1));
  ledger.reserve(2'000);
  CHECK(ledger.wants_raise(1));  // ahead of time: nobody waits for it
  CHECK(ledger.is_covered(1));
}

TEST_CASE("a mark that was lowered does not cover what lies above it until it is raised again") {
  Ledger ledger({LedgerKind::Code, "c", ""}, 1'000'000, 0);
  ledger.reserve(50'000);
  ledger.raise(0);
  ledger.set_write(1);
  ledger.settle(50'000, 10);
  REQUIRE(ledger.lower(1, true));
  ledger.set_write(2);
  CHECK(ledger.row().mark == 10);
  ledger.reserve(100);
  CHECK(!ledger.is_covered(1));
  CHECK(!ledger.is_covered(2));
  CHECK(!ledger.lower(1, true));  // a write is under way
  ledger.raise(1);
  ledger.set_write(3);
  CHECK(!ledger.is_covered(2));
  CHECK(ledger.is_covered(3));
}

TEST_CASE("without a cap the mark runs further ahead the more often somebody had to wait for it") {
  Ledger ledger({LedgerKind::Code, "c", ""}, std::nullopt, 0);
  std::uint64_t written = 0;
  int waits = 0;
  for (int i = 0; i < 100'000; ++i) {
    ledger.reserve(10'000);
    if (ledger.wants_raise(written)) {
      ledger.raise(written);
      ledger.set_write(written + 1);
    }
    if (!ledger.is_covered(written)) {
      ++waits;
      ledger.note_wait();
      written = ledger.write();
      REQUIRE(ledger.is_covered(written));
    } else if (i % 500 == 0) {
      written = ledger.write();
    }
    REQUIRE(ledger.row().mark - ledger.spent() - ledger.reserved() <= 64 * 200'000);
  }
  CHECK(waits < 400);
}

TEST_CASE("terms survive being stored") {
  const Terms full{.name = "Klasse „3b\"",
                   .models = {"a/*", "b"},
                   .requests_per_minute = 1,
                   .concurrency = 2,
                   .requests = 3,
                   .budget = 9'007'199'254'740'991,
                   .daily_budget = 5,
                   .session_budget = 6,
                   .sessions = 7,
                   .expires = 1'800'000'000'000,
                   .max_tokens = 8,
                   .max_n = 9,
                   .session_requests_per_minute = 10,
                   .session_concurrency = 11};
  for (const Terms& terms : {full, Terms{}}) {
    const auto back = terms_from_json(terms_json(terms));
    REQUIRE(back);
    CHECK(*back == terms);
  }
}

TEST_CASE("secrets survive being stored, and damage is noticed") {
  Secrets secrets = make_secrets(1'000);
  const std::string text = secrets_text(secrets);
  const auto back = secrets_from_text(text);
  REQUIRE(back);
  CHECK(back->pepper == secrets.pepper);
  CHECK(back->signing == secrets.signing);
  CHECK(back->previous == secrets.previous);
  for (std::size_t i = 0; i < text.size(); ++i) CHECK(!secrets_from_text(text.substr(0, i)));
  CHECK(!secrets_from_text("x" + text));
  const std::string before = secrets.signing;
  CHECK(!rotate(secrets, 1'000 + TimeMs{29} * 86'400'000));
  REQUIRE(rotate(secrets, 1'000 + TimeMs{30} * 86'400'000));
  CHECK(secrets.previous == before);
  CHECK(secrets.signing != before);
}

TEST_CASE("money is read to the millionth, and nothing else is money") {
  CHECK(*money_from_text("25") == 25'000'000);
  CHECK(*money_from_text("2.5") == 2'500'000);
  CHECK(*money_from_text("0.000001") == 1);
  CHECK(*money_from_text("0") == 0);
  for (const char* text :
       {"", "-1", "+1", "1.", ".5", "1,5", "1e3", "$5", "1.0000001", "12345678901", "nan", " 1", "1 "})
    CHECK(!money_from_text(text));
  CHECK(text_from_money(2'500'000) == "2.50");
  CHECK(text_from_money(1) == "0.000001");
  CHECK(text_from_money(0) == "0.00");
}

TEST_CASE("a date lasts to its end, and only days that exist are dates") {
  CHECK(*end_of_date("1970-01-01") == 86'400'000);
  CHECK(*end_of_date("2028-02-29T12:00:00Z") == time_from({2028, 2, 29, 12, 0, 0}));
  for (const char* text : {"", "2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "27-01-01",
                           "2027-01-01T25:00:00Z", "tomorrow", "2027-01-01T12:00:00"})
    CHECK(!end_of_date(text));
}

TEST_CASE("a CSV cell is never a formula and never breaks a row") {
  CHECK(csv_text({{"=1+1", "+1", "-1", "@a", "a,b", "a\"b", "a\nb", "plain"}}) ==
        "\"'=1+1\",\"'+1\",\"'-1\",\"'@a\",\"a,b\",\"a\"\"b\",\"a\nb\",plain\r\n");
}

namespace {

struct Told {
  MicroUsd settled = -1;
  int releases = 0;
};
struct FakeTicket final : Reservation::Ticket {
  explicit FakeTicket(Told& where) : told(where) {}
  void settle(MicroUsd actual, const Consumption&) override { told.settled = actual; }
  void release() override { ++told.releases; }
  Told& told;
};

}  // namespace

TEST_CASE(
    "T11: a reservation that is lost costs its ceiling, and no figure makes it cost more or less than it "
    "may") {
  const auto cost = [](auto use) {
    Told told;
    {
      Reservation reservation(std::make_unique<FakeTicket>(told), 100);
      use(reservation);
    }
    return told.settled;
  };
  CHECK(cost([](Reservation&) {}) == 100);
  CHECK(cost([](Reservation& r) { r.settle(30, {}); }) == 30);
  CHECK(cost([](Reservation& r) { r.settle(101, {}); }) == 100);
  CHECK(cost([](Reservation& r) { r.settle(-1, {}); }) == 100);
  CHECK(cost([](Reservation& r) { r.settle(std::numeric_limits<MicroUsd>::max(), {}); }) == 100);
  CHECK(cost([](Reservation& r) { r.settle(std::numeric_limits<MicroUsd>::min(), {}); }) == 100);
  CHECK(cost([](Reservation& r) {
          r.settle(1, {});
          r.settle(50, {});
          r.release();
        }) == 1);
  CHECK(cost([](Reservation& r) {
          r.release();
          r.settle(50, {});
        }) == -1);
  CHECK(cost([](Reservation& r) { const Reservation other(std::move(r)); }) == 100);
}
