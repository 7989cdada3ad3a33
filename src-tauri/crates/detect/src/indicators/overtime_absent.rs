//! Overtime claimed as worked while the readers say the officer had left, had not come yet, or was not there at all.
//!
//! A claim is judged only where presence can be trusted: enough other people were recorded at the officer's usual site
//! on the day, the presence was imported after the claim (what was imported before it was kept only inside duties), and
//! the officer leaves traces on nearly all their duties. Everything else is unknown, never absent. The last trace up to
//! an hour after the claim decides: somebody who comes back to a reader was out on the job, not away.

use super::attendance_claim::Sites;
use super::{Exposure, Indicator, Test};
use crate::card::Card;
use crate::context::{Context, Seen};
use crate::measure::{Hit, Measure, capped, columns, counter, left_out, line};
use crate::profile::{Duty, Overtime, Profile, Trace};
use crate::span::Span;
use crate::wording::{self, count, hours_minutes};
use model::{ArithmeticLine, EvidenceRow, SourceKind};

pub const INDICATOR: Indicator = Indicator {
    id: "overtime-absent",
    needs: &[SourceKind::Overtime, SourceKind::Presence, SourceKind::Duties],
    needs_any: &[],
    exposure: Some(Exposure::DutyHours),
    counts: "claims",
    test: Test::Officer(measure),
};

/// How far around a claim presence is kept: the hour of the import's own rule.
const MARGIN: i64 = 3600;
/// How far back a swipe can tell that somebody is still inside.
const TOUR: i64 = 16 * 3600;
/// Duties with readers working from which a habit of leaving traces is judged.
const MIN_DUTIES: usize = 10;

/// What the traces say against a claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Against {
    /// Left and never came back.
    Left(i64),
    /// First seen only then.
    Came(i64),
    NoTrace,
}

/// A contradicted claim, the seconds away and the people seen at the site on the day.
struct Contradicted<'a> {
    claim: &'a Overtime,
    against: Against,
    seconds: i64,
    others: u32,
    trace: Option<&'a Trace>,
}

#[derive(Default)]
struct Claims<'a> {
    borne_out: usize,
    unknown: usize,
    /// Why no claim of this officer can be judged.
    unjudged: Option<&'static str>,
    contradicted: Vec<Contradicted<'a>>,
}

fn measure(profile: &Profile, context: &Context<'_>, card: &Card) -> Measure {
    let claims = judge(profile, context, card);
    let cited = &claims.contradicted;
    let hit = (!cited.is_empty() && cited.len() as i64 >= card.value("min_claims")).then(|| Hit {
        sentence: sentence(cited, card),
        arithmetic: arithmetic(&claims),
        sources: vec![SourceKind::Overtime, SourceKind::Presence],
        evidence_columns: columns(&["Record", "From", "To", "What", "Against the claim", "Others seen"]),
        evidence: capped(cited).iter().flat_map(|c| rows(c, context)).collect(),
        counter_evidence: counter_evidence(&claims),
        strength: cited.iter().map(|c| c.seconds).sum::<i64>() * 1000 / 3600,
    });
    let unjudged = claims.unjudged;
    Measure { value: cited.len() as u32, exposure: profile.duty_hours(), hit, unjudged, ..Measure::default() }
}

fn judge<'a>(profile: &'a Profile, context: &Context<'_>, card: &Card) -> Claims<'a> {
    let mut claims = Claims::default();
    let sites = Sites::of(profile, context);
    if !profile.overtime.is_empty() {
        claims.unjudged = unjudged(profile, &sites, context, card);
    }
    let longest = profile.presence.iter().map(|t| t.span.seconds()).max().unwrap_or(0);
    for claim in &profile.overtime {
        let others = readers_worked(claim, &sites, context, card);
        let Some(others) = others.filter(|_| claims.unjudged.is_none() && !is_elsewhere(claim, profile))
        else {
            claims.unknown += 1;
            continue;
        };
        match against(claim.worked, &profile.presence, longest) {
            Some((against, seconds, trace)) if seconds >= card.value("min_minutes") * 60 => {
                claims.contradicted.push(Contradicted { claim, against, seconds, others, trace });
            }
            _ => claims.borne_out += 1,
        }
    }
    claims
}

