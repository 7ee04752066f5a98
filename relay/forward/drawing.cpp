#include "relay/forward/answers.hpp"
#include "relay/forward/chat_edits.hpp"
#include "relay/forward/routes.hpp"
#include "shared/provider/face_request.hpp"

namespace vignette::relay {

namespace net = boost::asio;

net::awaitable<void> answer_drawing(Desk& desk, Conversation& talk, const Admitted& who) {
  Job job(desk, talk, who);
  HeldBody held;
  const BodyPart part = co_await talk.whole_body(held);
  if (part.gone) {
    talk.break_off();
    co_return;
  }
  std::optional<Problem> problem = part.problem;
  Result<provider::FaceDraw> face = provider::read_face_draw(held.bytes);
  if (!problem && !face) problem = problem_of(face.error());
  if (!problem) problem = job.choose(face->model);
  if (!problem) problem = check_caps(*who.caller().terms, {}, face->request.n);
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  const provider::DrawRequest& request = face->request;
  std::optional<provider::Drawing> drawing;
  Question question;
  question.cheap = false;  // a picture that may have been drawn is not paid for twice
  question.patience = desk.pool.limits.first_byte_drawing;
  question.most_bytes = desk.pool.limits.image_bytes;
  question.build = [&](const Plan& plan) { return provider::draw_call(*plan.route, request); };
  question.read = read_into(drawing, provider::read_drawing);
  question.ceiling = [&](const Plan& plan) { return drawing_ceiling(plan.priced, request); };
  problem = co_await ask(job, question);
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  // Drawn is paid for, whether or not it can be fetched.
  const auto count = static_cast<std::int64_t>(drawing->pictures.size());
  provider::Usage usage = drawing->usage;
  job.settle(usage, std::max<std::int64_t>(count, 1));
  for (provider::Drawn& drawn : drawing->pictures) {
    if (drawn.picture.form != provider::Media::Form::Url) continue;
    auto fetched = co_await fetch(job, std::string(drawn.picture.data.text));
    if (auto* failed = std::get_if<Problem>(&fetched)) {
      co_await refuse(job, *failed);
      co_return;
    }
    drawn.picture = std::move(std::get<provider::Media>(fetched));
  }
  co_await answer_json(job, provider::write_drawing(*drawing, stamp_of(job, face->model)));
}

}  // namespace vignette::relay
