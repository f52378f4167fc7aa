use dialog_api_types::app::OrderView;
use dialog_domain::{
    input::{DocumentInput, FileInput},
    rules::{self, Face, limits},
};
use js_sys::Uint8Array;
use leptos::{html, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{
    super::submission::{CancelButton, Submission, SubmitButtons, SubmitForm},
    document::size,
};
use crate::{
    api::Remote,
    components::{FieldMessages, RadioField, TextField},
    forms::{FieldError, FormState, errors::field_id, numbers::filled, text},
    state::{NoticeKind, Notices},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct DocumentDraft {
    is_link: bool,
    file: Option<FileInput>,
    url: String,
    title: String,
}

impl DocumentDraft {
    fn input(&self) -> DocumentInput {
        match self.is_link {
            true => DocumentInput { file: None, url: filled(&self.url), title: filled(&self.title) },
            false => DocumentInput { file: self.file.clone(), url: None, title: None },
        }
    }

    fn errors(&self) -> Vec<FieldError> {
        let broken = rules::document(&self.input(), Face::Form, false).err().unwrap_or_default();
        // Neither is told on both fields: one of them is shown.
        let shown = |error: &FieldError| (error.path == "file") != self.is_link;
        broken.iter().map(FieldError::from_violation).filter(shown).collect()
    }
}

/// A file or a link as the official document.
#[component]
pub fn DocumentForm(remote: Remote<OrderView>, order: Memo<Option<OrderView>>, open: RwSignal<bool>) -> impl IntoView {
    let notices: Notices = expect_context();
    let draft = RwSignal::new(DocumentDraft::default());
    let live = Memo::new(move |_| draft.with(DocumentDraft::errors));
    let form = FormState::new(live.into());
    provide_context(form);
    let input = NodeRef::<html::Input>::new();
    let submission = Submission::new(form).showing_conflicts_on(remote);
    let sent = RwSignal::new(0.0);
    let submit = move |()| {
        let Some((id, revision)) =
            order.with_untracked(|order| order.as_ref().map(|order| (order.uuid, order.revision)))
        else {
            return;
        };
        sent.set(0.0);
        let typed = draft.get_untracked();
        let file = chosen(input).filter(|_| !typed.is_link);
        submission.send(
            move |client| {
                let (typed, file) = (typed.clone(), file.clone());
                async move {
                    match file {
                        Some(file) => {
                            let content = bytes(&file).await;
                            let progress = move |share| {
                                sent.try_set(share);
                            };
                            client.attach_file(id, revision, &file.name(), &content, progress).await
                        }
                        None => client.attach_link(id, revision, typed.url.trim(), typed.title.trim()).await,
                    }
                }
            },
            move |order| {
                open.try_set(false);
                remote.put(order);
                notices.show(NoticeKind::Success, "L’arrêté officiel est joint.");
            },
        );
    };
    let kind = text(
        draft,
        |draft| if draft.is_link { "link".to_owned() } else { "file".to_owned() },
        |draft, word| draft.is_link = word == "link",
    );
    let kinds =
        vec![("file".to_owned(), "Importer un fichier".to_owned()), ("link".to_owned(), "Ajouter un lien".to_owned())];
    let is_link = Memo::new(move |_| draft.with(|draft| draft.is_link));
    view! {
        <SubmitForm submission=submission on_submit=submit>
            <RadioField
                path=Signal::stored("kind".to_owned())
                label=Signal::stored("Document".to_owned())
                value=kind
                options=Signal::stored(kinds)
            />
            <Show when=move || is_link.get() fallback=move || view! { <FileField draft=draft input=input/> }>
                <TextField
                    path=Signal::stored("title".to_owned())
                    label=Signal::stored("Intitulé du lien".to_owned())
                    value=text(draft, |draft| draft.title.clone(), |draft, title| draft.title = title)
                    max_length=limits::LINK_TITLE_MAX
                />
                <TextField
                    path=Signal::stored("url".to_owned())
                    label=Signal::stored("Adresse du lien".to_owned())
                    hint="Elle commence par https://."
                    value=text(draft, |draft| draft.url.clone(), |draft, url| draft.url = url)
                    max_length=limits::LINK_MAX
                />
            </Show>
            <Show when=move || submission.busy.get() && !is_link.get()>
                <Progress sent=sent/>
            </Show>
            <SubmitButtons submission=submission label="Joindre le document" busy_label="Envoi…">
                <CancelButton on_click=move |()| open.set(false)/>
            </SubmitButtons>
        </SubmitForm>
    }
}

/// How much of the file has left.
#[component]
fn Progress(sent: RwSignal<f64>) -> impl IntoView {
    let said = move || match sent.get() {
        share if share < 1.0 => format!("Envoi du document : {:.0} %", share * 100.0),
        _ => "Document envoyé, vérification en cours…".to_owned(),
    };
    view! {
        <div class="fr-mt-2w">
            <label class="fr-text--sm" for="envoi-document">
                {said}
            </label>
            <progress class="dl-progress" id="envoi-document" max="1" value=move || sent.get().to_string()></progress>
        </div>
    }
}

#[component]
fn FileField(draft: RwSignal<DocumentDraft>, input: NodeRef<html::Input>) -> impl IntoView {
    let form: FormState = expect_context();
    let wrong = move || form.message("file").is_some();
    let choose = move |_| {
        let file = chosen(input).map(|file| FileInput {
            name: file.name(),
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "the length of a file is a whole number"
            )]
            size: file.size() as u64,
            media_type: None,
        });
        form.edited("file");
        form.touch("file");
        draft.update(|draft| draft.file = file);
    };
    let said = move || {
        draft.with(|draft| {
            let file = draft.file.as_ref()?;
            Some(format!("{}, {}", file.name, size(i64::try_from(file.size).unwrap_or(i64::MAX))))
        })
    };
    let id = field_id("file");
    view! {
        <div class="fr-upload-group fr-mb-2w" class=("fr-upload-group--error", wrong)>
            <label class="fr-label" for=id.clone()>
                "Fichier"
                <span class="dl-required"></span>
                <span class="fr-hint-text">"PDF, JPG, DOCX ou ODT, 5 Mo au plus."</span>
            </label>
            <input
                class="fr-upload"
                type="file"
                id=id.clone()
                accept=".pdf,.jpg,.jpeg,.docx,.odt"
                node_ref=input
                aria-required="true"
                aria-invalid=move || wrong().then_some("true")
                aria-describedby=format!("{id}-messages")
                on:change=choose
            />
            {move || said().map(|text| view! { <p class="fr-text--sm fr-mb-0">{text}</p> })}
            <FieldMessages path=Signal::stored("file".to_owned())/>
        </div>
    }
}

fn chosen(input: NodeRef<html::Input>) -> Option<File> {
    input.get_untracked()?.files()?.get(0)
}

async fn bytes(file: &File) -> Vec<u8> {
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Uint8Array::new(&buffer).to_vec(),
        // The server says that the file is empty.
        Err(_) => Vec::new(),
    }
}
