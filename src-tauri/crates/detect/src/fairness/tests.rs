use super::cells::{hidden, smallest_class};
use super::*;
use crate::stats::interval::{binomial_tail, chi_square_tail, share};

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-12)
}

/// `people` in each group in turn, `leads` of them with a lead.
fn made(heading: &str, protected: bool, groups: &[(&str, u32, u32)]) -> (Grouping, Vec<bool>) {
    let values = groups.iter().flat_map(|(name, people, _)| (0..*people).map(|_| *name));
    let flags = groups.iter().flat_map(|(_, people, leads)| (0..*people).map(move |at| at < *leads));
    (Grouping::new(heading, protected, values), flags.collect())
}

#[test]
fn shares_and_tails_agree_with_scipy() {
    // scipy.stats.binomtest(k, n).proportion_ci(0.9, 'wilson')
    for (part, all, low, high) in [
        (9, 40, 0.13588210919105081, 0.34896228756395115),
        (0, 12, 0.0, 0.18398119474747693),
        (12, 12, 0.816018805252523, 1.0),
        (3, 500, 0.0024003622861903844, 0.014917018768093454),
    ] {
        let (_, l, h) = share(part, all);
        assert!((l - low).abs() < 1e-12 && (h - high).abs() < 1e-12, "{part} of {all}: {l} {h}");
    }
    // scipy.stats.chi2.sf, binom.sf(k - 1, n, p)
    assert!(close(chi_square_tail(7.3, 4.0), 0.12085874882121235));
    assert!(close(chi_square_tail(120.0, 1.0), 6.326068263677272e-28));
    assert!(close(binomial_tail(9, 31, 0.02), 6.92726085817636e-09));
    assert!(close(binomial_tail(1, 10, 0.3), 0.9717524751));
}

#[test]
fn ratios_and_correlations_agree_with_scipy() {
    // scipy.stats.contingency.relative_risk(a, n, b, m).confidence_interval(0.9)
    let found = ratio(12, 100, 40, 500).expect("a ratio");
    assert!(
        close(found.value, 1.5)
            && close(found.low, 0.9002721505383197)
            && close(found.high, 2.499244254811845)
    );
    let none = ratio(0, 100, 40, 500).expect("a ratio");
    assert!(none.value > 0.0 && none.low > 0.0 && none.high.is_finite());
    // scipy.stats.pearsonr over the same two lists
    let flagged: Vec<bool> = (0..60).map(|i| i % 3 == 0).collect();
    let exposure: Vec<f64> =
        (0..60).map(|i| f64::from(100 + i * 37 % 91 + if i % 3 == 0 { 20 } else { 0 })).collect();
    let found = correlation(&flagged, &exposure).expect("a correlation");
    assert!(close(found.value, 0.3198988928170811), "{found:?}");
    assert!(close(found.low, 0.11318125326700218) && close(found.high, 0.500070880569084), "{found:?}");
    assert!(correlation(&flagged, &[40.0; 60]).is_none());
    assert!(correlation(&flagged[..20], &exposure[..20]).is_none(), "seven flags are too few");
}

#[test]
fn the_smallest_class_agrees_with_pycanon() {
    // pycanon.anonymity.k_anonymity over rank, unit and service of twelve people.
    let ranks = "cccccccsssss".chars();
    let units = "aaabbbbaaabb".chars();
    let service = "112111122211".chars();
    let all: Vec<(char, char, char)> = ranks.zip(units).zip(service).map(|((r, u), s)| (r, u, s)).collect();
    assert_eq!(smallest_class(all.iter().map(|p| p.0)), 5);
    assert_eq!(smallest_class(all.iter().map(|p| p.1)), 6);
    assert_eq!(smallest_class(all.iter().map(|p| (p.0, p.1))), 2);
    assert_eq!(smallest_class(all.iter()), 1);
    assert_eq!(smallest_class(std::iter::empty::<u8>()), 0);
}

#[test]
fn a_small_cell_takes_the_next_smallest_with_it() {
    let row = |with: u32, without: u32| vec![with, without];
    assert_eq!(hidden(&[row(30, 400), row(12, 300)]), [false, false]);
    // Nine leads: the other group would follow from the total.
    assert_eq!(hidden(&[row(30, 400), row(9, 300)]), [true, true]);
    assert_eq!(hidden(&[row(30, 400), row(9, 300), row(14, 90)]), [false, true, true]);
    // Two small rows that are still few together.
    assert_eq!(hidden(&[row(30, 400), row(4, 300), row(3, 90), row(20, 80)]), [false, true, true, true]);
    assert_eq!(hidden(&[row(30, 400), row(6, 300), row(5, 90), row(20, 80)]), [false, true, true, false]);
    // Everybody in a group has a lead: that says as much as nobody.
    assert_eq!(hidden(&[row(30, 0), row(50, 400), row(12, 30)]), [true, false, true]);
    assert!(hidden(&[]).is_empty());
}

