#include <doctest/doctest.h>

#include "tests/emulator/senses/picture.hpp"
#include "tests/emulator/tests/client.hpp"

using namespace vignette;
using namespace vignette::emulator;

namespace {

const std::string flux = "/replicate/v1/models/black-forest-labs/flux-schnell/predictions";

Json flux_body(const std::string& prompt) {
  return {{"input", {{"prompt", prompt}, {"megapixels", "0.25"}, {"output_format", "png"}}}};
}
std::string path_of(const std::string& url) { return url.substr(url.find("/replicate")); }

}  // namespace

TEST_CASE("a prediction starts, works and succeeds, and its file is a picture of what was asked") {
  const Running at;
  const Got created = post(at, flux, flux_body("a red barn"));
  CHECK(created.status == 201);
  CHECK(created.json()["status"] == "starting");
  const std::string poll = path_of(text_in(created.json()["urls"], "get"));
  CHECK(get(at, poll).json()["status"] == "processing");
  const Json finished = get(at, poll).json();
  REQUIRE(finished["status"] == "succeeded");
  const Got file = get(at, path_of(finished["output"][0].get<std::string>()), {});
  CHECK(file.header("Content-Type") == "image/png");
  CHECK(see(file.body)->colours[0] == "red");
}

TEST_CASE("with Prefer: wait the first answer is the last") {
  const Running at;
  httplib::Headers headers = bearer();
  headers.emplace("Prefer", "wait");
  CHECK(post(at, flux, flux_body("a blue car"), headers).json()["status"] == "succeeded");
}

TEST_CASE("a prediction is canceled only while it runs") {
  const Running at;
  const std::string poll = path_of(text_in(post(at, flux, flux_body("x")).json()["urls"], "get"));
  CHECK(post(at, poll + "/cancel", Json()).json()["status"] == "canceled");
  CHECK(get(at, poll).json()["status"] == "canceled");
}

TEST_CASE("wrong input is a 422 with its field, a wrong token a 401, a missing model a 404") {
  const Running at;
  Json body = flux_body("x");
  body["input"]["num_outputs"] = 9;
  const Got refused = post(at, flux, body);
  CHECK(refused.status == 422);
  CHECK(refused.json()["detail"] == "- input.num_outputs: Must be less than or equal to 4\n");
  CHECK(post(at, flux, flux_body("x"), {}).status == 401);
  CHECK(post(at, "/replicate/v1/models/no/such/predictions", flux_body("x")).status == 404);
}

TEST_CASE("forbidden pictures fail as NSFW, and traps wait in outputs when a rule sets them") {
  const Running at;
  httplib::Headers wait = bearer();
  wait.emplace("Prefer", "wait");
  const Json nsfw = post(at, flux, flux_body("something forbidden"), wait).json();
  CHECK(nsfw["status"] == "failed");
  CHECK(text_in(nsfw, "error").rfind("NSFW content detected", 0) == 0);
  post(at, "/control/faults",
       {{"provider", "replicate"}, {"times", 1}, {"replicate", {{"output", "foreign"}}}});
  CHECK(post(at, flux, flux_body("x"), wait)
            .json()["output"][0]
            .get<std::string>()
            .rfind("https://files.attacker.example/", 0) == 0);
  post(at, "/control/faults",
       {{"provider", "replicate"}, {"times", 1}, {"replicate", {{"output", "redirect"}}}});
  const std::string trap = post(at, flux, flux_body("x"), wait).json()["output"][0].get<std::string>();
  const Got redirected = get(at, path_of(trap), {});
  CHECK(redirected.status == 302);
  CHECK(redirected.header("Location").rfind("http://169.254.169.254/", 0) == 0);
}

TEST_CASE("BLIP puts a prefix before its caption, and LLaVA answers in tokens") {
  const Running at;
  httplib::Headers wait = bearer();
  wait.emplace("Prefer", "wait");
  const Json input{{"image", red_uri()}, {"prompt", "Describe."}};
  CHECK(post(at, "/replicate/v1/predictions", {{"version", "salesforce/blip:2e1d"}, {"input", input}}, wait)
            .json()["output"] == "Caption: a 640x480 picture, mostly red, dark, landscape");
  CHECK(post(at, "/replicate/v1/predictions", {{"version", "yorickvp/llava-13b"}, {"input", input}}, wait)
            .json()["output"][0] == "a ");
}

TEST_CASE("an uploaded ZIP starts a training that reports progress") {
  const Running at;
  const httplib::MultipartFormDataItems items = {{"content", "PK zip", "data.zip", "application/zip"}};
  const Json file = got(at.client().Post("/replicate/v1/files", bearer(), items)).json();
  CHECK(file["size"] == 6);
  const Json body{{"destination", "me/studio"}, {"input", {{"input_images", file["urls"]["get"]}}}};
  const Json training =
      post(at, "/replicate/v1/models/ostris/flux-dev-lora-trainer/versions/abc/trainings", body).json();
  const std::string poll = "/replicate/v1/trainings/" + text_in(training, "id");
  CHECK(get(at, poll).json()["status"] == "processing");
  for (int i = 0; i < 2; ++i) get(at, poll);
  CHECK(get(at, poll).json()["output"]["version"].get<std::string>().rfind("me/studio:", 0) == 0);
}
