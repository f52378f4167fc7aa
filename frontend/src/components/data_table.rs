use leptos::prelude::*;

/// A table of words; on a phone, each line is a card whose values say their column.
#[component]
pub fn DataTable(
    /// What it shows.
    caption: &'static str,
    /// Titles of the columns.
    columns: Vec<&'static str>,
    /// Values, line by line; the first names the line.
    rows: Vec<Vec<&'static str>>,
) -> impl IntoView {
    let titles = columns.clone();
    let row = move |values: Vec<&'static str>| {
        let cells = values.into_iter().zip(titles.clone()).enumerate();
        let cell = |(rank, (value, title)): (usize, (&'static str, &'static str))| {
            if rank == 0 {
                view! {
                    <th role="rowheader" scope="row" data-label=title>
                        {value}
                    </th>
                }
                .into_any()
            } else {
                view! {
                    <td role="cell" data-label=title>
                        <span>{value}</span>
                    </td>
                }
                .into_any()
            }
        };
        view! { <tr role="row">{cells.map(cell).collect_view()}</tr> }
    };
    view! {
        <table class="dl-table fr-mb-3w" role="table">
            <caption class="fr-sr-only">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {columns
                        .into_iter()
                        .map(|title| {
                            view! {
                                <th role="columnheader" scope="col">
                                    {title}
                                </th>
                            }
                        })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
