//! Measures 6 and 7: what complaints of 2008 to 2010 say about those of 2011 and 2012, on public Chicago records.

use crate::data::{Place, rows};
use crate::measure::Measure;
use detect::stats::fit::{Fit, LEVELS, Observation};
use detect::stats::negbin::NegBin;
use model::time::parse_day;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Later complaints from which an officer counts as one the early years should have named.
const LATER: u32 = 3;
/// The usual early-warning rule: this many complaints in so many days.
const RULE: (usize, i32) = (3, 180);

/// One officer who served throughout.
#[derive(Debug, Clone)]
struct Officer {
    /// Days of complaints in the earlier and number in the later years.
    earlier: Vec<i32>,
    later: u32,
    groups: [String; LEVELS],
}

/// What is measured.
#[derive(Debug, Clone)]
struct Chicago {
    officers: usize,
    /// Mean and variance of the earlier counts, and the fitted dispersion.
    mean: f64,
    variance: f64,
    dispersion: f64,
    /// Officers whose predictive tail is listed at a false-discovery rate of 0.10.
    outliers: usize,
    /// Officers whose predictive tail is below a thousandth.
    last_thousandth: usize,
    /// Flagged by the rule, and of them with three or more later complaints; the same by our rates at as many flags.
    flags: usize,
    rule_true: usize,
    ours_true: usize,
    /// Area under the curve for three or more later complaints: counts, shrunk rates.
    auc: (f64, f64),
    /// Share of later complaints drawn by the twentieth with the highest counts, and shrunk rates.
    top: (f64, f64),
}

fn day(text: &str) -> i32 {
    parse_day(text).unwrap_or(i32::MIN)
}

/// Numbers are written with and without `.0` in different files.
fn key(text: &str) -> &str {
    text.trim().strip_suffix(".0").unwrap_or(text.trim())
}

/// Days of each officer's complaints, each case once.
fn complaints(place: &Place) -> Option<HashMap<String, BTreeMap<String, i32>>> {
    let mut days: HashMap<String, i32> = HashMap::new();
    for row in
        rows(place, "chicago/complaints_to_2012.csv.gz", &["cr_id", "complaint_date", "incident_date"])?
    {
        let at = if row[1].is_empty() { day(&row[2]) } else { day(&row[1]) };
        let first = days.entry(key(&row[0]).to_owned()).or_insert(at);
        *first = (*first).min(at);
    }
    let mut of: HashMap<String, BTreeMap<String, i32>> = HashMap::new();
    for row in rows(place, "chicago/complaints_accused_to_2012.csv.gz", &["UID", "cr_id"])? {
        let (officer, case) = (key(&row[0]), key(&row[1]));
        if let (false, Some(at)) = (officer.is_empty(), days.get(case)) {
            of.entry(officer.to_owned()).or_default().insert(case.to_owned(), *at);
        }
    }
    Some(of)
}

/// Unit on a day, by name and day of appointment: the only key the two sources share.
fn units(place: &Place, on: i32) -> Option<HashMap<[String; 3], String>> {
    let columns = ["first_name", "last_name", "appointed_date", "unit", "unit_start_date", "unit_end_date"];
    let mut units: HashMap<[String; 3], (i32, String)> = HashMap::new();
    for row in rows(place, "chicago/unit_history_2014_2020.csv.gz", &columns)? {
        let (from, until) = (day(&row[4]), if row[5].is_empty() { i32::MAX } else { day(&row[5]) });
        if from <= on && on <= until {
            let who = [row[0].to_lowercase(), row[1].to_lowercase(), row[2].clone()];
            let held = units.entry(who).or_insert((from, String::new()));
            if from >= held.0 {
                *held = (from, key(&row[3]).to_owned());
            }
        }
    }
    Some(units.into_iter().map(|(who, (_, unit))| (who, unit)).collect())
}

