//! Codes that may be one officer.

use super::{Cli, Done};
use crate::arguments::OfficersVerb;
use crate::out;
use contract::{DecideLink, LinkProposalView};

impl Cli {
    pub(super) fn officers(&self, verb: OfficersVerb) -> Done {
        let all = match verb {
            OfficersVerb::Proposals { store } => {
                self.open(&store)?;
                self.app.link_proposals()?
            }
            OfficersVerb::Link { store, proposal, reason, refuse } => {
                self.open(&store)?;
                self.app.decide_link(DecideLink { proposal, link: !refuse, reason })?
            }
        };
        out::document(self.common.json, &all, |all| {
            if all.is_empty() {
                out::line("No code looks like an officer on the roll.");
            }
            all.iter().for_each(line);
        });
        Ok(())
    }
}

fn line(p: &LinkProposalView) {
    out::line(&format!(
        "{:>4}  {} may be {}  {:>3} %  {}  {} First seen in {}.",
        p.proposal, p.provisional, p.officer, p.confidence, p.state, p.why, p.first_seen
    ));
    if let Some(decided) = &p.decided {
        out::line(&format!("      {decided}"));
    }
}
