#include "relay/accounts/token.hpp"

namespace vignette::relay {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t payload_bytes = 24;
constexpr std::size_t payload_letters =
    32;  // 24 bytes are 32 letters exactly: no second spelling of one token
constexpr std::size_t mac_bytes = 16;
constexpr std::size_t mac_letters = 22;

std::string base64url(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) out += alphabet[(bits >> (held - 6)) & 63];
  }
  if (held > 0) out += alphabet[(bits << (6 - held)) & 63];
  return out;
}

std::optional<std::string> bytes_from_base64url(std::string_view letters) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : letters) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 255);
    }
  }
  return out;
}

void put_u32(std::string& out, std::int64_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 255);
}

std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::string signature(std::string_view text, const MacKey& key) {
  const Mac mac = key.of(text);
  return base64url(as_text(mac).substr(0, mac_bytes));
}

}  // namespace

std::string write_token(const Token& token, const MacKey& key) {
  std::string payload = bytes_from_hex(token.code_id) + bytes_from_hex(token.session_id);
  put_u32(payload, token.issued / 1000);
  put_u32(payload, token.expires / 1000);
  put_u32(payload, token.epoch);
  std::string text = std::string(token_prefix) + base64url(payload);
  const std::string mac = signature(text, key);
  return text + "." + mac;
}

std::optional<Token> read_token(std::string_view text, const MacKey& key) {
  const std::size_t signed_letters = token_prefix.size() + payload_letters;
  if (text.size() != signed_letters + 1 + mac_letters || !text.starts_with(token_prefix)) return std::nullopt;
  if (text[signed_letters] != '.') return std::nullopt;
  // The letters are compared, not the bytes behind them: the last letter has spare bits.
  if (!same_secret(text.substr(signed_letters + 1), signature(text.substr(0, signed_letters), key)))
    return std::nullopt;
  const auto payload = bytes_from_base64url(text.substr(token_prefix.size(), payload_letters));
  if (!payload || payload->size() != payload_bytes) return std::nullopt;
  Token token;
  token.code_id = hex(std::string_view(*payload).substr(0, 4));
  token.session_id = hex(std::string_view(*payload).substr(4, 8));
  token.issued = TimeMs{u32_at(*payload, 12)} * 1000;
  token.expires = TimeMs{u32_at(*payload, 16)} * 1000;
  token.epoch = u32_at(*payload, 20);
  return token;
}

}  // namespace vignette::relay
