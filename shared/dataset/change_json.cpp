#include "shared/dataset/change_json.hpp"

namespace vignette {
namespace {

std::string hex(std::uint64_t value) {
  std::string digits(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) digits[i] = "0123456789abcdef"[value & 15];
  return digits;
}

template <class Number>
Number number(const Json& json, std::string_view key, Number otherwise = 0) {
  return static_cast<Number>(integer_at(json, key).value_or(static_cast<std::int64_t>(otherwise)));
}

const char* word_of(AuthorKind kind) {
  switch (kind) {
    case AuthorKind::Human: return "human";
    case AuthorKind::Import: return "import";
    case AuthorKind::Model: return "model";
  }
  return "human";
}

AuthorKind author_named(std::string_view word) {
  if (word == "model") return AuthorKind::Model;
  return word == "import" ? AuthorKind::Import : AuthorKind::Human;
}

void write_caption(JsonWriter& json, const std::optional<Caption>& caption) {
  if (!caption) {
    json.null();
    return;
  }
  json.open_object()
      .field("text", caption->text)
      .field("author", word_of(caption->author.kind))
      .field("model", caption->author.model)
      .field("time", caption->time)
      .close_object();
}

void write_side(JsonWriter& json, std::string_view key, const std::shared_ptr<const Item>& item) {
  json.key(key);
  if (item) {
    write_item(json, *item);
  } else {
    json.null();
  }
}

void write_settings(JsonWriter& json, const DatasetSettings& settings) {
  const auto& [context, trigger] = settings;  // a setting that is added does not compile until it is here
  json.open_object().field("context", context).field("trigger", trigger).close_object();
}

void write_facts(JsonWriter& json, std::string_view key, const DatasetFacts& facts) {
  json.key(key).open_object().field("name", facts.name);
  json.key("settings");
  write_settings(json, facts.settings);
  json.close_object();
}

const Json& object_at(const Json& json, std::string_view key) {
  static const Json kNone = Json::object();
  const Json* found = member(json, key);
  return found && found->is_object() ? *found : kNone;
}

std::shared_ptr<const Item> read_side(const Json& json, std::string_view key) {
  const Json* found = member(json, key);
  return found && found->is_object() ? std::make_shared<const Item>(read_item(*found)) : nullptr;
}

std::optional<Caption> read_caption_side(const Json& json, std::string_view key) {
  const Json* found = member(json, key);
  return found && found->is_object() ? std::optional(read_caption(*found)) : std::nullopt;
}

DatasetFacts read_facts(const Json& json) {
  return {text_at(json, "name"), read_settings(object_at(json, "settings"))};
}

}  // namespace

std::uint64_t phash_from_hex(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
    value = (value << 4) | static_cast<std::uint64_t>(digit);
  }
  return value;
}

Format format_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Format::Jxl); ++i) {
    const auto format = static_cast<Format>(i);
    if (name == extension_of(format) || name == name_of(format)) return format;
  }
  return Format::Unknown;
}

void write_item(JsonWriter& json, const Item& item) {
  json.open_object()
      .field("id", item.id)
      .field("name", item.name)
      .field("path", item.path)
      .field("bytes", static_cast<std::int64_t>(item.bytes))
      .field("crc32", static_cast<std::int64_t>(item.crc32))
      .field("format", extension_of(item.format))
      .field("width", item.width)
      .field("height", item.height)
      .field("orientation", item.orientation)
      .field("alpha", item.alpha)
      .field("animated", item.animated)
      .field("phash", hex(item.phash))
      .field("modified", item.modified);
  json.key("taken");
  if (item.taken) {
    json.integer(*item.taken);
  } else {
    json.null();
  }
  json.key("also_at").open_array();
  for (const std::string& path : item.also_at) json.text(path);
  json.close_array().close_object();
}

Item read_item(const Json& json) {
  Item item;
  item.id = text_at(json, "id");
  item.name = text_at(json, "name");
  item.path = text_at(json, "path");
  item.bytes = number<std::uint64_t>(json, "bytes");
  item.crc32 = number<std::uint32_t>(json, "crc32");
  item.format = format_named(text_at(json, "format"));
  item.width = number<int>(json, "width");
  item.height = number<int>(json, "height");
  item.orientation = number<int>(json, "orientation", 1);
  item.alpha = flag_at(json, "alpha");
  item.animated = flag_at(json, "animated");
  item.phash = phash_from_hex(text_at(json, "phash"));
  item.modified = number<TimeMs>(json, "modified");
  item.taken = integer_at(json, "taken");
  for (const Json& path : items_at(json, "also_at")) {
    if (path.is_string()) item.also_at.push_back(path.get<std::string>());
  }
  return item;
}

Caption read_caption(const Json& json) {
  return {text_at(json, "text"),
          {author_named(text_at(json, "author")), text_at(json, "model")},
          number<TimeMs>(json, "time")};
}

DatasetSettings read_settings(const Json& json) {
  DatasetSettings settings;
  settings.context = text_at(json, "context");
  settings.trigger = text_at(json, "trigger");
  settings.trigger = text_at(json, "trigger");
  return settings;
}

std::string write_change(const Change& change) {
  JsonWriter json;
  json.open_object();
  if (!change.items.empty()) {
    json.key("items").open_array();
    for (const ItemChange& item : change.items) {
      json.open_object().field("id", item.id());
      write_side(json, "before", item.before);
      write_side(json, "after", item.after);
      json.close_object();
    }
    json.close_array();
  }
  if (!change.captions.empty()) {
    json.key("captions").open_array();
    for (const CaptionChange& caption : change.captions) {
      json.open_object().field("item", caption.item).field("set", caption.set);
      json.key("before");
      write_caption(json, caption.before);
      json.key("after");
      write_caption(json, caption.after);
      json.close_object();
    }
    json.close_array();
  }
  if (change.dataset) {
    json.key("dataset").open_object();
    write_facts(json, "before", change.dataset->before);
    write_facts(json, "after", change.dataset->after);
    json.close_object();
  }
  return json.close_object().take();
}

Change read_change(const Json& json) {
  Change change;
  for (const Json& one : items_at(json, "items")) {
    ItemChange item{read_side(one, "before"), read_side(one, "after")};
    if (item.before || item.after) change.items.push_back(std::move(item));
  }
  for (const Json& one : items_at(json, "captions")) {
    change.captions.push_back({text_at(one, "item"), text_at(one, "set"), read_caption_side(one, "before"),
                               read_caption_side(one, "after")});
  }
  if (const Json* dataset = member(json, "dataset"); dataset && dataset->is_object())
    change.dataset =
        DatasetChange{read_facts(object_at(*dataset, "before")), read_facts(object_at(*dataset, "after"))};
  return change;
}

}  // namespace vignette
