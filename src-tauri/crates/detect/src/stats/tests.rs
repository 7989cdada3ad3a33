use super::discovery::{Budget, adjusted, joint};
use super::fit::{Fit, LEVELS, Observation};
use super::negbin::{NegBin, gamma_quantile};

/// `python3 -m venv v && v/bin/pip install scipy && v/bin/python -c 'from scipy.stats import nbinom; m, a, y = 0.21, 0.8, 12;
/// n, p = 1/a, 1/(1+a*m); print(m, a, y, nbinom.pmf(y, n, p), nbinom.sf(y-1, n, p))'`, one row for each m, a, y.
const NBINOM: &[(f64, f64, u32, f64, f64)] = &[
    (0.21, 0.8, 0, 0.8235622786009996, 1.0),
    (0.21, 0.8, 1, 0.14807198502243993, 0.17643772139900013),
    (0.21, 0.8, 3, 0.0037335365312455146, 0.004405457978237314),
    (0.21, 0.8, 12, 1.3430960044749802e-10, 1.5737596127731728e-10),
    (1.0, 0.5, 0, 0.44444444444444453, 1.0),
    (1.0, 0.5, 2, 0.14814814814814817, 0.2592592592592593),
    (1.0, 0.5, 9, 0.0002258011707790708, 0.00035563684397703636),
    (1.0, 0.5, 20, 2.6767738580729524e-09, 4.110759853469175e-09),
    (4.5, 2.0, 0, 0.3162277660168379, 1.0),
    (4.5, 2.0, 5, 0.04595292192962033, 0.31664291502001224),
    (4.5, 2.0, 40, 0.00041566007404840585, 0.0038004325937711233),
    (4.5, 2.0, 90, 1.4306271898646493e-06, 1.3683519101510923e-05),
    (30.0, 0.05, 10, 0.0013316604347236118, 0.9984777778269129),
    (30.0, 0.05, 30, 0.04582342113180964, 0.4922998003423523),
    (30.0, 0.05, 60, 0.0004749447752625527, 0.0021364642716764346),
    (30.0, 0.05, 120, 3.1034400268785413e-12, 1.0094040972800491e-11),
    (250.0, 0.01, 200, 0.0032313047842371296, 0.962695764585967),
    (250.0, 0.01, 260, 0.012319913462094309, 0.3626224869952425),
    (250.0, 0.01, 400, 5.662418862869682e-07, 5.028400803871364e-06),
];
/// `(shape, rate, q, gamma.ppf(q, shape, scale=1/rate))`.
const GAMMA: &[(f64, f64, f64, f64)] = &[
    (2.0, 2.0, 0.05, 0.17768075534933098),
    (2.0, 2.0, 0.95, 2.3719322591952885),
    (22.0, 3.0, 0.05, 4.964579513476993),
    (22.0, 3.0, 0.95, 10.08014776372274),
    (0.5, 1.5, 0.05, 0.0013107133333398408),
    (0.5, 1.5, 0.95, 1.280486273564708),
    (1012.5, 1000.2, 0.95, 1.0651882023621393),
];
/// `(m, a, q, nbinom.ppf(q, n, p))`.
const QUANTILES: &[(f64, f64, f64, u32)] = &[
    (0.21, 0.8, 0.005, 0),
    (0.21, 0.8, 0.05, 0),
    (0.21, 0.8, 0.95, 1),
    (0.21, 0.8, 0.995, 2),
    (4.5, 2.0, 0.005, 0),
    (4.5, 2.0, 0.05, 0),
    (4.5, 2.0, 0.95, 18),
    (4.5, 2.0, 0.995, 37),
    (30.0, 0.05, 0.005, 11),
    (30.0, 0.05, 0.05, 17),
    (30.0, 0.05, 0.95, 45),
    (30.0, 0.05, 0.995, 56),
];

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1e-290)
}

#[test]
fn masses_and_tails_agree_with_scipy() {
    for (mean, dispersion, y, mass, tail) in NBINOM {
        let ours = NegBin { mean: *mean, dispersion: *dispersion };
        // The mass is what the tail loses from one count to the next.
        let lost = ours.upper_tail(*y) - ours.upper_tail(y + 1);
        assert!((lost - mass).abs() <= 1e-11 + 1e-9 * mass, "mass {mean} {dispersion} {y}: {lost} {mass}");
        let (got, want) = (ours.upper_tail(*y), *tail);
        assert!(close(got, want), "tail {mean} {dispersion} {y}: {got} {want}");
    }
}

#[test]
fn quantiles_agree_with_scipy() {
    for (shape, rate, q, value) in GAMMA {
        let ours = gamma_quantile(*shape, *rate, *q);
        assert!((ours - value).abs() <= 1e-8 * value, "{shape} {rate} {q}: {ours} {value}");
    }
    for (mean, dispersion, q, value) in QUANTILES {
        assert_eq!(
            NegBin { mean: *mean, dispersion: *dispersion }.quantile(*q),
            *value,
            "{mean} {dispersion} {q}"
        );
    }
}