/// Courts and training rooms have no readers of the force: nobody can tell of a claim there, or before or after a duty there.
fn is_elsewhere(claim: &Overtime, profile: &Profile) -> bool {
    let around = Span { start: claim.worked.start - MARGIN, end: claim.worked.end + MARGIN };
    let away = profile.duties.iter().filter(|d| is_away(d));
    claim.category.to_lowercase().contains("court") || away.into_iter().any(|d| d.span.overlap(around) > 0)
}

/// Duties that leave no trace at the officer's site.
fn is_away(duty: &Duty) -> bool {
    matches!(&*duty.kind, "court" | "training")
}

/// Others seen on the quietest day of the claim, if that is enough and the presence came in after the claim.
fn readers_worked(claim: &Overtime, sites: &Sites, context: &Context<'_>, card: &Card) -> Option<u32> {
    let days = context.day(claim.worked.start)..=context.day(claim.worked.end - 1);
    let seen = days.map(|day| sites.others(day, context));
    let fit = |seen: Seen| {
        let enough = i64::from(seen.officers) >= card.value("min_others");
        (enough && seen.import > claim.origin.import.0).then_some(seen.officers)
    };
    seen.map(fit).reduce(|a, b| Some(a?.min(b?))).flatten()
}

/// Why a missing trace means nothing of this officer: nearly every duty at the site, of enough while its readers work,
/// must leave one.
fn unjudged(profile: &Profile, sites: &Sites, context: &Context<'_>, card: &Card) -> Option<&'static str> {
    let at_site = |d: &&Duty| d.is_worked() && &*d.place != "remote" && !is_away(d);
    let (mut all, mut traced) = (0, 0);
    for duty in profile.duties.iter().filter(at_site) {
        let day = context.day(duty.span.start);
        let seen = sites.others(day, context);
        if i64::from(seen.officers) < card.value("min_others") {
            continue;
        }
        all += 1;
        let first = profile.presence.partition_point(|t| t.span.start < duty.span.start - MARGIN);
        let near = profile.presence[first..].iter().take_while(|t| t.span.start <= duty.span.end + MARGIN);
        traced += usize::from(near.into_iter().any(Trace::is_on_site));
    }
    let usual = traced as i64 * 100 >= all as i64 * card.value("usual_trace_percent");
    match all {
        0..MIN_DUTIES => Some("few_duties"),
        _ => (!usual).then_some("few_traces"),
    }
}

/// What the last trace says of a claim, and for how many seconds of it.
fn against(worked: Span, traces: &[Trace], longest: i64) -> Option<(Against, i64, Option<&Trace>)> {
    let first = traces.partition_point(|t| t.span.start < worked.start - TOUR - longest);
    let near = traces[first..].iter().take_while(|t| t.span.start <= worked.end + MARGIN);
    let near: Vec<&Trace> = near.filter(|t| t.span.end >= worked.start - TOUR).collect();
    let leaves = |t: &Trace| matches!(&*t.kind, "swipe_out" | "vpn_off");
    let Some(last) = near.iter().max_by_key(|t| t.span.end) else {
        return Some((Against::NoTrace, worked.seconds(), None));
    };
    let stayed = last.span.end > last.span.start;
    if leaves(last) || stayed {
        // A stay with an end and a swipe on the way out both say when the officer was last there.
        let left = last.span.end;
        if left < worked.end {
            return Some((Against::Left(left), worked.end - left.max(worked.start), Some(last)));
        }
    }
    let before = near.iter().any(|t| t.span.end < worked.start - MARGIN);
    let arrival = near.first().filter(|t| matches!(&*t.kind, "swipe_in" | "vpn_on") && !before)?;
    let came = arrival.span.start;
    (came > worked.start).then(|| (Against::Came(came), came - worked.start, Some(*arrival)))
}

fn sentence(cited: &[Contradicted<'_>], card: &Card) -> String {
    let of = |wanted: fn(&Against) -> bool| cited.iter().filter(|c| wanted(&c.against)).count();
    let part = |n: usize, name: &str| match n {
        0 => String::new(),
        n => wording::fill(card.words(name), &[("claims", count(n, "claim", "claims"))]),
    };
    let seconds: i64 = cited.iter().map(|c| c.seconds).sum();
    let values = [("claims", count(cited.len(), "claim", "claims")), ("away", hours_minutes(seconds / 60))];
    let parts = [
        wording::fill(card.words("finding"), &values),
        part(of(|a| matches!(a, Against::Left(_))), "left"),
        part(of(|a| matches!(a, Against::Came(_))), "came"),
        part(of(|a| matches!(a, Against::NoTrace)), "no_trace"),
    ];
    wording::join(&parts, " ")
}

fn arithmetic(claims: &Claims<'_>) -> Vec<ArithmeticLine> {
    let number = |n: usize| wording::thousands(n as i64);
    let cited = &claims.contradicted;
    let minutes: i64 = cited.iter().map(|c| c.seconds / 60).sum();
    let parts = wording::sum_of(cited.iter().map(|c| c.seconds / 60));
    let split = format!(
        "{} contradicted + {} borne out + {} unknown",
        number(cited.len()),
        number(claims.borne_out),
        number(claims.unknown)
    );
    let all = cited.len() + claims.borne_out + claims.unknown;
    let note =
        if parts.is_empty() { "sum over the claims below".to_owned() } else { format!("min: {parts}") };
    let mut lines = vec![
        line("claims that presence contradicts", number(cited.len()), ""),
        line("time claimed and not there", hours_minutes(minutes), note),
        line("all claims of this person", number(all), split),
    ];
    lines.extend(left_out(cited.len()));
    lines
}

fn counter_evidence(claims: &Claims<'_>) -> Vec<String> {
    let borne = counter(claims.borne_out, "claim is borne out by a trace", "claims are borne out by traces");
    let unknown = counter(
        claims.unknown,
        "further claim is left out: readers or imports cannot tell",
        "further claims are left out: readers or imports cannot tell",
    );
    let authorised = claims.contradicted.iter().filter(|c| c.claim.authoriser != model::NO_OFFICER).count();
    let authorised =
        counter(authorised, "cited claim names an authoriser", "cited claims name an authoriser");
    [borne, unknown, authorised].into_iter().flatten().collect()
}

/// The claim, and the trace that speaks against it.
fn rows(cited: &Contradicted<'_>, context: &Context<'_>) -> Vec<EvidenceRow> {
    let claim = cited.claim;
    let said = match cited.against {
        Against::Left(at) => format!("last trace {}", context.moment(at)),
        Against::Came(at) => format!("first trace {}", context.moment(at)),
        Against::NoTrace => "no trace".to_owned(),
    };
    let cells = vec![
        "Claim".to_owned(),
        context.moment(claim.worked.start),
        context.moment(claim.worked.end),
        claim.category.to_string(),
        said,
        wording::thousands(i64::from(cited.others)),
    ];
    let trace = cited.trace.map(|trace| {
        let end =
            if trace.span.end > trace.span.start { context.moment(trace.span.end) } else { String::new() };
        let cells = vec![
            "Trace".to_owned(),
            context.moment(trace.span.start),
            end,
            trace.kind.to_string(),
            trace.site.to_string(),
            String::new(),
        ];
        trace.origin.cite(SourceKind::Presence, trace.span, cells)
    });
    [claim.origin.cite(SourceKind::Overtime, claim.worked, cells)].into_iter().chain(trace).collect()
}

#[cfg(test)]
mod tests;
