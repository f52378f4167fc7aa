//! Parts of a network: the next one is assembled while PostgreSQL takes the one before it.

use std::collections::HashMap;

use dialog_db::reference::load::{Covered, NewCommune, NewContour};
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use super::assemble::{Network, assemble};
use super::topology::Topology;
use super::{Material, count};
use crate::load::Report;
use crate::load::read::streets::Way;

/// A part that is ready to be written.
pub(super) struct Assembled {
    pub(super) network: Network,
    pub(super) communes: Vec<NewCommune>,
    pub(super) contours: Vec<NewContour>,
    /// What each commune has.
    pub(super) covered: HashMap<String, Covered>,
    pub(super) topology: Topology,
    /// What was left out or stands apart.
    pub(super) remarks: Vec<(&'static str, u64)>,
}

impl Assembled {
    fn of(material: Material) -> Self {
        let Material { mut ways, addresses, communes, contours } = material;
        ways.iter_mut().for_each(Way::call_by_its_number);
        let mut report = Report::default();
        let network = assemble(&ways, addresses, &mut report);
        let without_line = network.streets.iter().filter(|street| street.length_m <= 0.0).count();
        report.remark("voies sans tracé, connues par leurs seuls numéros", count(without_line));
        let (covered, topology) = (covered(&network), Topology::of(&network));
        Self { network, communes, contours, covered, topology, remarks: report.remarks }
    }
}

/// Parts that are being assembled, on a thread of their own.
pub(super) struct Parts {
    ready: mpsc::Receiver<Assembled>,
    thread: Option<JoinHandle<()>>,
}

impl Parts {
    /// Begins to assemble. At most three parts are in memory: one is assembled, one waits, and one is written.
    pub(super) fn assemble(parts: impl Iterator<Item = Material> + Send + 'static) -> Self {
        let (sender, ready) = mpsc::channel(1);
        let assemble = move || {
            for part in parts {
                // Nobody waits for it any more once writing has failed.
                if sender.blocking_send(Assembled::of(part)).is_err() {
                    break;
                }
            }
        };
        Self { ready, thread: Some(spawn_blocking(assemble)) }
    }

    /// The next part, once it is ready.
    pub(super) async fn next(&mut self) -> Option<Assembled> {
        if let Some(part) = self.ready.recv().await {
            return Some(part);
        }
        let ended = self.thread.take()?.await;
        // A thread that panicked has not assembled everything.
        if let Some(failure) = ended.err().filter(JoinError::is_panic) {
            std::panic::resume_unwind(failure.into_panic());
        }
        None
    }
}

/// Which communes have how many streets and house numbers.
fn covered(network: &Network) -> HashMap<String, Covered> {
    let communes: HashMap<&str, &str> =
        network.streets.iter().map(|street| (street.street_id.as_str(), street.insee.as_str())).collect();
    let mut covered: HashMap<&str, Covered> = HashMap::new();
    for street in &network.streets {
        covered.entry(&street.insee).or_default().streets += 1;
    }
    for insee in network.addresses.iter().filter_map(|address| communes.get(address.street_id.as_str())) {
        covered.entry(insee).or_default().addresses += 1;
    }
    covered.into_iter().map(|(insee, covered)| (insee.to_owned(), covered)).collect()
}