#[test]
fn without_dispersion_the_tail_is_poisson() {
    let tail = NegBin { mean: 2.0, dispersion: 0.0 }.upper_tail(3);
    let by_hand = 1.0 - (-2.0_f64).exp() * (1.0 + 2.0 + 2.0);
    assert!((tail - by_hand).abs() < 1e-12, "{tail} {by_hand}");
    assert_eq!(NegBin { mean: 0.0, dispersion: 0.3 }.upper_tail(1), 0.0);
}

#[test]
fn benjamini_and_hochberg_adjust_as_in_their_paper() {
    // Benjamini and Hochberg 1995, section 3.1: at 0.05 the first four of these fifteen are rejected.
    let tails = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
        0.6528, 0.7590, 1.0,
    ];
    let listed = adjusted(&tails).iter().filter(|q| **q <= 0.05).count();
    assert_eq!(listed, 4);
    assert!(adjusted(&[]).is_empty());
}

#[test]
fn any_number_of_tests_and_runs_together_spend_no_more_than_the_nominal_rate() {
    let spent = |tests: u32, runs: u32| -> f64 {
        (0..runs).map(|previous_runs| f64::from(tests) * Budget { tests, previous_runs }.level(0.1)).sum()
    };
    assert!((spent(1, 1) - 0.05).abs() < 1e-12, "the first run takes half");
    assert!((spent(7, 1000) - 0.0999).abs() < 1e-4 && spent(7, 1000) < 0.1);
    assert!(Budget { tests: 0, previous_runs: 0 }.level(0.1).is_finite());
}

#[test]
fn joint_tails_agree_with_scipy() {
    // scipy.stats.combine_pvalues(tails).pvalue
    for (tails, value) in [
        (&[0.01, 0.02, 0.5][..], 0.00526255252558034),
        (&[1e-5, 0.3], 4.1150694807888515e-05),
        (&[1.0, 1.0], 1.0),
    ] {
        assert!(close(joint(tails), value), "{tails:?}: {} {value}", joint(tails));
    }
    assert!(joint(&[0.0, 1.0]) < 1e-290);
}

/// A small seeded generator (SplitMix64) for the simulations.
struct Rng(u64);

impl Rng {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
    /// Gamma of mean 1 and variance 1/shape: a sum of exponentials.
    fn gamma(&mut self, shape: u32) -> f64 {
        -(0..shape).map(|_| (1.0 - self.unit()).ln()).sum::<f64>() / f64::from(shape)
    }
    fn poisson(&mut self, mean: f64) -> u32 {
        let (mut product, mut n) = (self.unit(), 0);
        while product > (-mean).exp() {
            product *= self.unit();
            n += 1;
        }
        n
    }
}

/// 5,000 people whose own rates differ (dispersion 1/shape), in groups whose means differ too.
fn force(seed: u64, planted: usize, shape: u32) -> Vec<Observation> {
    let mut rng = Rng(seed.wrapping_mul(0xA076_1D64_78BD_642F));
    let people = (0..5000_u32).map(|officer| {
        let group = officer % 25;
        let exposure = 300.0 + 900.0 * rng.unit();
        let rate = 0.0012 * (1.0 + f64::from(group % 5) * 0.3);
        let planted = (officer as usize) < planted;
        // A planted officer has the typical rate times five and plenty of exposure.
        let (own, exposure) = if planted { (5.0, 6000.0) } else { (rng.gamma(shape), exposure) };
        let groups: [u32; LEVELS] = [0, group % 5, group, group, group];
        Observation { value: rng.poisson(rate * own * exposure), exposure, groups }
    });
    people.collect()
}

fn listed(all: &[Observation], poisson: bool) -> Vec<usize> {
    let fit = Fit::new(all).expect("something was counted");
    let tail = |(at, o): (usize, &Observation)| {
        let expected = fit.expect(at);
        let by = expected.predictive(o.exposure);
        if poisson { NegBin { dispersion: 0.0, ..by } } else { by }.upper_tail(o.value)
    };
    let tails: Vec<f64> = all.iter().enumerate().map(tail).collect();
    adjusted(&tails).iter().enumerate().filter(|(_, q)| **q <= 0.10).map(|(at, _)| at).collect()
}

#[test]
fn a_clean_force_lists_next_to_nobody_where_poisson_lists_many() {
    let clean: Vec<usize> = (1..=8).map(|seed| listed(&force(seed, 0, 2), false).len()).collect();
    assert!(clean.iter().sum::<usize>() <= 4 && clean.iter().all(|n| *n <= 2), "{clean:?}");
    let poisson = listed(&force(1, 0, 2), true).len();
    assert!(poisson > 20, "{poisson}");
}

#[test]
fn five_times_the_rate_with_enough_exposure_is_found_and_little_else() {
    for seed in 1..=4 {
        let found = listed(&force(seed, 20, 6), false);
        let right = found.iter().filter(|at| **at < 20).count();
        assert!(right >= 14, "seed {seed}: {right} of 20");
        assert!(found.len() - right <= 4, "seed {seed}: {} wrong", found.len() - right);
    }
}

