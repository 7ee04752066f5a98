#include "shared/provider/catalogue.hpp"

#include <doctest/doctest.h>

#include "shared/provider/plan.hpp"
#include "tests/shared/provider/support.hpp"

using namespace vignette;
using namespace vignette::provider;

namespace {
constexpr const char* kToday = "2026-11-21";
std::string refusal(const Result<Catalogue>& catalogue) { return catalogue ? "" : catalogue.error().message; }
}  // namespace

TEST_CASE("the built-in catalogue is whole: every reference in it leads somewhere") {
  const Catalogue& all = Catalogue::built_in();
  CHECK(refusal(Catalogue::parse(built_in_catalogue_json())) == "");
  CHECK(all.providers().size() >= 17);
  CHECK(all.models().size() >= 60);
  for (const auto& route : all.models()) {
    CAPTURE(full_name(*route));
    CHECK_FALSE(route->model.abilities.empty());
    CHECK(path_id(route->model.id).has_value());
    if (!route->model.base.empty()) CHECK(route->provider.bases.count(route->model.base) == 1);
    if (!route->model.retires.empty()) CHECK(days_of(route->model.retires).has_value());
    if (!route->model.replaced_by.empty()) {
      const auto next = all.find(route->provider.id + "/" + route->model.replaced_by);
      REQUIRE(next);
      CHECK(next->model.listed);
      CHECK(lifecycle_of(*next, kToday).stage != LifeStage::Retired);
    }
  }
}

TEST_CASE("a model is found by its full name, by an alias of its provider and by its bare id") {
  const Catalogue& all = Catalogue::built_in();
  CHECK(full_name(*all.find("groq/qwen/qwen3.6-27b")) == "groq/qwen/qwen3.6-27b");
  CHECK(full_name(*all.find("nvcf/microsoft/kosmos-2")) == "nvidia/microsoft/kosmos-2");
  CHECK(full_name(*all.find("gemini-3.5-flash-lite")) == "gemini/gemini-3.5-flash-lite");
  CHECK_FALSE(all.find("openai/whisper-large-v3x/") == nullptr);   // open-ended: the provider may know it
  CHECK(all.find("black-forest-labs/FLUX.1-schnell") == nullptr);  // two providers have it
  CHECK(all.find("nobody/model") == nullptr);
  CHECK(all.find("replicate/unknown/model") == nullptr);  // its inputs would be a guess
  CHECK(all.find("") == nullptr);
}

TEST_CASE("a model nobody described gets its provider's defaults") {
  const auto route = Catalogue::built_in().find("ollama/llava:13b");
  REQUIRE(route);
  CHECK(route->model.id == "llava:13b");
  CHECK_FALSE(route->model.listed);
  CHECK(route->model.family == Family::Ollama);
  CHECK(route->model.can(Ability::Vision));
}

TEST_CASE("retired and retiring models are known by the date, with their replacement") {
  const auto stage = [](const char* name, const char* day) {
    return lifecycle_of(route_to(name), day).stage;
  };
  CHECK(stage("gemini/gemini-2.5-flash", kToday) == LifeStage::Retiring);
  CHECK(lifecycle_of(route_to("gemini/gemini-2.5-flash"), kToday).days_left == 10);
  CHECK(lifecycle_of(route_to("gemini/gemini-2.5-flash"), kToday).replaced_by ==
        "gemini/gemini-3.5-flash-lite");
  CHECK(stage("gemini/gemini-2.5-flash", "2026-10-01") == LifeStage::Active);
  CHECK(stage("gemini/gemini-2.5-flash", "2026-12-01") == LifeStage::Retired);
  CHECK(stage("groq/meta-llama/llama-4-scout-17b-16e-instruct", kToday) == LifeStage::Retired);
  CHECK(stage("nvidia/microsoft/kosmos-2", kToday) == LifeStage::Retired);
  CHECK(stage("openai/gpt-4o", kToday) == LifeStage::Retiring);
  CHECK(stage("openai/gpt-6-luna", kToday) == LifeStage::Active);
  CHECK(days_of("1970-01-02") == 1);
  for (const char* nonsense : {"", "2026-13-01", "2026-1-1", "today00000", "2026-00-10", "20261-1-01"})
    CHECK_FALSE(days_of(nonsense).has_value());

  const std::vector<std::string> said = Catalogue::built_in().warnings(
      kToday,
      {"gemini/gemini-2.5-flash", "groq/meta-llama/llama-4-scout-17b-16e-instruct", "openai/gpt-6-luna"});
  REQUIRE(said.size() == 2);
  CHECK(said[0] ==
        "gemini/gemini-2.5-flash retires on 2026-12-01, in 10 days; use gemini/gemini-3.5-flash-lite.");
  CHECK(said[1] ==
        "groq/meta-llama/llama-4-scout-17b-16e-instruct is no longer offered; use groq/qwen/qwen3.6-27b.");
}

