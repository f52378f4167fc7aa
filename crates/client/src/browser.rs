//! Requests in the browser, by `fetch`. The browser keeps the cookies and knows what an address is: nothing of that is
//! compiled a second time.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ProgressEvent, RequestInit, Response, XmlHttpRequest, XmlHttpRequestResponseType,
};

use crate::{
    ClientError, Result,
    transport::{Answer, Method, Request},
};

/// Why a request did not reach the server, or its answer did not come back.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NetworkError(String);

impl From<JsValue> for NetworkError {
    fn from(error: JsValue) -> Self {
        Self(error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())).unwrap_or_default())
    }
}

/// Sends requests to one server.
#[derive(Clone, Debug)]
pub(crate) struct Http {
    base: String,
}

impl Http {
    /// For the browser application's calls: cookies are those of the page.
    pub(crate) fn with_cookies(base: &str) -> Result<Self> {
        Ok(Self { base: base.trim_end_matches('/').to_owned() })
    }

    /// For software that sends its credentials with each call.
    pub(crate) fn without_cookies(base: &str) -> Result<Self> {
        Self::with_cookies(base)
    }

    /// Address of the server.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    pub(crate) async fn send(&self, request: Request) -> Result<Answer> {
        fetch(&self.base, request).await.map_err(|error| ClientError::Network(error.into()))
    }

    /// Sends a request and tells, from 0 to 1, how much of its body has left.
    pub(crate) async fn upload(&self, request: Request, progress: impl Fn(f64) + 'static) -> Result<Answer> {
        upload(&self.base, request, progress).await.map_err(|error| ClientError::Network(error.into()))
    }
}

async fn fetch(base: &str, request: Request) -> std::result::Result<Answer, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let controller = AbortController::new()?;
    let options = RequestInit::new();
    options.set_method(word(request.method));
    options.set_headers(&headers);
    options.set_signal(Some(&controller.signal()));
    if let Some(body) = &request.body {
        options.set_body(&Uint8Array::from(body.as_slice()));
    }
    // Dropped before the end, the future takes its request with it.
    let guard = Guard(controller);
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    let address = format!("{base}{}", request.target);
    let answer: Response = JsFuture::from(window.fetch_with_str_and_init(&address, &options)).await?.dyn_into()?;
    let body = JsFuture::from(answer.array_buffer()?).await?;
    drop(guard);
    Ok(Answer { status: answer.status(), body: Uint8Array::new(&body).to_vec() })
}

const fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

/// `fetch` does not say how much has left; its elder does.
async fn upload(
    base: &str,
    request: Request,
    progress: impl Fn(f64) + 'static,
) -> std::result::Result<Answer, JsValue> {
    let call = XmlHttpRequest::new()?;
    call.open_with_async(word(request.method), &format!("{base}{}", request.target), true)?;
    call.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    for (name, value) in &request.headers {
        call.set_request_header(name, value)?;
    }
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress(event.loaded() / event.total());
        }
    });
    call.upload()?.set_onprogress(Some(told.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| call.set_onloadend(Some(&resolve)));
    // Dropped before the end, the future takes its request with it.
    let guard = Sending(call.clone());
    call.send_with_opt_js_u8_array(request.body.as_deref().map(Uint8Array::from).as_ref())?;
    JsFuture::from(ended).await?;
    drop(guard);
    let status = call.status()?;
    if status == 0 {
        return Err(js_sys::Error::new("the request did not reach the server").into());
    }
    Ok(Answer { status, body: Uint8Array::new(&call.response()?).to_vec() })
}

/// Aborts what is being sent; nothing is left to abort once the answer is here.
struct Sending(XmlHttpRequest);

impl Drop for Sending {
    fn drop(&mut self) {
        if self.0.ready_state() != XmlHttpRequest::DONE {
            // It only fails for a request that was never begun.
            drop(self.0.abort());
        }
    }
}

/// Aborts what is under way; nothing is left to abort once the answer is here.
struct Guard(AbortController);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.abort();
    }
}
