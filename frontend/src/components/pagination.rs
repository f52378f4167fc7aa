use leptos::prelude::*;

/// Numbers of pages to offer around `page`; `None` stands for a gap.
pub fn window(page: u32, last: u32) -> Vec<Option<u32>> {
    let near = page.saturating_sub(2).max(1)..=page.saturating_add(2).min(last);
    let mut numbers = Vec::new();
    if *near.start() > 1 {
        numbers.push(Some(1));
    }
    if *near.start() > 2 {
        numbers.push(None);
    }
    numbers.extend(near.clone().map(Some));
    if *near.end() < last.saturating_sub(1) {
        numbers.push(None);
    }
    if *near.end() < last {
        numbers.push(Some(last));
    }
    numbers
}

/// Links to the other pages of a list; nothing for a single page.
#[component]
pub fn Pagination(
    /// This page, 1 first.
    page: u32,
    /// The last page.
    last: u32,
    /// Address of a page.
    #[prop(into)]
    href: Callback<u32, String>,
) -> impl IntoView {
    let step = move |target: u32, enabled: bool, class: &'static str, name: &'static str| {
        let class = format!("fr-pagination__link {class}");
        if enabled {
            view! { <li><a href=href.run(target) class=class>{name}</a></li> }.into_any()
        } else {
            view! { <li><span class=class aria-disabled="true">{name}</span></li> }.into_any()
        }
    };
    let number = move |number: Option<u32>| match number {
        None => view! { <li><span class="fr-pagination__link">"…"</span></li> }.into_any(),
        Some(number) if number == page => view! {
            <li>
                <span class="fr-pagination__link" aria-current="page" title=format!("Page {number}")>
                    {number}
                </span>
            </li>
        }
        .into_any(),
        Some(number) => view! {
            <li>
                <a class="fr-pagination__link" href=href.run(number) title=format!("Page {number}")>
                    {number}
                </a>
            </li>
        }
        .into_any(),
    };
    (last > 1).then(|| {
        view! {
            <nav class="fr-pagination fr-mt-4w" aria-label="Pages">
                <ul class="fr-pagination__list">
                    {step(
                        page.saturating_sub(1).clamp(1, last),
                        page > 1,
                        "fr-pagination__link--prev",
                        "Page précédente",
                    )} {window(page, last).into_iter().map(number).collect_view()}
                    {step(
                        page.saturating_add(1).min(last),
                        page < last,
                        "fr-pagination__link--next",
                        "Page suivante",
                    )}
                </ul>
            </nav>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_page_are_always_offered() {
        assert_eq!(window(5, 9), [Some(1), None, Some(3), Some(4), Some(5), Some(6), Some(7), None, Some(9)]);
    }

    #[test]
    fn there_is_no_gap_where_no_page_is_missing() {
        assert_eq!(window(3, 5), [Some(1), Some(2), Some(3), Some(4), Some(5)]);
        assert_eq!(window(1, 1), [Some(1)]);
        assert_eq!(window(4, 4), [Some(1), Some(2), Some(3), Some(4)]);
    }
}
