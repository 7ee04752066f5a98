#include "shared/provider/chat.hpp"

namespace vignette::provider {

const char* name_of(Finish finish) {
  switch (finish) {
    case Finish::Stop: return "stop";
    case Finish::Length: return "length";
    case Finish::Filtered: return "filtered";
    case Finish::Refused: return "refused";
    case Finish::Error: return "error";
    case Finish::Unknown: break;
  }
  return "unknown";
}

}  // namespace vignette::provider
