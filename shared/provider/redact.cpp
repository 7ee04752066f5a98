#include "shared/provider/redact.hpp"

#include <algorithm>
#include <array>

namespace vignette::provider {
namespace {

constexpr std::string_view kHidden = "[hidden]";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// What keys are made of. Providers that echo a key put stars into its middle.
bool in_key(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '*'; }
bool in_base64(char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '=' || c == '_'; }

struct Prefix {
  std::string_view text;
  std::size_t shortest;  // of what follows it
};
constexpr std::array kPrefixes = {
    Prefix{"AIza", 16}, Prefix{"sk-", 12},   Prefix{"sk_", 12},  Prefix{"gsk_", 4},  Prefix{"hf_", 8},
    Prefix{"r8_", 4},   Prefix{"nvapi-", 4}, Prefix{"pa-", 20},  Prefix{"jina_", 8}, Prefix{"DO00", 8},
    Prefix{"AKIA", 12}, Prefix{"whsec_", 8}, Prefix{"xai-", 12}, Prefix{"ya29.", 8}, Prefix{"eyJ", 20},
};

template <class Pred>
std::size_t run_length(std::string_view text, Pred belongs) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) - text.begin());
}

/// How many bytes from the start of `text` (a word's start) are a key; 0 when they are not.
std::size_t key_length(std::string_view text) {
  for (const Prefix& prefix : kPrefixes) {
    if (!text.starts_with(prefix.text)) continue;
    const std::string_view rest = text.substr(prefix.text.size());
    std::size_t run = run_length(rest, [](char c) { return in_key(c) || c == '.'; });
    while (run > 0 && rest[run - 1] == '.') --run;  // the end of a sentence, not of the key });
    const bool starred = rest.substr(0, run).find('*') != std::string_view::npos;
    if (run >= prefix.shortest || starred) return prefix.text.size() + run;
  }
  const std::size_t run = run_length(text, in_base64);
  const std::string_view word = text.substr(0, run);
  const bool mixed =
      std::any_of(word.begin(), word.end(), is_digit) && std::any_of(word.begin(), word.end(), is_letter);
  if ((run >= 32 && mixed) || run >= 200) return run;
  return 0;
}

bool starts_no_case(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

/// "Bearer x", "key=x": what names a secret also ends where the secret does.
std::size_t label_length(std::string_view text) {
  for (const std::string_view label :
       {std::string_view("bearer "), std::string_view("basic "), std::string_view("?key="),
        std::string_view("&key="), std::string_view("api_key="), std::string_view("token=")}) {
    if (starts_no_case(text, label)) return label.size();
  }
  return 0;
}

}  // namespace

std::string redact(std::string_view text, std::span<const std::string> secrets) {
  std::string known(text);
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (std::size_t at = 0; (at = known.find(secret, at)) != std::string::npos; at += kHidden.size()) {
      known.replace(at, secret.size(), kHidden);
    }
  }
  std::string out;
  const std::string_view all = known;
  std::size_t at = 0;
  while (at < all.size()) {
    const bool word_start = at == 0 || !in_base64(all[at - 1]);
    const std::size_t label =
        word_start || all[at] == '?' || all[at] == '&' ? label_length(all.substr(at)) : 0;
    if (label != 0) {
      const std::string_view rest = all.substr(at + label);
      const std::size_t secret =
          run_length(rest, [](char c) { return in_key(c) || in_base64(c) || c == '.'; });
      // "Basic authentication is …" and "bearer token" are words, not secrets.
      if (secret >= 8 &&
          std::any_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(secret), is_digit)) {
        out.append(all.substr(at, label)).append(kHidden);
        at += label + secret;
        continue;
      }
    }
    const std::size_t key = word_start ? key_length(all.substr(at)) : 0;
    if (key != 0) {
      out.append(kHidden);
      at += key;
      continue;
    }
    out += all[at++];
    // The rest of a word that is no key can be none either; this keeps the scan linear.
    if (word_start) {
      while (at < all.size() && in_base64(all[at - 1]) && in_base64(all[at])) out += all[at++];
    }
  }
  return out;
}

std::string shorten(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace vignette::provider