#[test]
fn nothing_hidden_follows_from_what_is_shown() {
    let (sex, flagged) = made("sex", true, &[("f", 200, 20), ("m", 400, 40), ("x", 60, 3)]);
    let table = lead_rates(&sex, &flagged);
    assert_eq!(table.withheld, 2);
    let shown: u32 = table.rows.iter().filter_map(|r| r.with_lead).sum();
    assert_eq!(
        63 - shown,
        23,
        "the two hidden groups have 23 leads together and nobody knows how they split"
    );
    assert!(table.rows.iter().all(|r| r.with_lead.is_some() == r.rate.is_some()));
    assert!(table.rows.iter().all(|r| r.people.is_some()), "sixty people are no small cell");
    assert!(table.rows.iter().filter(|r| r.with_lead.is_none()).all(|r| r.ratio.is_none()));
}

#[test]
fn a_group_with_twice_the_rate_shows_it_with_an_interval() {
    let (sex, flagged) = made("sex", true, &[("f", 200, 40), ("m", 400, 40)]);
    let table = lead_rates(&sex, &flagged);
    let women = table.rows.iter().find(|r| r.group == "f").and_then(|r| r.ratio).expect("a ratio");
    assert!(close(women.value, 2.0) && women.low > 1.0 && women.high < 4.0, "{women:?}");
}

#[test]
fn precision_by_group_is_of_decisions_and_withheld_under_ten() {
    let (sex, _) = made("sex", true, &[("f", 50, 0), ("m", 50, 0)]);
    let decided: Vec<Decided> = (0..100).map(|person| Decided { person, agreed: person % 2 == 0 }).collect();
    let table = precision(&sex, &decided);
    assert_eq!(table.rows[0].share.map(|s| s.0), Some(0.5));
    assert_eq!(precision(&sex, &decided[..60]).withheld, 2);
    assert_eq!(precision(&sex, &[Decided { person: 9_999, agreed: true }]).withheld, 2);
}

#[test]
fn one_crowded_unit_raises_an_alarm_and_an_even_force_none() {
    let names: Vec<String> = (0..40).map(|n| format!("UNIT-{n:02}")).collect();
    let even: Vec<(&str, u32, u32)> = names.iter().map(|n| (n.as_str(), 30, 1)).collect();
    let (units, flagged) = made("unit", false, &even);
    assert!(concentration(&units, &flagged).alarms.is_empty());
    let mut crowded = even.clone();
    crowded[7].2 = 11;
    crowded.push(("SMALL", 9, 9));
    let (units, flagged) = made("unit", false, &crowded);
    let found = concentration(&units, &flagged);
    assert_eq!(found.alarms.iter().map(|a| a.unit.as_str()).collect::<Vec<_>>(), ["UNIT-07"]);
    assert_eq!((found.units, found.alarms[0].with_lead), (40, Some(11)));
    assert!(found.top_tenth.is_some_and(|s| s > 0.3));
}

#[test]
fn fewer_than_ten_leads_of_a_unit_follow_from_no_figure() {
    let names: Vec<String> = (0..12).map(|n| format!("UNIT-{n:02}")).collect();
    let spread = |first: u32, second: u32| {
        let leads = |n: usize| [first, second].get(n).copied().unwrap_or(1);
        let groups: Vec<(&str, u32, u32)> =
            names.iter().enumerate().map(|(n, name)| (name.as_str(), 40, leads(n))).collect();
        let (units, flagged) = made("unit", false, &groups);
        concentration(&units, &flagged)
    };
    // Nine stand out, and are not named; nor is the share of the two units with most leads shown.
    let nine = spread(9, 0);
    assert!(nine.alarms.is_empty() && nine.top_tenth.is_none(), "{nine:?}");
    // Ten are named, and the second unit's three would follow from the share.
    let ten = spread(10, 3);
    assert_eq!((ten.alarms.len(), ten.top_tenth), (1, None), "{ten:?}");
    assert!(spread(10, 10).top_tenth.is_some_and(|share| close(share, 20.0 / 30.0)));
}

#[test]
fn a_gap_larger_than_chance_is_larger_than_the_shuffles() {
    let (even, flags) = made("sex", true, &[("f", 300, 30), ("m", 300, 33)]);
    let found = shuffled(&even, &flags, 1).expect("shown");
    assert!(found.share > 0.3 && found.low <= found.expected && found.expected <= found.high, "{found:?}");
    assert_eq!(shuffled(&even, &flags, 1), Some(found));
    let (uneven, flags) = made("sex", true, &[("f", 300, 12), ("m", 300, 51)]);
    let found = shuffled(&uneven, &flags, 1).expect("shown");
    assert!(found.share < 0.01 && close(found.observed, 19.5), "{found:?}");
    let (small, flags) = made("sex", true, &[("f", 300, 4), ("m", 300, 33)]);
    assert!(shuffled(&small, &flags, 1).is_none());
}

