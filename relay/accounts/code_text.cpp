#include "relay/accounts/code_text.hpp"

#include "relay/accounts/mac.hpp"

namespace vignette::relay {
namespace {

constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t symbols_in_code = 12;
constexpr std::size_t longest_word = 256;

// The symbol that a person meant, or 0.
char symbol_of(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') return '1';
  if (c == 'O') return '0';
  return symbols.find(c) == std::string_view::npos ? '\0' : c;
}

}  // namespace

std::string make_code() {
  std::string code;
  for (const char byte : random_bytes(symbols_in_code)) {
    if (code.size() == 4 || code.size() == 9) code += '-';
    code += symbols[static_cast<unsigned char>(byte) % symbols.size()];  // 256 is a multiple of 32: no bias
  }
  return code;
}

std::string canonical_code(std::string_view text) {
  const std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(blanks) - first + 1);
  if (text.size() > longest_word) return {};
  std::string code;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const char symbol = symbol_of(c);
    if (symbol == '\0' || code.size() == symbols_in_code) return std::string(text);
    code += symbol;
  }
  return code.size() == symbols_in_code ? code : std::string(text);
}

bool has_form_of_made_code(std::string_view canonical) {
  return canonical.size() == symbols_in_code &&
         canonical.find_first_not_of(symbols) == std::string_view::npos;
}

}  // namespace vignette::relay
