#include <random>

#include "relay/forward/answers.hpp"
#include "relay/forward/routes.hpp"
#include "shared/provider/face_request.hpp"

namespace vignette::relay {

namespace net = boost::asio;

namespace {

std::string random_boundary() {
  static std::random_device device;
  std::string out = "vignette";
  for (int i = 0; i < 24; ++i) out += "abcdefghijklmnopqrstuvwxyzABCDEF"[device() % 32];
  return out;
}

}  // namespace

net::awaitable<void> answer_speech(Desk& desk, Conversation& talk, const Admitted& who) {
  Job job(desk, talk, who);
  const auto held = std::make_shared<HeldBody>();
  const BodyPart part = co_await talk.whole_body(*held);
  if (part.gone) {
    talk.break_off();
    co_return;
  }
  if (part.problem) {
    co_await refuse(job, *part.problem);
    co_return;
  }
  const std::string* type = talk.request.field("Content-Type");
  Result<provider::FaceSpeech> face = provider::read_face_speech(*type, held->bytes, held);
  std::optional<Problem> problem;
  if (!face) {
    problem = problem_of(face.error());
  } else {
    problem = job.choose(face->model);
  }
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  provider::SpeechRequest& request = face->request;
  request.stream = false;  // transcripts are short, and no two providers stream them alike
  std::optional<provider::Transcript> transcript;
  Question question;
  question.patience = desk.pool.limits.first_byte;
  question.build = [&](const Plan& plan) {
    return provider::speech_call(*plan.route, request, random_boundary());
  };
  question.read = read_into(transcript, provider::read_speech);
  question.ceiling = [&](const Plan& plan) {
    // Models that chat are paid by tokens: at most one for each 40 ms of sound, and the transcript's own.
    if (plan.route->model.price.minute || !plan.route->model.price.input)
      return speech_ceiling(plan.priced, request);
    return chat_ceiling(plan.priced, request.prompt.size() + request.audio.data.text.size() / 40, 0, 8192);
  };
  problem = co_await ask(job, question);
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  job.settle(transcript->usage);
  co_await answer_json(job, provider::write_transcript(*transcript, face->response_format),
                       provider::transcript_content_type(face->response_format));
}

}  // namespace vignette::relay