/// Officers in service from the first to the last day of both periods.
fn officers(place: &Place, first: i32, middle: i32, last: i32) -> Option<Vec<Officer>> {
    let complaints = complaints(place)?;
    let units = units(place, middle)?;
    let columns = [
        "UID",
        "first_name",
        "last_name",
        "appointed_date",
        "resignation_date",
        "current_status",
        "cleaned_rank",
    ];
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for row in rows(place, "chicago/officer_profiles.csv.gz", &columns)? {
        let left = if row[4].is_empty() { i32::MAX } else { day(&row[4]) };
        let appointed = day(&row[3]);
        // Appointed and not left, or the day of leaving is not known of somebody who has left.
        let served = appointed != i32::MIN && appointed <= first && left > last;
        if !served || (row[5] == "0.0" && row[4].is_empty()) || !seen.insert(row[0].clone()) {
            continue;
        }
        let own = complaints.get(key(&row[0]));
        let between = |from: i32, until: i32| {
            own.into_iter().flatten().map(|(_, at)| *at).filter(move |at| (from..=until).contains(at))
        };
        let mut earlier: Vec<i32> = between(first, middle).collect();
        earlier.sort_unstable();
        let later = between(middle + 1, last).count() as u32;
        let who = [row[1].to_lowercase(), row[2].to_lowercase(), row[3].clone()];
        let unit = units.get(&who).cloned().unwrap_or_default();
        // Units 1 to 25 are the districts with beats.
        let kind = match unit.parse::<u32>() {
            Ok(1..=25) => "district",
            Ok(_) => "other",
            Err(_) => "unknown",
        };
        let years = match (middle - appointed) / 365 {
            0..=4 => "under 5",
            5..=14 => "5 to 14",
            _ => "15 and over",
        };
        let rank = row[6].clone();
        let groups = [
            String::new(),
            kind.to_owned(),
            format!("{kind} {rank}"),
            format!("{kind} {rank} {years}"),
            format!("{kind} {rank} {years} {unit}"),
        ];
        all.push(Officer { earlier, later, groups });
    }
    Some(all)
}

fn observations(all: &[Officer]) -> Vec<Observation> {
    let mut numbers: [BTreeMap<&str, u32>; LEVELS] = Default::default();
    let one = |officer| {
        let officer: &Officer = officer;
        let mut groups = [0; LEVELS];
        for (level, name) in officer.groups.iter().enumerate() {
            let next = numbers[level].len() as u32;
            groups[level] = *numbers[level].entry(name).or_insert(next);
        }
        Observation { value: officer.earlier.len() as u32, exposure: 1.0, groups }
    };
    all.iter().map(one).collect()
}

/// Whether the usual rule would have named the officer at any time.
fn by_rule(officer: &Officer) -> bool {
    officer.earlier.windows(RULE.0).any(|days| days[RULE.0 - 1] - days[0] < RULE.1)
}

/// Places in order of falling score; equal scores in the order given.
fn ranked(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    order
}

/// Share of pairs of one that is and one that is not, in which the one that is has the higher score; ties count half.
pub fn auc(scores: &[f64], is: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let (mut below, mut won, mut at) = (0.0, 0.0, 0);
    while at < order.len() {
        let ties = order[at..].iter().take_while(|o| scores[**o] == scores[order[at]]).count();
        let with = order[at..at + ties].iter().filter(|o| is[**o]).count() as f64;
        let without = ties as f64 - with;
        won += with * (below + without / 2.0);
        below += without;
        at += ties;
    }
    let all = is.iter().filter(|x| **x).count() as f64;
    won / (all * (is.len() as f64 - all))
}

/// Share of later complaints that those with the highest twentieth of scores draw; ties share evenly.
fn top_share(scores: &[f64], all: &[Officer]) -> f64 {
    let take = all.len() / 20;
    let order = ranked(scores);
    let limit = scores[order[take - 1]];
    let sum = |which: &dyn Fn(usize) -> bool| -> (f64, f64) {
        let picked = (0..all.len()).filter(|at| which(*at));
        picked.fold((0.0, 0.0), |(n, c), at| (n + 1.0, c + f64::from(all[at].later)))
    };
    let (above, complaints) = sum(&|at| scores[at] > limit);
    let (tied, their) = sum(&|at| scores[at] == limit);
    let total: f64 = all.iter().map(|o| f64::from(o.later)).sum();
    (complaints + their * (take as f64 - above) / tied) / total
}

