#include "shared/provider/model.hpp"

#include <algorithm>
#include <array>

#include "shared/base/time.hpp"

namespace vignette::provider {
namespace {

constexpr std::int64_t kWarningDays = 60;

struct FamilyName {
  Family family;
  const char* name;
};
constexpr std::array kFamilies = {
    FamilyName{Family::OpenAi, "openai_chat"},
    FamilyName{Family::Responses, "openai_responses"},
    FamilyName{Family::Gemini, "gemini"},
    FamilyName{Family::Anthropic, "anthropic"},
    FamilyName{Family::Ollama, "ollama"},
    FamilyName{Family::Replicate, "replicate"},
    FamilyName{Family::HfTask, "hf_task"},
    FamilyName{Family::Nvcf, "nvcf"},
    FamilyName{Family::Whisper, "whisper"},
    FamilyName{Family::SdWebui, "sdwebui"},
    FamilyName{Family::Dam, "dam"},
};

}  // namespace

std::optional<Family> family_from(std::string_view name) {
  for (const FamilyName& each : kFamilies) {
    if (name == each.name) return each.family;
  }
  return std::nullopt;
}

const char* name_of(Family family) {
  for (const FamilyName& each : kFamilies) {
    if (family == each.family) return each.name;
  }
  return "";
}

const char* name_of(Ability ability) {
  switch (ability) {
    case Ability::Text: return "text";
    case Ability::Vision: return "vision";
    case Ability::Speech: return "speech";
    case Ability::Image: return "image";
    case Ability::EmbedText: return "embedding";
    case Ability::EmbedImage: return "image_embedding";
    case Ability::Region: return "region";
    case Ability::AudioIn: return "audio";
    case Ability::Tagging: return "tagging";
  }
  return "";
}

bool Model::can(Ability ability) const {
  return std::find(abilities.begin(), abilities.end(), ability) != abilities.end();
}

bool Model::takes(std::string_view param) const {
  return std::find(params.begin(), params.end(), param) != params.end();
}

std::optional<std::int64_t> days_of(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  int fields[3] = {0, 0, 0};
  std::size_t field = 0;
  for (const char c : date) {
    if (c == '-') {
      ++field;
    } else if (c >= '0' && c <= '9' && field < 3) {
      fields[field] = fields[field] * 10 + (c - '0');
    } else {
      return std::nullopt;
    }
  }
  if (field != 2 || fields[1] < 1 || fields[1] > 12 || fields[2] < 1 || fields[2] > 31) return std::nullopt;
  constexpr std::int64_t day_ms = 86'400'000;
  const TimeMs ms = time_from({fields[0], fields[1], fields[2], 0, 0, 0});
  return ms / day_ms;
}

Lifecycle lifecycle_of(const Route& route, std::string_view today) {
  Lifecycle life;
  const std::string& successor = route.model.replaced_by;
  if (!successor.empty()) life.replaced_by = route.provider.id + "/" + successor;
  const std::optional<std::int64_t> end = days_of(route.model.retires);
  const std::optional<std::int64_t> now = days_of(today);
  if (end && now) life.days_left = std::max<std::int64_t>(0, *end - *now);
  if (route.model.retired || (end && now && *now >= *end)) {
    life.stage = LifeStage::Retired;
  } else if (life.days_left && *life.days_left <= kWarningDays) {
    life.stage = LifeStage::Retiring;
  }
  return life;
}

}  // namespace vignette::provider
