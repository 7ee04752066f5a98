#pragma once
#include <string>
#include <string_view>

namespace vignette::relay {

// Access codes as people see them. K7QX-M2PD-9RHT: 12 symbols of Crockford's base 32, 60 random bits, in
// groups that can be read out. Capitals, hyphens and blanks do not matter, and I, L, O are read as the digits
// they look like.

std::string make_code();

/// How a code is compared: symbols alone, for anything that can be read as a code of ours; otherwise it is a
/// word of the operator's and stays as it is, but for blanks around it. Empty: no code at all.
std::string canonical_code(std::string_view text);

/// Whether a canonical code has the form (and so the 60 bits) of those made here. Words do not, and must be
/// protected from guessing.
bool has_form_of_made_code(std::string_view canonical);

}  // namespace vignette::relay