#[test]
fn planted_people_do_not_widen_the_distribution_they_would_hide_in() {
    // Ten in 2,000 with twenty complaints each, among people with half a complaint on average.
    let mut rng = Rng(11);
    let mut all: Vec<Observation> = (0..2000_u32)
        .map(|officer| {
            let own = rng.gamma(2);
            let value = rng.poisson(0.5 * own);
            Observation {
                value,
                exposure: 700.0,
                groups: [0, officer % 4, officer % 12, officer % 12, officer % 12],
            }
        })
        .collect();
    (0..10).for_each(|at| all[at * 4].value = 20);
    let found = listed(&all, false);
    assert_eq!(found.iter().filter(|at| **at % 4 == 0 && **at < 40).count(), 10, "{found:?}");
    assert!(found.len() <= 11, "{found:?}");
}

#[test]
fn the_mean_above_a_limit_is_the_sum_over_the_tail() {
    let by = NegBin { mean: 1.3, dispersion: 0.7 };
    let mass = |y: u32| by.upper_tail(y) - by.upper_tail(y + 1);
    let sum: f64 = (4..400).map(|y| f64::from(y) * mass(y)).sum();
    assert!((by.mean_above(3) - sum / by.upper_tail(4)).abs() < 1e-9);
}

#[test]
fn the_dispersion_of_a_simulated_force_is_recovered() {
    let fit = Fit::new(&force(3, 0, 2)).expect("something was counted");
    let dispersion = fit.dispersion.at_middle();
    assert!((0.40..0.60).contains(&dispersion), "{dispersion}");
}

/// 5,000 people in five sorts of post, from one complaint in a hundred years' duties to many, whose counts vary three times
/// as much as their mean in every post: chance brings clusters of logarithmic size (Quenouille 1949).
fn clustered(seed: u64) -> Vec<Observation> {
    let mut rng = Rng(seed.wrapping_mul(0xA076_1D64_78BD_642F));
    let people = (0..5000_u32).map(|officer| {
        let sort = officer % 5;
        let mean = [0.01, 0.1, 0.2, 0.4, 0.6][sort as usize];
        let theta: f64 = 2.0 / 3.0;
        let mut size = || {
            let (mut left, mut size, mut mass) = (rng.unit(), 1, -theta / (1.0 - theta).ln());
            while left > mass {
                left -= mass;
                mass *= theta * f64::from(size) / f64::from(size + 1);
                size += 1;
            }
            size
        };
        let sizes: Vec<u32> = (0..40).map(|_| size()).collect();
        let clusters = rng.poisson(mean * 3.0_f64.ln() / 2.0) as usize;
        let value = sizes[..clusters.min(40)].iter().sum();
        Observation { value, exposure: 700.0, groups: [0, sort, sort, sort, sort] }
    });
    people.collect()
}

#[test]
fn where_little_is_expected_and_people_differ_more_nobody_is_listed_for_it() {
    let listed: Vec<usize> = (1..=8).map(|seed| listed(&clustered(seed), false).len()).collect();
    assert!(listed.iter().sum::<usize>() <= 2, "{listed:?}");
    let dispersion = Fit::new(&clustered(1)).expect("counted").dispersion;
    // Twice the mean over its square.
    let (rare, often) = (dispersion.at(0.1) * 0.1, dispersion.at(0.6) * 0.6);
    assert!((1.4..2.8).contains(&rare) && (1.4..2.8).contains(&often), "{rare} {often}");
}

#[test]
fn a_dispersion_that_is_the_same_everywhere_is_fitted_as_such() {
    let fit = Fit::new(&force(3, 0, 2)).expect("something was counted");
    let (rare, often) = (fit.dispersion.at(0.2), fit.dispersion.at(2.0));
    assert!((rare / often - 1.0).abs() < 0.35, "{rare} {often}");
}

#[test]
fn an_officer_is_not_their_own_peer() {
    let mut all = force(5, 0, 2);
    let before = Fit::new(&all).expect("counted").expect(7).rate;
    all[7].value = 60;
    let after = Fit::new(&all).expect("counted").expect(7).rate;
    assert!((after / before - 1.0).abs() < 0.02, "{before} {after}");
}

#[test]
fn a_force_with_nothing_to_count_is_not_fitted() {
    let nothing = [Observation { value: 0, exposure: 10.0, groups: [0; LEVELS] }];
    assert!(Fit::new(&nothing).is_none());
    assert!(Fit::new(&[]).is_none());
    let alone = [Observation { value: 3, exposure: 10.0, groups: [0; LEVELS] }];
    let fit = Fit::new(&alone).expect("counted");
    assert!(fit.expect(0).mean.is_finite());
}

#[test]
fn a_count_far_above_peers_who_do_not_differ_is_not_shrunk_away() {
    let (ratio, low, _) = NegBin { mean: 1.0, dispersion: 0.0 }.rate_ratio(30);
    // (10 + 30) / (10 + 1): as if peers differed by a third.
    assert!((ratio - 40.0 / 11.0).abs() < 1e-12 && low > 2.5, "{ratio} from {low}");
}
