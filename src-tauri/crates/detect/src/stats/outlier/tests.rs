use super::{Unusual, ecod, forest, hbos, nearest, unusual};

/// `python3 -m venv v && v/bin/pip install pyod scipy`, then `ECOD().fit(X).decision_scores_`, `HBOS().fit(X).decision_scores_`
/// and `-IForest(n_estimators=4000, random_state=1).fit(X).detector_.score_samples(X)` on these rows.
const ROWS: &[[f64; 3]] = &[
    [1.0, 2.0, 0.0],
    [2.0, 2.0, 0.0],
    [3.0, 1.0, 0.0],
    [2.5, 2.0, 1.0],
    [1.5, 3.0, 0.0],
    [2.0, 2.5, 0.0],
    [9.0, 2.0, 0.0],
    [2.0, -7.0, 0.0],
    [1.0, 1.0, 5.0],
    [2.2, 2.1, 0.0],
    [1.8, 1.9, 1.0],
    [2.1, 2.0, 0.0],
];
const ECOD: [f64; 12] = [
    2.4849066497880004,
    1.2321436812926323,
    3.465735902799726,
    3.1780538303479453,
    4.1588830833596715,
    2.6184380424125226,
    3.1780538303479458,
    3.311585222972468,
    5.662960480135945,
    2.772588722239781,
    3.58351893845611,
    1.5686159179138452,
];
const HBOS: [f64; 12] = [
    2.1140352432460294,
    1.1067672427819901,
    4.936036941268035,
    5.10676724278199,
    0.9827907099677772,
    -0.024477290496262127,
    3.1286820192104314,
    2.039653046923453,
    6.50635266602479,
    -0.024477290496262127,
    6.114035243246029,
    1.1067672427819901,
];
const FOREST: [f64; 12] = [
    0.3804207170127558,
    0.3230698262901492,
    0.4358342888752128,
    0.44273530643915393,
    0.4171637781626654,
    0.35228720784656187,
    0.5834135246981973,
    0.5977347021534734,
    0.6467341959105756,
    0.3342753998644407,
    0.43065969737600907,
    0.32482021473603395,
];

fn rows() -> Vec<Vec<f64>> {
    ROWS.iter().map(|row| row.to_vec()).collect()
}

/// Two hundred ordinary rows of six columns, mostly zero, and one far out in the columns given.
fn population(out: &[usize]) -> Vec<Vec<f64>> {
    let ordinary =
        |row: usize| (0..6).map(move |c| f64::from((row * (c + 3)).is_multiple_of(7)) * (1 + row % 3) as f64);
    let mut rows: Vec<Vec<f64>> = (0..200).map(|row| ordinary(row).collect()).collect();
    rows.push((0..6).map(|c| if out.contains(&c) { 12.0 } else { 0.0 }).collect());
    rows
}

#[test]
fn ecod_and_hbos_give_the_scores_of_pyod() {
    for (ours, theirs) in ecod(&rows(), 0).iter().zip(ECOD).chain(hbos(&rows(), 0).iter().zip(HBOS)) {
        assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
    }
}

#[test]
fn the_forest_comes_as_close_to_pyods_as_another_seed_would() {
    let mut mean = [0.0; 12];
    for seed in 0..40 {
        forest(&rows(), seed).iter().zip(&mut mean).for_each(|(score, mean)| *mean += score / 40.0);
    }
    for (ours, theirs) in mean.iter().zip(FOREST) {
        assert!((ours - theirs).abs() < 0.01, "{ours} {theirs}");
    }
}

#[test]
fn a_row_far_out_scores_highest_whatever_the_scorer() {
    let rows = population(&[0, 1, 2, 3, 4, 5]);
    for scorer in [forest, nearest, ecod, hbos, unusual] {
        let scores = scorer(&rows, 3);
        let highest = (0..rows.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        assert_eq!(highest, Some(200));
    }
}

#[test]
fn contributions_sum_to_the_score_and_the_planted_columns_lead_them() {
    let fit = Unusual::fit(&population(&[1, 4]), 3).expect("a table");
    let all = fit.contributions(200);
    let sum: f64 = all.iter().map(|r| r.contribution).sum();
    assert!((sum - fit.scores()[200]).abs() < 1e-9, "{sum} {}", fit.scores()[200]);
    let mut first: Vec<usize> = all[..2].iter().map(|r| r.column).collect();
    first.sort_unstable();
    assert_eq!(first, [1, 4]);
}

#[test]
fn ordinary_values_in_the_stated_columns_clear_the_row_and_fewer_do_not() {
    let fit = Unusual::fit(&population(&[1, 4]), 3).expect("a table");
    let limit = fit.limit(0.01);
    let columns: Vec<usize> = fit.reasons(200, limit).iter().map(|r| r.column).collect();
    assert!(!columns.is_empty() && columns.len() <= 2, "{columns:?}");
    assert!(fit.neutralised(200, &columns) <= limit);
    assert!(fit.neutralised(200, &columns[..columns.len() - 1]) > limit);
    assert!((fit.neutralised(200, &[]) - fit.scores()[200]).abs() < 1e-12);
    assert!(fit.reasons(7, f64::MAX).is_empty());
}

#[test]
fn the_limit_lets_no_more_than_its_share_through() {
    let fit = Unusual::fit(&population(&[2]), 3).expect("a table");
    for share in [0.0, 0.01, 0.1, 1.0] {
        let above = fit.scores().iter().filter(|s| **s > fit.limit(share)).count();
        assert!(above as f64 <= share * 201.0, "{share}: {above}");
    }
    assert_eq!(fit.scores().iter().filter(|s| **s > fit.limit(0.005)).count(), 1);
}

#[test]
fn a_seed_gives_the_same_bits_on_one_thread_and_on_three() {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| [forest, nearest, unusual].map(|scorer| scorer(&population(&[0]), 11)))
    };
    assert_eq!(run(1), run(3));
    assert_ne!(forest(&population(&[0]), 11), forest(&population(&[0]), 12));
}

#[test]
fn empty_constant_ragged_and_infinite_tables_give_finite_scores() {
    let infinite = vec![f64::INFINITY, f64::NAN, f64::NEG_INFINITY];
    let ragged = vec![vec![1.0], vec![], vec![2.0, 5.0], infinite];
    let huge: Vec<Vec<f64>> = (0..20).map(|r| vec![f64::from(r - 10) * 1e307, -1e300, 1e-300]).collect();
    for rows in [Vec::new(), vec![Vec::new(); 30], vec![vec![4.2, 4.2]; 30], vec![vec![1.0]], ragged, huge] {
        for scorer in [forest, nearest, ecod, hbos, unusual] {
            let scores = scorer(&rows, 1);
            assert_eq!(scores.len(), rows.len());
            assert!(scores.iter().all(|s| s.is_finite()), "{rows:?} {scores:?}");
        }
    }
    assert!(Unusual::fit(&vec![vec![4.2, 4.2]; 30], 1).is_none());
    assert!(Unusual::fit(&rows()[..9], 1).is_none());
}
