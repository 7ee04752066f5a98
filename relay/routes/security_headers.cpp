#include "relay/routes/security_headers.hpp"

namespace vignette::relay {

void add_page_protection(Response& response) {
  // Any WebAssembly needs 'wasm-unsafe-eval'; JavaScript's own eval stays forbidden. Workers and pictures are
  // also made from blobs, and the service worker streams downloads through a hidden frame of our own origin.
  // The page may call any model the person connects: over https, or on their own machine (Ollama, llama.cpp).
  // What really leaves is decided by one script of ours (wasm/js/app/sending).
  response.set("Content-Security-Policy",
               "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
               "img-src 'self' blob: data:; font-src 'self'; media-src 'self' blob:; manifest-src 'self'; "
               "connect-src 'self' https: http://127.0.0.1:* http://localhost:*; "
               "worker-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'none'; "
               "frame-ancestors 'none'");
  response.set("X-Frame-Options", "DENY");
  response.set("Permissions-Policy", "microphone=(self), camera=(), geolocation=(), payment=(), usb=()");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace vignette::relay
