// vignette-emulator --port N
//
// A stand-in for every model provider Vignette can talk to, on 127.0.0.1 only, for tests and demos. It needs
// no network and no real key, and costs nothing. Each provider lives below its own first path segment, with
// its real routes, headers, rules, error bodies and stream formats:
//
//   /openai/v1/…      /gemini/v1beta/…   /anthropic/v1/…   /groq/openai/v1/…   /openrouter/api/v1/…
//   /nvidia/v1/…      /hf/v1/… /hf/hf-inference/models/…   /together/v1/…      /mistral/v1/…
//   /replicate/v1/…   /ollama/api/… /ollama/v1/…           /llamacpp/v1/…      /vllm/v1/…      /lmstudio/v1/…
//   /whispercpp/inference              /sdwebui/sdapi/v1/…                     /dam/chat/completions
//
// Any key that begins with "test-" is good. Captions are made from the picture that really arrived ("a
// 640x480 picture, mostly red and blue, bright, landscape"), transcripts from the sound ("a tone of 440 hertz
// for 1.5 seconds"), and pictures from the colours in the prompt, so a test can tell that the right thing
// went through.
//
//   curl localhost:9000/openai/v1/chat/completions -H "Authorization: Bearer test-1" -d '{"model":
//   "gpt-6-luna",
//     "messages": [{"role": "user", "content": "Begin with: our studio"}]}'
//
// A prompt may ask for: `Begin with: X` (or a context in double quotes), "at most N words", "one sentence",
// tags, JSON (scene_summary and objects; is_series; box_2d), or be bound by a JSON schema. Image prompts that
// contain the word "forbidden" are refused the way each provider refuses.
//
// The control routes (JSON):
//   POST   /control/faults     one rule or a list; DELETE /control/faults[/id]; GET lists them with their
//   hits POST   /control/gates      {"open": name} lets requests held there go on; {"shut": name} POST
//   /control/keys       {"accept": [], "revoke": [], "quota": {key: n}, "per_minute": {key: n}} POST
//   /control/models     {"add": [{provider,id,abilities,dimensions}], "remove": [{provider,id}], "today":
//   date} GET    /control/requests   ?provider=&path=glob&after=id&last=n: what arrived, keys as sha256;
//   DELETE forgets GET    /control/stats      total, in_flight, max_in_flight, also by key (sha256) and by
//   provider GET    /control/wait
//   ?arrived=&complete=&finished=&in_flight=&left=&first_bytes=&idle=1&timeout_ms=: until
//                              all are reached, 408 otherwise
//   POST   /control/reset      as after the start
//
// A fault rule. Which requests: provider, path (glob below the provider), method, model, key; skip n, then
// meet times n (all when absent), each with probability p from seed. The first rule that meets a request is
// the one.
//   when     delay_ms, event_delay_ms, drip_bytes every drip_ms, hold: gate [hold_after_events: n]
//   what     status [message, code]: the provider's own error body; body, content_type, headers; redirect:
//   url;
//            retry_after: s, retry_after_date: s from now, retry_after_ms; early: answer before the body is
//            read
//   breaks   drop: before_body | before_headers | after_headers | middle [drop_after_events: n] [reset:
//   true];
//            truncate: bytes; malformed_chunk; no_terminator; giant_bytes: n; error_after_events: n
//   says     say: text, thinking: text, finish: length | filtered | refused, replicate: {polls, end, error,
//   output:
//            redirect | foreign | http, wait_ms}, pending: n (NVIDIA answers 202 first)
//
// A retired model answers until a test sets today's date. A thread serves each connection: good for some
// hundreds at once; as an upstream for load tests use something else.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <sys/resource.h>

#include "tests/emulator/emulator.hpp"

namespace {

// -1 when the arguments make no sense.
int port_from(int argc, char** argv) {
  if (argc == 1) return 9000;
  if (argc != 3 || std::string_view(argv[1]) != "--port") return -1;
  char* end = nullptr;
  const long port = std::strtol(argv[2], &end, 10);
  return *end == '\0' && port >= 0 && port <= 65535 ? static_cast<int>(port) : -1;
}

void allow_many_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
  const int wanted = port_from(argc, argv);
  if (wanted < 0) {
    std::fprintf(stderr, "usage: vignette-emulator [--port N]   (0 takes any free port; without it, 9000)\n");
    return 2;
  }
  allow_many_connections();
  // Before any thread starts, so that all of them leave these signals to sigwait below.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  vignette::emulator::Emulator emulator;
  const int port = emulator.start(wanted);
  if (port == 0) {
    std::fprintf(stderr, "Port %d is taken. Name another with --port.\n", wanted);
    return 1;
  }
  std::printf("vignette-emulator: http://127.0.0.1:%d\n", port);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  emulator.stop();
  return 0;
}