TEST_CASE("what is offered for an ability leaves out what is gone") {
  const Catalogue& all = Catalogue::built_in();
  const auto offers = [&](Ability ability, const char* name, const char* today) {
    for (const auto& route : all.with(ability, today)) {
      if (full_name(*route) == name) return true;
    }
    return false;
  };
  CHECK(offers(Ability::Vision, "gemini/gemini-2.5-flash", kToday));
  CHECK_FALSE(offers(Ability::Vision, "gemini/gemini-2.5-flash", "2026-12-02"));
  CHECK_FALSE(offers(Ability::Vision, "nvidia/microsoft/kosmos-2", kToday));
  CHECK(offers(Ability::Vision, "nvidia/microsoft/kosmos-2", ""));
  CHECK(offers(Ability::Image, "replicate/black-forest-labs/flux-schnell", kToday));
  CHECK(offers(Ability::Speech, "whispercpp/whisper", kToday));
  CHECK_FALSE(offers(Ability::Speech, "openai/gpt-6-luna", kToday));
}

TEST_CASE("an operator adds a server and an alias, and changes one field, without a rebuild") {
  const Result<Catalogue> merged = Catalogue::built_in().merge(R"({
    "providers":[{"id":"lab","family":"openai_chat","base":"http://127.0.0.1:9000/v1/","defaults":{"tasks":["vision"],"params":["max_tokens"]}}],
    "models":[{"provider":"openai","id":"gpt-4o","price":{"input":3}},{"provider":"lab","id":"our-model","future_field":[1]}],
    "aliases":{"fast":"lab/our-model"}})");
  REQUIRE_MESSAGE(merged.has_value(), refusal(merged));
  CHECK(full_name(*merged->find("fast")) == "lab/our-model");
  CHECK(merged->find("lab/anything")->provider.base == "http://127.0.0.1:9000/v1");
  CHECK(merged->find("openai/gpt-4o")->model.price.input == 3);
  CHECK(merged->find("openai/gpt-4o")->model.price.output == 10);  // untouched
  CHECK(Catalogue::built_in().find("openai/gpt-4o")->model.price.input == 2.5);
}

TEST_CASE("a mistake in the operator's file is named") {
  const Catalogue& all = Catalogue::built_in();
  CHECK(refusal(all.merge(R"({"models":[{"provider":"nobody","id":"x"}]})")).find("nobody") !=
        std::string::npos);
  CHECK(refusal(all.merge(R"({"models":[{"provider":"openai","id":"x","sampling":"perhaps"}]})"))
            .find("perhaps") != std::string::npos);
  CHECK(refusal(all.merge(R"({"models":[{"provider":"openai","id":"x","family":"telepathy"}]})"))
            .find("telepathy") != std::string::npos);
  CHECK(refusal(all.merge(R"({"providers":[{"id":"x"}]})")).find("address") != std::string::npos);
  CHECK_FALSE(all.merge("[]").has_value());
  CHECK_FALSE(all.merge("{").has_value());
  CHECK_FALSE(all.merge(R"({"providers":["x"]})").has_value());
}

TEST_CASE("changing a provider's address moves its other addresses along") {
  const Catalogue moved = *Catalogue::built_in().with_base("nvidia", "http://127.0.0.1:9/nvidia/v1/");
  const auto route = moved.find("nvidia/microsoft/kosmos-2");
  CHECK(route->provider.base == "http://127.0.0.1:9/nvidia/v1");
  CHECK(route->provider.bases.at("vlm") == "http://127.0.0.1:9/nvidia/v1");
  CHECK(route->provider.bases.at("nvcf") == "http://127.0.0.1:9/nvidia/v2/nvcf");
  const Catalogue hf = *Catalogue::built_in().with_base("hf", "http://127.0.0.1:9/hf/v1");
  CHECK(hf.find("hf/openai/whisper-large-v3")->provider.bases.at("tasks") ==
        "http://127.0.0.1:9/hf/hf-inference/models");
  const Catalogue replicate =
      *Catalogue::built_in().with_base("replicate", "http://127.0.0.1:9/replicate/v1");
  CHECK(fetch_call(*replicate.find("replicate/black-forest-labs/flux-schnell"),
                   "http://127.0.0.1:9/files/out.png")
            .has_value());
  CHECK_FALSE(Catalogue::built_in().with_base("nobody", "http://127.0.0.1").has_value());
}
