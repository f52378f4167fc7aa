//! CIFS: the reference cases, the schema, and a reader that knows nothing of how the feed is made.

mod agreement;
mod filter;
mod golden;
mod places;
mod reader;
mod schema;
mod states;

use dialog_domain::{Measure, MeasureType, OrderContent, VehicleSet};
use dialog_exports::{Exported, PublishedOrder, arbitrary, cifs, datex::Fragment};
use proptest::{collection::vec, prelude::*};
use roxmltree::{Document, Node};

use crate::support::{config, context, order};

fn export(order: &PublishedOrder) -> Exported<Vec<Fragment>> {
    cifs::fragments(order, &context())
}

/// The order as a feed before anything of it is over.
fn document(order: &PublishedOrder) -> String {
    let fragments = export(order).value;
    cifs::document(order.published_at, fragments.iter().take(1).map(|fragment| fragment.body.as_str()))
}

fn document_of(measure: Measure) -> String {
    document(&order(vec![measure]))
}

fn incidents<'a, 'input>(document: &'a Document<'input>) -> Vec<Node<'a, 'input>> {
    document.root_element().children().filter(Node::is_element).collect()
}

/// Orders of every kind, small enough to lie in a town, of which many measures bind everybody.
fn orders() -> BoxedStrategy<PublishedOrder> {
    (arbitrary::published_order(), vec(0_u8..4, 3))
        .prop_map(|(order, kinds)| {
            let ease = |(mut measure, kind): (Measure, &u8)| {
                match kind {
                    0 => return measure,
                    1 => measure.kind = MeasureType::AlternateRoad,
                    _ => measure.kind = MeasureType::NoEntry,
                }
                measure.max_speed_kmh = None;
                Measure { vehicle_set: VehicleSet::default(), ..measure }
            };
            let mut measures: Vec<Measure> =
                order.content.measures.into_iter().zip(kinds.iter().cycle()).map(ease).collect();
            measures
                .iter_mut()
                .flat_map(|measure| &mut measure.locations)
                .filter_map(|one| one.found.as_mut())
                .for_each(|found| places::shrink(&mut found.geometry.0));
            PublishedOrder { content: OrderContent { measures, ..order.content }, ..order }
        })
        .boxed()
}

/// `count` random orders, always the same.
fn random_orders(count: u32) -> Vec<PublishedOrder> {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let strategy = orders();
    (0..config(count).cases).map(|_| strategy.new_tree(&mut runner).expect("an order").current()).collect()
}