/// Measures 6 and 7, said aloud where the files are not there.
pub fn measure(place: &Place) -> Vec<Measure> {
    let Some(c) = compare(place, "2008-01-01", "2010-12-31", "2012-12-31") else {
        let why = "the Chicago files are not on this machine";
        let missing =
            |id: &str| Measure::missing(id, "Chicago, 2008-2010 to 2011-2012", "see INDICATORS", why);
        return ["6a", "6b", "7a", "7b"].map(missing).to_vec();
    };
    let against = |ours: usize, rule: usize| ours as f64 / rule as f64 - 1.0;
    let true_more = against(c.ours_true, c.rule_true);
    let false_more = against(c.flags - c.ours_true, c.flags - c.rule_true);
    let flags = format!(
        "{} flags of {} officers; right: rule {}, shrunk rates {}",
        c.flags, c.officers, c.rule_true, c.ours_true
    );
    let counts = format!(
        "counts {:.3}, shrunk rates {:.3}; mean {:.2}, variance {:.2}, dispersion {:.2}",
        c.auc.0, c.auc.1, c.mean, c.variance, c.dispersion
    );
    let shares = format!(
        "counts {:.3}, shrunk rates {:.3}; at a false-discovery rate of 0.10 {} of {} are listed, and {} lie in the last \
         thousandth where {:.0} are expected",
        c.top.0,
        c.top.1,
        c.outliers,
        c.officers,
        c.last_thousandth,
        c.officers as f64 / 1000.0
    );
    let rule = "against three complaints in 180 days";
    vec![
        Measure::at_least("6a", &format!("Chicago: true flags {rule}"), true_more, 0.12, flags.clone()),
        Measure::at_most("6b", &format!("Chicago: false flags {rule}"), false_more, -0.20, flags),
        Measure::at_least(
            "7a",
            "Chicago: area under the curve above plain counts",
            c.auc.1 - c.auc.0,
            0.01,
            counts,
        ),
        Measure::at_least(
            "7b",
            "Chicago: later complaints of the top 5 %, less plain counts",
            c.top.1 - c.top.0,
            0.0,
            shares,
        ),
    ]
}

/// Everything about one pair of periods; `None` where the files are not there.
fn compare(place: &Place, first: &str, middle: &str, last: &str) -> Option<Chicago> {
    let all = officers(place, day(first), day(middle), day(last))?;
    let observations = observations(&all);
    let fit = Fit::new(&observations)?;
    let counts: Vec<f64> = observations.iter().map(|o| f64::from(o.value)).collect();
    let rate = |at: usize| {
        let expected = fit.expect(at);
        let by: NegBin = expected.predictive(1.0);
        expected.mean * by.rate_ratio(observations[at].value).0
    };
    let rates: Vec<f64> = (0..all.len()).map(rate).collect();
    let is: Vec<bool> = all.iter().map(|o| o.later >= LATER).collect();
    let flagged: Vec<usize> = (0..all.len()).filter(|at| by_rule(&all[*at])).collect();
    let trues = |order: &[usize]| order.iter().filter(|at| is[**at]).count();
    let tails = fit.tails();
    let outliers = detect::stats::discovery::adjusted(&tails).iter().filter(|q| **q <= 0.10).count();
    let mean = counts.iter().sum::<f64>() / all.len() as f64;
    Some(Chicago {
        officers: all.len(),
        mean,
        variance: counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / all.len() as f64,
        dispersion: fit.dispersion.at_middle(),
        outliers,
        last_thousandth: tails.iter().filter(|t| **t <= 0.001).count(),
        flags: flagged.len(),
        rule_true: trues(&flagged),
        ours_true: trues(&ranked(&rates)[..flagged.len()]),
        auc: (auc(&counts, &is), auc(&rates, &is)),
        top: (top_share(&counts, &all), top_share(&rates, &all)),
    })
}