#[test]
fn a_unit_that_stands_in_for_a_group_is_named_and_one_that_does_not_is_not() {
    // In unit A two thirds are of group g and a fifth has a lead; elsewhere a tenth is, and one in fifty has.
    let mut groups = Vec::new();
    let (mut units, mut shifts, mut flagged) = (Vec::new(), Vec::new(), Vec::new());
    for person in 0..3000_u32 {
        let in_a = person % 6 == 0;
        let turn = person / 6;
        groups.push(if in_a && turn % 3 < 2 || !in_a && turn % 10 == 0 { "g" } else { "h" });
        units.push(if in_a { "A" } else { "B" });
        shifts.push(["early", "late", "night"][(person / 7 % 3) as usize]);
        flagged.push(if in_a { turn % 5 == 0 } else { turn % 50 == 7 });
    }
    let groupings = [
        Grouping::new("ethnicity", true, groups.into_iter()),
        Grouping::new("unit", false, units.into_iter()),
        Grouping::new("shift pattern", false, shifts.into_iter()),
    ];
    let found = proxies(&groupings, &flagged);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].heading.as_str(), found[0].protected.as_str()), ("unit", "ethnicity"));
    assert!(found[0].reaches_leads && found[0].association > 0.4, "{found:?}");
}

#[test]
fn the_meter_speaks_of_quick_and_of_one_sided_reviewers_only() {
    let decision = |who: &str, seconds: u32, accepted: bool| Reviewed {
        reviewer: who.to_owned(),
        seconds,
        opened: true,
        accepted,
    };
    let mut all: Vec<Reviewed> = (0..30).map(|_| decision("quick", 4, true)).collect();
    all.extend((0..30).map(|n| decision("slow", 200 + n, n % 3 == 0)));
    all.extend((0..5).map(|_| decision("new", 3, true)));
    let meters = reviewers(&all);
    let of = |name: &str| meters.iter().find(|m| m.reviewer == name).expect("there");
    assert_eq!(of("quick").remarks.len(), 2);
    assert!(of("slow").remarks.is_empty() && of("new").remarks.is_empty());
    assert_eq!((of("slow").median_seconds, of("quick").quick, of("new").decided), (214, 30, 5));
}

#[test]
fn kappa_agrees_with_scikit_learn() {
    // sklearn.metrics.cohen_kappa_score over the same 55 pairs: n no action, w welfare, p performance.
    let runs = [("n", "n", 20), ("w", "w", 15), ("n", "w", 5), ("w", "n", 10), ("p", "p", 3), ("n", "p", 2)];
    let pairs: Vec<(&str, &str)> = runs.iter().flat_map(|(a, b, n)| (0..*n).map(|_| (*a, *b))).collect();
    let found = agreement(&pairs).expect("pairs");
    let (kappa, low, high) = found.kappa.expect("a kappa");
    assert!(close(kappa, 0.45000000000000007) && low < kappa && kappa < high, "{found:?}");
    assert_eq!(agreement(&[("n", "n"), ("n", "n")]).and_then(|a| a.kappa), None);
    assert!(agreement::<u8>(&[]).is_none());
}

#[test]
fn the_audit_of_nobody_says_nothing_and_does_not_fail() {
    let groupings =
        [Grouping::new("sex", true, std::iter::empty()), Grouping::new("unit", false, std::iter::empty())];
    let nobody = Audit { flagged: &[], exposure: &[], groupings: &groupings, decided: &[], seed: 1 };
    let report = audit(&nobody);
    assert_eq!((report.people, report.with_lead, report.proxies.len()), (0, None, 0));
    assert!(report.shuffled.is_empty() && report.exposure.is_none());
    assert!(serde_json::to_string(&report).is_ok_and(|text| !text.contains("null,null,null,null")));
}

#[test]
fn the_audit_gathers_every_figure_of_a_force() {
    let (sex, flagged) = made("sex", true, &[("f", 300, 30), ("", 300, 33)]);
    let hours: Vec<f64> = (0..600).map(|at| f64::from(1000 + at % 300)).collect();
    let fifths = (0..600).map(|at| ["1", "2", "3", "4", "5"][at % 300 / 60]);
    let groupings = [sex, Grouping::new("duty hours", false, fifths)];
    let decided: Vec<Decided> = (0..60).map(|at| Decided { person: at * 10, agreed: at % 3 == 0 }).collect();
    let report = audit(&Audit {
        flagged: &flagged,
        exposure: &hours,
        groupings: &groupings,
        decided: &decided,
        seed: 1,
    });
    assert_eq!((report.with_lead, report.rates.len(), report.shuffled.len()), (Some(63), 2, 1));
    assert!(report.rates[0].rows.iter().any(|r| r.group == NOT_STATED));
    assert_eq!(report.rates[1].rows.len(), 5);
    assert!(report.exposure.is_some() && report.units.is_none());
}
