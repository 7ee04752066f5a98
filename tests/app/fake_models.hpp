#pragma once
#include <deque>
#include <functional>

#include "tests/app/fake_runner.hpp"

namespace vignette::testing {

/// What a scripted model says to one request.
struct Said {
  int status = 200;
  std::string text;  ///< the caption, or the words of an error
  std::vector<provider::Header> headers;
  std::string fails;  ///< instead of an answer: "network", "offline" …
  TimeMs after = 50;
};

/// The app with a relay behind it. Fetch effects are answered in the order of their time, and the clock moves
/// to each answer or wake, so a run of an hour takes no time.
class FakeModels : public FakeRunner {
 public:
  std::function<Said(const Fetch&)> model = [](const Fetch&) {
    return Said{200, "Brick studio with tall windows, long oak tables and soft northern light", {}, {}, 50};
  };
  /// What the captioner on this machine sees in a picture, as JSON.
  std::function<Said(const LookAt&)> eyes = [](const LookAt&) {
    return Said{200,
                R"({"width": 800, "height": 600, "light": 0.5, "contrast": 0.2, "brighter": "left",
      "labels": [{"name": "tabby", "sure": 0.62, "kind": "cat"}], "colours": [{"name": "brown", "share": 0.9}]})",
                {},
                {},
                80};
  };
  std::vector<LookAt> looked;  ///< in order
  std::vector<CallId> stopped_looking;
  std::vector<Fetch> sent;  ///< chat calls, in order
  std::vector<TimeMs> sent_at;
  std::vector<StoreJob> stored;
  std::vector<std::string> forgotten;
  std::map<std::uint32_t, Reply> replies;  ///< by request
  std::vector<std::uint32_t> cancelled;

  void tell(const Event& event) {
    send(event);
    take();
  }
  void ask(const std::string& id, const nlohmann::json& args = nlohmann::json::object(),
           std::uint32_t request = 0) {
    tell(RunCommand{id, args.dump(), request});
  }
  nlohmann::json answer(std::uint32_t request) const {
    const auto found = replies.find(request);
    if (found == replies.end()) return {{"pending", true}};
    if (found->second.error) return {{"error", found->second.error->message}};
    return nlohmann::json::parse(found->second.json);
  }

  void connect() {
    ask("connect", {{"code", "class-code"}}, 900);
    while (step()) {
    }
  }
  /// The next thing that is due happens. False: nothing is left to wait for.
  bool step() {
    const auto wake = next_wake(state);
    const bool answer_first = !waiting.empty() && (!wake || waiting.front().at <= *wake);
    if (answer_first) {
      Waiting next = std::move(waiting.front());
      waiting.pop_front();
      now = std::max(now, next.at);
      reply(next);
      return true;
    }
    if (!wake) return false;
    now = std::max(now, *wake);
    tell(Tick{});
    return true;
  }
  /// Until the script `request` is answered.
  nlohmann::json finish(std::uint32_t request, int most_steps = 200'000) {
    while (replies.count(request) == 0 && most_steps-- > 0 && step()) {
    }
    return answer(request);
  }
  int calls_about(const ItemId& item) const {
    int n = 0;
    for (const Fetch& fetch : sent) n += fetch.ledger.item == item ? 1 : 0;
    return n;
  }
  std::size_t on_the_way() const { return waiting.size(); }
  void take() {
    const Effects asked = std::exchange(effects, {});
    for (const Effect& effect : asked) {
      if (const auto* fetch = std::get_if<Fetch>(&effect)) receive(*fetch);
      if (const auto* look = std::get_if<LookAt>(&effect)) receive(*look);
      if (const auto* stop = std::get_if<StopLooking>(&effect)) stopped_looking.push_back(stop->call);
      if (const auto* open = std::get_if<OpenSession>(&effect)) tell(SessionOpened{open->connection, ""});
      if (const auto* job = std::get_if<StoreJob>(&effect)) stored.push_back(*job);
      if (const auto* job = std::get_if<ForgetJob>(&effect)) forgotten.push_back(job->id);
      if (const auto* said = std::get_if<Reply>(&effect)) replies[said->request] = *said;
      if (const auto* cancel = std::get_if<CancelFetch>(&effect)) cancelled.push_back(cancel->call);
    }
  }
  static std::string completion(const std::string& text) {
    return nlohmann::json{{"id", "x"},
                          {"choices",
                           {{{"index", 0},
                             {"finish_reason", "stop"},
                             {"message", {{"role", "assistant"}, {"content", text}}}}}},
                          {"usage", {{"prompt_tokens", 900}, {"completion_tokens", 40}}}}
        .dump();
  }

 private:
  struct Waiting {
    TimeMs at = 0;
    Fetch fetch;
    Said said;
    bool here = false;  ///< nothing was sent
  };
  std::deque<Waiting> waiting;  // by time

  void receive(const Fetch& fetch) {
    Said said;
    if (fetch.url.ends_with("/v1/models")) {
      said.text = R"({"object":"list","data":[
        {"id":"gemini/gemini-3.5-flash-lite","name":"Flash Lite","abilities":["text","vision"]},
        {"id":"openai/gpt-6-luna","name":"Luna","abilities":["text","vision"]},
        {"id":"openai/gpt-6-text","name":"Text only","abilities":["text"]}]})";
    } else if (fetch.url.ends_with("/v1/usage")) {
      said.text = R"({"requests":{"used":20,"limit":500,"left":480}})";
    } else {
      sent.push_back(fetch);
      sent_at.push_back(now);
      said = model(fetch);
      if (said.fails.empty() && said.status == 200) said.text = completion(said.text);
    }
    wait_for({now + said.after, fetch, said});
  }
  void receive(const LookAt& look) {
    looked.push_back(look);
    Fetch call;
    call.call = look.call;
    const Said said = eyes(look);
    wait_for({now + said.after, call, said, true});
  }
  void wait_for(Waiting next) {
    const auto place = std::upper_bound(waiting.begin(), waiting.end(), next.at,
                                        [](TimeMs at, const Waiting& w) { return at < w.at; });
    waiting.insert(place, std::move(next));
  }
  void reply(const Waiting& next) {
    const CallId call = next.fetch.call;
    if (!next.here) tell(FetchSent{call, 1000, {}});
    if (!next.said.fails.empty()) {
      tell(FetchFailed{call, next.said.fails, {ErrorCode::Internal, "The connection broke.", ""}});
      return;
    }
    if (!next.here) tell(FetchHead{call, next.said.status, next.said.headers});
    tell(FetchDone{call, next.said.status, next.said.headers, next.said.text});
  }
};

inline FakeModels connected(int pictures, const std::string& context = "Brick studio") {
  FakeModels app;
  std::vector<std::string> paths;
  for (int i = 0; i < pictures; ++i) paths.push_back("p" + std::to_string(1000 + i) + ".jpg");
  app.drop(paths);
  app.ask("dataset.context", {{"context", context}});
  app.connect();
  return app;
}

inline Said too_many(int seconds) {
  return {429,
          R"({"error":{"message":"slow down","code":"rate_limit"}})",
          {{"Retry-After", std::to_string(seconds)}},
          {},
          20};
}

}  // namespace vignette::testing
