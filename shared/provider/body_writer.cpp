#include "shared/provider/body_writer.hpp"

namespace vignette::provider {

void BodyWriter::add(const Media& media) {
  if (media.form == Media::Form::Url) {
    json.add_text(media.data.text);
    return;
  }
  body_.push_back({share(json.take()), Piece::As::Plain});
  body_.push_back({media.data, media.form == Media::Form::Raw ? Piece::As::ToBase64 : Piece::As::Plain});
}

void BodyWriter::base64(const Media& media) {
  json.begin_text();
  add(media);
  json.end_text();
}

void BodyWriter::add_data_url(const Media& media) {
  if (media.form != Media::Form::Url) json.add_text("data:").add_text(media.mime).add_plain(";base64,");
  add(media);
}

void BodyWriter::data_url(const Media& media) {
  json.begin_text();
  add_data_url(media);
  json.end_text();
}

Body BodyWriter::finish() {
  body_.push_back({share(json.take()), Piece::As::Plain});
  return std::move(body_);
}

Body raw_body(const Media& media) {
  return {{media.data, media.form == Media::Form::Base64 ? Piece::As::FromBase64 : Piece::As::Plain}};
}

}  // namespace vignette::provider
