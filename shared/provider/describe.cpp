#include "shared/provider/describe.hpp"

#include <array>

namespace vignette::provider {
namespace {

template <class T>
struct Word {
  std::string_view text;
  T value;
};

constexpr std::array kTasks = {
    Word<Ability>{"text", Ability::Text},
    Word<Ability>{"vision", Ability::Vision},
    Word<Ability>{"stt", Ability::Speech},
    Word<Ability>{"image", Ability::Image},
    Word<Ability>{"embed_text", Ability::EmbedText},
    Word<Ability>{"embed_image", Ability::EmbedImage},
    Word<Ability>{"region", Ability::Region},
    Word<Ability>{"audio_in", Ability::AudioIn},
    Word<Ability>{"tag", Ability::Tagging},
};
constexpr std::array kSystems = {
    Word<SystemRole>{"system", SystemRole::System},
    Word<SystemRole>{"developer", SystemRole::Developer},
    Word<SystemRole>{"first_user", SystemRole::FirstUser},
};
constexpr std::array kSamplings = {
    Word<Sampling>{"allowed", Sampling::Allowed},
    Word<Sampling>{"forbidden", Sampling::Forbidden},
    Word<Sampling>{"only_when_effort_none", Sampling::OnlyWithoutThinking},
};
constexpr std::array kImageForms = {
    Word<ImageForm>{"parts", ImageForm::Parts},
    Word<ImageForm>{"img_tag", ImageForm::Tag},
    Word<ImageForm>{"plain_url", ImageForm::PlainUrl},
};
constexpr std::array kJsonModes = {
    Word<JsonMode>{"none", JsonMode::None},
    Word<JsonMode>{"object", JsonMode::Object},
    Word<JsonMode>{"schema", JsonMode::Schema},
};
constexpr std::array kThinking = {
    Word<ThinkingStyle>{"none", ThinkingStyle::None},
    Word<ThinkingStyle>{"budget", ThinkingStyle::Budget},
    Word<ThinkingStyle>{"level", ThinkingStyle::Level},
    Word<ThinkingStyle>{"effort", ThinkingStyle::Effort},
    Word<ThinkingStyle>{"anthropic", ThinkingStyle::Anthropic},
    Word<ThinkingStyle>{"template_flag", ThinkingStyle::TemplateFlag},
    Word<ThinkingStyle>{"system_text", ThinkingStyle::SystemText},
    Word<ThinkingStyle>{"ollama_think", ThinkingStyle::OllamaThink},
};

Error unknown_word(const Json& entry, std::string_view field, const std::string& word) {
  return {ErrorCode::InvalidInput,
          "The catalogue entry “" + text_at(entry, "id") + "” has the unknown " + std::string(field) + " “" +
              word + "”.",
          "Write one of the words in the built-in providers.json."};
}

/// An absent field leaves `into` as it is; an unknown word is an error, because guessing would cost a 400
/// later.
template <class T, std::size_t N>
Result<Done> read_word(const Json& entry, std::string_view field, const std::array<Word<T>, N>& words,
                       T& into) {
  const std::string text = text_at(entry, field);
  if (text.empty()) return Done{};
  for (const Word<T>& each : words) {
    if (each.text == text) {
      into = each.value;
      return Done{};
    }
  }
  return unknown_word(entry, field, text);
}

std::vector<std::string> texts_at(const Json& entry, std::string_view key) {
  std::vector<std::string> out;
  for (const Json& each : items_at(entry, key)) {
    if (each.is_string()) out.push_back(each.get<std::string>());
  }
  return out;
}

Price price_from(const Json* entry) {
  Price price;
  if (entry == nullptr) return price;
  price.input = number_at(*entry, "input");
  price.cached_input = number_at(*entry, "cached_input");
  price.output = number_at(*entry, "output");
  price.minute = number_at(*entry, "minute");
  price.image = number_at(*entry, "image");
  price.source = text_at(*entry, "source");
  return price;
}

/// "Authorization: Bearer {key}" → the name and what precedes the key.
AuthHeader auth_from(const std::string& line) {
  const std::size_t colon = line.find(": ");
  const std::size_t key = line.find("{key}");
  if (colon == std::string::npos || key == std::string::npos || key < colon + 2) return {};
  return {line.substr(0, colon), line.substr(colon + 2, key - colon - 2)};
}

Error nameless(const char* what) {
  return {ErrorCode::InvalidInput, std::string("A ") + what + " in the catalogue has no id.", "Give it one."};
}

}  // namespace

void lay_over(Json& under, const Json& over) {
  if (!under.is_object() || !over.is_object()) {
    under = over;
    return;
  }
  for (const auto& [key, value] : over.items()) {
    if (value.is_null()) {
      under.erase(key);
    } else {
      lay_over(under[key], value);
    }
  }
}

Result<Provider> provider_from(const Json& entry) {
  Provider provider;
  provider.id = text_at(entry, "id");
  if (provider.id.empty() || provider.id.find('/') != std::string::npos) return nameless("provider");
  provider.name = text_at(entry, "name", provider.id);
  provider.aliases = texts_at(entry, "aliases");
  provider.base = text_at(entry, "base");
  while (provider.base.ends_with('/')) provider.base.pop_back();
  if (!provider.base.starts_with("https://") && !provider.base.starts_with("http://")) {
    return Error{ErrorCode::InvalidInput, "The provider “" + provider.id + "” has no address (base).",
                 "Give it one that begins with https://."};
  }
  if (const Json* bases = member(entry, "bases"); bases != nullptr && bases->is_object()) {
    for (const auto& [name, value] : bases->items()) provider.bases[name] = text_at(value, "url");
  }
  provider.auth = auth_from(text_at(entry, "auth"));
  provider.key_env = texts_at(entry, "key_env");
  provider.base_env = text_at(entry, "base_env");
  provider.list_path = text_at(entry, "list");
  provider.browser = text_at(entry, "browser");
  if (const Json* headers = member(entry, "browser_headers"); headers != nullptr && headers->is_object()) {
    for (const auto& [name, value] : headers->items()) {
      if (value.is_string()) provider.browser_headers.push_back({name, value.get<std::string>()});
    }
  }
  provider.output_hosts = texts_at(entry, "output_hosts");
  provider.open_ended = flag_at(entry, "open_ended", true);
  return provider;
}

Result<Model> model_from(const Json& entry) {
  Model model;
  model.id = text_at(entry, "id");
  if (model.id.empty()) return nameless("model");
  model.name = text_at(entry, "name", model.id);
  const std::string family = text_at(entry, "family");
  const std::optional<Family> known = family_from(family);
  if (!known) return unknown_word(entry, "family", family);
  model.family = *known;
  model.base = text_at(entry, "at");
  model.path = text_at(entry, "path");
  for (const std::string& task : texts_at(entry, "tasks")) {
    for (const Word<Ability>& each : kTasks) {
      if (each.text == task) model.abilities.push_back(each.value);
    }
  }
  model.retires = text_at(entry, "retires");
  model.retired = flag_at(entry, "retired");
  model.replaced_by = text_at(entry, "replaced_by");
  model.replaces = texts_at(entry, "replaces");

  model.params = texts_at(entry, "params");
  model.max_tokens_field = text_at(entry, "max_tokens_field", "max_tokens");
  model.min_max_tokens = integer_at(entry, "min_max_tokens");
  model.max_output_tokens = integer_at(entry, "max_output_tokens");
  model.context_tokens = integer_at(entry, "context_tokens");
  model.ask_stream_usage = flag_at(entry, "ask_stream_usage", true);
  model.send_model = flag_at(entry, "send_model", true);
  model.max_images = integer_at(entry, "max_images");
  model.max_inline_base64 = integer_at(entry, "max_inline_base64");
  model.max_request_bytes = integer_at(entry, "max_request_bytes");
  model.image_mime = texts_at(entry, "image_mime");
  model.audio_mime = texts_at(entry, "audio_mime");
  model.dims = integer_at(entry, "dims");
  model.api_version = text_at(entry, "api_version");
  model.version = text_at(entry, "version");
  model.image_body = text_at(entry, "image_body");
  model.embed_form = text_at(entry, "embed_form");
  model.image_tokens_max = integer_at(entry, "image_tokens_max");
  model.probe = flag_at(entry, "probe");
  model.license = text_at(entry, "license");
  model.price = price_from(member(entry, "price"));
  if (const Json* names = member(entry, "input_names"); names != nullptr && names->is_object()) {
    for (const auto& [ours, theirs] : names->items()) {
      if (theirs.is_string()) model.input_names[ours] = theirs.get<std::string>();
    }
  }
  if (const Json* extra = member(entry, "body_extra");
      extra != nullptr && extra->is_object() && !extra->empty()) {
    model.body_extra = write_json(*extra);
  }
  if (const Json* thinking = member(entry, "thinking"); thinking != nullptr && thinking->is_object()) {
    const Result<Done> style = read_word(*thinking, "style", kThinking, model.thinking.style);
    if (!style) return style.error();
    const Json* off = member(*thinking, "off");
    if (off != nullptr && !off->is_null())
      model.thinking.off = off->is_string() ? off->get<std::string>() : write_json(*off);
    model.thinking.opens_silently = flag_at(*thinking, "opens_silently");
  }
  for (const Result<Done>& read : {read_word(entry, "system", kSystems, model.system),
                                   read_word(entry, "sampling", kSamplings, model.sampling),
                                   read_word(entry, "image_form", kImageForms, model.image_form),
                                   read_word(entry, "json", kJsonModes, model.json)}) {
    if (!read) return read.error();
  }
  return model;
}

}  // namespace vignette::provider
