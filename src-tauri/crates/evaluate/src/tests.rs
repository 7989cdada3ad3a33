use crate::anomaly::{against_pyod, average_precision};
use crate::boston::of_sheets;
use crate::chicago::auc;
use crate::force::{Analysed, cited};
use crate::found;
use crate::measure::{Measure, table};
use crate::random::{gamma, poisson};
use demo::Mode;
use detect::stats::random::Random;

#[test]
fn areas_and_precisions_agree_with_scikit_learn() {
    // sklearn.metrics.roc_auc_score and average_precision_score of the same ten scores, three of them tied.
    let is = [0, 0, 1, 1, 0, 1, 0, 0, 1, 0].map(|y| y == 1);
    let scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.9, 0.2, 0.8, 0.4, 0.05];
    assert!((auc(&scores, &is) - 0.7708333333333334).abs() < 1e-12);
    assert!((average_precision(&scores, &is) - 0.6845238095238095).abs() < 1e-12);
}

#[test]
fn drawn_counts_have_the_mean_and_variance_they_are_drawn_with() {
    let random = &mut Random::new(5);
    let one = |_| {
        let rate = 3.0 * gamma(random, 2.0) / 2.0;
        f64::from(poisson(random, rate))
    };
    let counts: Vec<f64> = (0..40_000).map(one).collect();
    let mean = counts.iter().sum::<f64>() / 40_000.0;
    let variance = counts.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / 40_000.0;
    // 3 + 3 * 3 / 2.
    assert!((mean - 3.0).abs() < 0.06 && (variance - 7.5).abs() < 0.35, "{mean} {variance}");
}

#[test]
fn a_miss_is_printed_as_a_miss_and_what_was_not_measured_is_not_met() {
    let measures = [
        Measure::at_least("3a", "recall", 0.1, 0.15, String::new()),
        Measure::at_most("2", "false", 0.05, 0.1, "a note".to_owned()),
        Measure::at_least("5a", "precision", f64::NAN, 0.9, String::new()),
        Measure::missing("6", "Chicago", "at least 0.12", "no files"),
    ];
    let text = table(&measures);
    assert_eq!(text.matches("MISSED").count(), 3);
    assert!(text.contains("not measured") && text.ends_with("1 of 4 met\n"), "{text}");
    assert!(serde_json::to_string(&measures).is_ok_and(|json| json.contains(r#""id":"3a""#)));
}

#[test]
fn where_nothing_was_compared_nothing_is_met() {
    assert!(!against_pyod(&[], 19).met && against_pyod(&[], 19).value.is_none());
    assert!(against_pyod(&[0.0001, 0.0004], 19).met);
    let headings = ["ID", "OTDATE", "STARTTIME", "ENDTIME", "OTHOURS"];
    let sheet = |first: &str| {
        let mut sheet = calamine::Range::new((0, 0), (1, 4));
        for (at, heading) in headings.iter().enumerate() {
            let heading = if at == 0 { first } else { heading };
            sheet.set_value((0, at as u32), calamine::Data::String(heading.to_owned()));
        }
        for (at, cell) in ["7", "2022-03-02", "0900", "1100", "4"].iter().enumerate() {
            sheet.set_value((1, at as u32), calamine::Data::String((*cell).to_owned()));
        }
        sheet
    };
    assert_eq!(of_sheets([sheet("ID")].into_iter(), headings, true).map(|claims| claims.len()), Some(1));
    assert!(
        of_sheets([sheet("EMPLOYEE")].into_iter(), headings, true).is_none(),
        "headings of another export"
    );
}

#[test]
fn a_made_up_force_is_analysed_and_loses_the_findings_whose_rows_are_left_out() {
    let force = found::force(600, 181, 3, Mode::Planted, 300, 1.0);
    let one = Analysed::new(force, 1);
    let leads = &one.analysis.leads;
    let lead = leads.iter().find(|l| !cited(l.findings.iter()).is_empty()).expect("a lead that cites rows");
    let less = crate::force::run(&one.force, &cited(lead.findings.iter()), 1);
    let findings = |leads: &[detect::LeadDraft]| {
        let own = leads.iter().filter(|l| l.subject == lead.subject && l.route == lead.route);
        own.map(|l| l.findings.len()).sum::<usize>()
    };
    assert!(findings(&less.leads) < findings(leads));
    assert!(one.labels(true).count() > 0);
}

#[test]
fn presence_of_a_made_up_force_comes_in_after_the_claims_it_is_held_against() {
    let force = found::force(600, 181, 3, Mode::Planted, 300, 1.0);
    let one = Analysed::new(force, 1);
    let pretends = one.labels(true).filter(|l| l.behaviour == "overtime-absent");
    let leads = &one.analysis.leads;
    let found = pretends.map(|l| leads.iter().any(|lead| one.is_about(lead, l) && found::names(lead, l)));
    assert_eq!(found.collect::<Vec<bool>>(), [true, true]);
}

#[test]
fn a_lead_about_a_unit_is_about_its_own_label_and_the_same_with_another_seed() {
    let force = found::force(1_200, 181, 3, Mode::Planted, 600, 1.0);
    let one = Analysed::new(force, 1);
    let units = || one.labels(true).filter(|l| l.unit.is_some());
    assert_eq!(units().count(), 1);
    let about = |lead: &&detect::LeadDraft| units().any(|label| one.is_about(lead, label));
    let found: Vec<_> = one.analysis.leads.iter().filter(about).collect();
    let (looked_at, again) = found::again_with(&one, 2);
    assert!(looked_at > 0 && looked_at == again, "{again} of {looked_at} with another seed");
    assert!(
        matches!(found.as_slice(), [lead] if lead.findings[0].indicator == "culture-unit"),
        "{}",
        found.len()
    );
}
