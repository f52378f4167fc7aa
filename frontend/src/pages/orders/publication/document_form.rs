use dialog_api_types::app::OrderView;
use dialog_domain::{
    input::{DocumentInput, FileInput},
    rules::{self, Face, limits},
};
use js_sys::Uint8Array;
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::document::size;
use crate::{
    api::{Failure, Remote},
    components::{ActionButton, Alert, AlertKind, ErrorSummary, FieldMessages, RadioField, TextField},
    forms::{FieldError, FormState, errors::field_id, numbers::filled, text},
    state::{NoticeKind, Notices, Session},
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
    let session: Session = expect_context();
    let notices: Notices = expect_context();
    let draft = RwSignal::new(DocumentDraft::default());
    let live = Memo::new(move |_| draft.with(DocumentDraft::errors));
    let form = FormState::new(live.into());
    provide_context(form);
    let input = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(0_u32);
    let failure = RwSignal::new(None::<Failure>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some((id, revision)) =
            order.with_untracked(|order| order.as_ref().map(|order| (order.uuid, order.revision)))
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        failure.set(None);
        if !form.try_to_save() {
            refused.update(|count| *count += 1);
            return;
        }
        busy.set(true);
        let typed = draft.get_untracked();
        let file = chosen(input);
        spawn_local(async move {
            let content = match file {
                Some(file) if !typed.is_link => bytes(&file).await,
                _ => Vec::new(),
            };
            let answer = session
                .call(|client| {
                    let (typed, content) = (typed.clone(), content.clone());
                    async move {
                        match &typed.file {
                            Some(file) if !typed.is_link => {
                                client.attach_file(id, revision, &file.name, &content).await
                            }
                            _ => client.attach_link(id, revision, typed.url.trim(), typed.title.trim()).await,
                        }
                    }
                })
                .await;
            busy.try_set(false);
            match answer {
                Ok(order) => {
                    open.try_set(false);
                    remote.put(order);
                    notices.show(NoticeKind::Success, "L’arrêté officiel est joint.");
                }
                Err(error) => {
                    if let Some(current) = error.current_order() {
                        remote.put(current);
                    }
                    let errors = error.violations();
                    failure.try_set(Some(error).filter(|_| errors.is_empty()));
                    form.refused(errors);
                    refused.try_update(|count| *count += 1);
                }
            }
        });
    };
    let kind = text(
        draft,
        |draft| if draft.is_link { "link".to_owned() } else { "file".to_owned() },
        |draft, word| draft.is_link = word == "link",
    );
    let kinds =
        vec![("file".to_owned(), "Importer un fichier".to_owned()), ("link".to_owned(), "Ajouter un lien".to_owned())];
    let failure_view = move || {
        failure.get().map(|failure| {
            view! {
                <Alert kind=AlertKind::Error title=failure.title>
                    <p>{failure.detail}</p>
                </Alert>
            }
        })
    };
    let is_link = Memo::new(move |_| draft.with(|draft| draft.is_link));
    view! {
        <form on:submit=submit novalidate>
            <ErrorSummary asked=refused/>
            <div role="alert">{failure_view}</div>
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
            <Show when=move || busy.get()>
                <progress class="dl-progress" aria-label="Envoi du document"></progress>
            </Show>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <ActionButton
                        busy=busy
                        label=Signal::stored("Joindre le document".to_owned())
                        busy_label="Envoi…"
                        kind="submit"
                    />
                </li>
                <li>
                    <button type="button" class="fr-btn fr-btn--secondary" on:click=move |_| open.set(false)>
                        "Annuler"
                    </button>
                </li>
            </ul>
        </form>
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
