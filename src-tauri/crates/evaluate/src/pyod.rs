//! Areas under the curve of PyOD 3 on the same rows of the same sets, for comparison.
//!
//! `ECOD().fit(X).decision_scores_` and `HBOS().fit(X).decision_scores_` with their defaults; sets of more than 10,000 rows
//! sampled as `anomaly` samples them.

/// Name of the set, ECOD, HBOS.
pub const BY_SET: &[(&str, f64, f64)] = &[
    ("15_Hepatitis", 0.7393800229621126, 0.7887485648679678),
    ("17_InternetAds", 0.676960330848343, 0.6830123932089025),
    ("19_landsat", 0.36781010227076566, 0.560991629718484),
    ("21_Lymphography", 0.9953051643192489, 0.9976525821596244),
    ("23_mammography", 0.9027409143932399, 0.8323404811170748),
    ("25_musk", 0.9559430468872239, 0.9987135133255681),
    ("27_PageBlocks", 0.9139399196090477, 0.8700561772937724),
    ("29_Pima", 0.5943955223880597, 0.6857835820895521),
    ("31_satimage-2", 0.9648771905683928, 0.9716049261374247),
    ("33_skin", 0.48426267936545964, 0.5768993649890599),
    ("35_SpamBase", 0.6555891466439487, 0.6627010360672794),
    ("37_Stamps", 0.876083098444514, 0.9046873368827645),
    ("39_vertebral", 0.42000000000000004, 0.35063492063492063),
    ("41_Waveform", 0.6034819024827999, 0.6879300029913252),
    ("43_WDBC", 0.9705882352941176, 0.961624649859944),
    ("45_wine", 0.7327731092436974, 0.7663865546218487),
    ("47_yeast", 0.4439282996089547, 0.39879658173493304),
    ("5_campaign", 0.7615130303586163, 0.7908351526060372),
    ("7_Cardiotocography", 0.7853243885161881, 0.4926233905579399),
];

/// The best mean over the sets of any of IForest (random_state=1), KNN, HBOS, ECOD, COPOD and LOF.
pub const BEST_AUROC: (&str, f64) = ("COPOD", 0.7414214123136459);
pub const BEST_PRECISION: (&str, f64) = ("IForest", 0.4295972810791104);
