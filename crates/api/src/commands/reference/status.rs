//! `dialog reference status`.

use std::io::Write;

use anyhow::bail;
use dialog_db::reference::{Edition, EditionState};
use serde_json::json;

pub(super) async fn run(url: &str, as_json: bool) -> anyhow::Result<()> {
    let editions = super::editions(url).await?;
    let mut out = std::io::stdout().lock();
    if as_json {
        let editions: Vec<_> = editions.iter().map(to_json).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&editions)?)?;
        return Ok(());
    }
    if editions.is_empty() {
        bail!("nothing is loaded: begin with `dialog reference load town`");
    }
    for edition in editions {
        show(&mut out, &edition)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, edition: &Edition) -> std::io::Result<()> {
    let mark = if edition.is_active { "*" } else { " " };
    writeln!(out, "{mark} {:<44} {:<9} {}", edition.name, edition.kind, label(edition.state))?;
    let date = |instant: chrono::DateTime<chrono::Utc>| instant.format("%d/%m/%Y %H:%M UTC").to_string();
    write!(out, "    données du {}, chargée le {}", edition.dated.format("%d/%m/%Y"), date(edition.loaded_at))?;
    if let Some(activated_at) = edition.activated_at {
        write!(out, ", mise en service le {}", date(activated_at))?;
    }
    writeln!(out)?;
    let counts: Vec<String> = counts(edition)
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{count} {what}"))
        .collect();
    writeln!(out, "    {}", if counts.is_empty() { "vide".to_owned() } else { counts.join(", ") })?;
    for check in &edition.checks {
        match check.before {
            Some(before) => writeln!(out, "    ✓ {} : {} (avant : {before})", check_label(&check.what), check.found)?,
            None => writeln!(out, "    ✓ {} : {}", check_label(&check.what), check.found)?,
        }
    }
    Ok(())
}

/// What an edition holds, in French.
fn counts(edition: &Edition) -> [(&'static str, i32); 8] {
    [
        ("communes", edition.communes),
        ("contours", edition.contours),
        ("groupements", edition.divisions),
        ("voies", edition.streets),
        ("adresses", edition.addresses),
        ("tronçons", edition.segments),
        ("routes numérotées", edition.numbered_roads),
        ("PR", edition.reference_points),
    ]
}

const fn label(state: EditionState) -> &'static str {
    match state {
        EditionState::InUse => "en service",
        EditionState::Aside => "en attente",
        EditionState::Previous => "précédente",
        EditionState::Outdated => "périmée",
    }
}

/// What was checked, in French.
fn check_label(what: &str) -> &str {
    match what {
        "communes" => "communes",
        "outlines" => "contours",
        "divisions" => "groupements",
        "streets" => "voies",
        "house numbers" => "adresses",
        "segments" => "tronçons",
        "numbered roads" => "routes numérotées",
        "reference points" => "PR",
        "house numbers have no street" => "adresses sans voie",
        "sides of segments have no street" => "côtés de tronçons sans voie",
        "ends of segments lie elsewhere than their node" => "extrémités loin de leur nœud",
        "segments lie outside the territory of their commune" => "tronçons hors du territoire",
        "segments meet no other one" => "tronçons isolés",
        "communes have no street any more" => "communes qui n’ont plus de voie",
        other => other,
    }
}

fn to_json(edition: &Edition) -> serde_json::Value {
    json!({
        "name": edition.name,
        "kind": edition.kind,
        "state": match edition.state {
            EditionState::InUse => "in-use",
            EditionState::Aside => "aside",
            EditionState::Previous => "previous",
            EditionState::Outdated => "outdated",
        },
        "source": edition.source,
        "territory": edition.territory,
        "dated": edition.dated,
        "loadedAt": edition.loaded_at,
        "activatedAt": edition.activated_at,
        "communes": edition.communes,
        "contours": edition.contours,
        "divisions": edition.divisions,
        "streets": edition.streets,
        "addresses": edition.addresses,
        "segments": edition.segments,
        "checks": edition.checks,
    })
}
