#include "relay/forward/answers.hpp"
#include "relay/forward/routes.hpp"
#include "shared/provider/face_request.hpp"

namespace vignette::relay {

namespace net = boost::asio;

net::awaitable<void> answer_embeddings(Desk& desk, Conversation& talk, const Admitted& who) {
  Job job(desk, talk, who);
  HeldBody held;
  const BodyPart part = co_await talk.whole_body(held);
  if (part.gone) {
    talk.break_off();
    co_return;
  }
  std::optional<Problem> problem = part.problem;
  Result<provider::FaceEmbed> face = provider::read_face_embed(held.bytes);
  if (!problem && !face) problem = problem_of(face.error());
  held.drop();
  if (!problem) problem = job.choose(face->model);
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  const provider::EmbedRequest& request = face->request;
  std::optional<provider::Embeddings> embeddings;
  Question question;
  question.patience = desk.pool.limits.first_byte;
  question.build = [&](const Plan& plan) { return provider::embed_call(*plan.route, request); };
  question.read = read_into(embeddings, provider::read_embeddings);
  question.ceiling = [&](const Plan& plan) { return embedding_ceiling(plan.priced, request); };
  problem = co_await ask(job, question);
  if (problem) {
    co_await refuse(job, *problem);
    co_return;
  }
  job.settle(embeddings->usage);
  co_await answer_json(job,
                       provider::write_embeddings(*embeddings, stamp_of(job, face->model), face->base64));
}

}  // namespace vignette::relay
