use actix_multipart::Multipart;
use actix_web::HttpMessage;
use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::web::{Bytes, BytesMut, Payload};
use dialog_api_types::problem::ProblemCode;
use futures::{StreamExt, stream};

use crate::problem::Problem;
use crate::services::orders::{Upload, UploadedFile};

/// Most bytes of a form with a file: the file and what is around it.
pub const MULTIPART_LIMIT: usize = 6 * 1024 * 1024;
/// What is too long is still received up to here, so that whoever sends it hears why it is refused.
const HEARD_OUT: usize = 4 * MULTIPART_LIMIT;

/// Reads an official document from a form: `multipart/form-data`, or `application/x-www-form-urlencoded` for a link.
/// Not an extractor, because the order is looked for before the form is read.
///
/// # Errors
/// 413 above [`MULTIPART_LIMIT`], 415 for another media type, 400 for what cannot be read.
pub async fn read_document(request: &HttpRequest, payload: Payload) -> Result<Upload, Problem> {
    let media_type = request.mime_type().map_err(|_| Problem::new(ProblemCode::UnsupportedMediaType))?;
    let body = receive(payload).await?;
    match media_type.as_ref().map(|media_type| (media_type.type_().as_str(), media_type.subtype().as_str())) {
        // A form without any field has no body, and a body that is not there may have no type.
        Some(("multipart", "form-data")) | None if body.is_empty() => Ok(Upload::default()),
        Some(("multipart", "form-data")) => {
            let whole = stream::once(async { Ok::<_, PayloadError>(body) });
            parts(Multipart::new(request.headers(), whole)).await
        }
        Some(("application", "x-www-form-urlencoded")) => Ok(pairs(&body)),
        _ => Err(Problem::new(ProblemCode::UnsupportedMediaType)
            .detail("Le corps de la requête doit être envoyé en multipart/form-data.")),
    }
}

async fn receive(mut payload: Payload) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    let mut received = 0;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        received += chunk.len();
        if received > HEARD_OUT {
            break;
        }
        if received <= MULTIPART_LIMIT {
            body.extend_from_slice(&chunk);
        } else {
            body.clear();
        }
    }
    if received > MULTIPART_LIMIT { Err(Problem::new(ProblemCode::PayloadTooLarge)) } else { Ok(body.freeze()) }
}

/// The last part of a name counts, and a file without name and content is a file that nobody chose.
async fn parts(mut form: Multipart) -> Result<Upload, Problem> {
    let mut upload = Upload::default();
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|error| malformed(&error))?;
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.content_disposition().and_then(|header| {
            let extended = header.get_filename_ext().map(|name| String::from_utf8_lossy(&name.value).into_owned());
            extended.or_else(|| header.get_filename().map(str::to_owned))
        });
        let content = match field.bytes(MULTIPART_LIMIT).await {
            Ok(content) => content.map_err(|error| malformed(&error))?,
            Err(_) => return Err(Problem::new(ProblemCode::PayloadTooLarge)),
        };
        match name.as_str() {
            "file" => {
                let name = file_name.unwrap_or_default();
                upload.file = (!name.is_empty() || !content.is_empty()).then_some(UploadedFile { name, content });
            }
            "url" => upload.url = Some(String::from_utf8_lossy(&content).into_owned()),
            "title" => upload.title = Some(line(&String::from_utf8_lossy(&content))),
            _ => {}
        }
    }
    Ok(upload)
}

fn pairs(body: &[u8]) -> Upload {
    let mut upload = Upload::default();
    for (name, value) in url::form_urlencoded::parse(body) {
        match name.as_ref() {
            "url" => upload.url = Some(value.into_owned()),
            "title" => upload.title = Some(line(&value)),
            _ => {}
        }
    }
    upload
}

/// A title is one line.
fn line(text: &str) -> String {
    text.chars().map(|read| if read.is_control() { ' ' } else { read }).collect()
}

fn malformed(error: &actix_multipart::MultipartError) -> Problem {
    Problem::invalid_parameter("Le formulaire multipart/form-data ne peut pas être lu.").caused_by(error.to_string())
}

fn unreadable(error: &PayloadError) -> Problem {
    use actix_web::ResponseError;
    if error.status_code() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(ProblemCode::PayloadTooLarge);
    }
    Problem::invalid_parameter("Le corps de la requête est incomplet.").caused_by(error.to_string())
}
