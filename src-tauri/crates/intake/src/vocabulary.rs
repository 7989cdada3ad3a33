//! The words of closed lists, and what exports commonly write instead.

use crate::header::key;

/// (word of a schema's list, what stands for it).
const ALIASES: &[(&str, &[&str])] = &[
    ("sick", &["sickness", "sick leave", "ill"]),
    ("annual", &["annual leave", "holiday", "vacation", "al"]),
    ("toil", &["time off in lieu", "lieu"]),
    ("parental", &["maternity", "paternity", "parental leave", "adoption"]),
    ("disability", &["disability leave"]),
    ("rest", &["rest day", "rd", "day off", "off"]),
    ("leave", &["annual leave", "annual", "holiday"]),
    ("early", &["earlies", "early shift", "day", "days"]),
    ("late", &["lates", "late shift", "evening"]),
    ("night", &["nights", "night shift"]),
    ("training", &["course"]),
    ("site", &["office", "on site", "station"]),
    ("office", &["in office", "on site", "site", "station"]),
    ("remote", &["home", "working from home", "wfh", "remote working"]),
    ("search", &["query", "searched", "lookup", "look up"]),
    ("view", &["read", "open", "opened", "viewed", "display"]),
    ("print", &["printed"]),
    ("export", &["download", "exported"]),
    ("amend", &["edit", "update", "updated", "amended", "write"]),
    ("person", &["nominal", "people"]),
    ("crime", &["crime report", "occurrence"]),
    ("vehicle", &["vrm", "car"]),
    ("address", &["location", "property"]),
    ("swipe_in", &["in", "entry", "enter"]),
    ("swipe_out", &["out", "exit", "leave"]),
    ("vpn_on", &["vpn connect", "vpn connected", "connect", "logon"]),
    ("vpn_off", &["vpn disconnect", "vpn disconnected", "disconnect", "logoff"]),
    ("desk", &["desk booking", "workstation"]),
    ("public", &["citizen complaint", "public complaint", "member of the public", "external"]),
    ("internal", &["internal investigation", "internal conduct", "conduct"]),
    ("yes", &["y", "true", "1"]),
    ("no", &["n", "false", "0"]),
    ("self", &["self certified", "self certificate"]),
    ("unknown", &["not known", "not recorded", "not stated", "prefer not to say"]),
    ("officer", &["police officer", "regular"]),
    ("staff", &["police staff", "civilian"]),
    ("special", &["special constable", "special constabulary"]),
    ("roster_editor", &["roster edit", "editor", "planner"]),
    ("approver", &["approve", "authoriser"]),
    ("freemasonry", &["freemason", "freemasons", "masonic", "masonic membership"]),
    (
        "business_interest",
        &["business interests", "secondary employment", "second job", "outside employment"],
    ),
    ("notifiable_association", &["notifiable associations", "association"]),
    ("gift", &["gifts", "gifts and hospitality", "hospitality"]),
    ("not_returned", &["no response", "outstanding return", "awaiting return"]),
    ("outstanding", &["exceptional", "excellent"]),
    ("good", &["exceeds", "exceeds expectations", "above", "above standard"]),
    ("meets", &["meets expectations", "met", "satisfactory", "meets standard"]),
    ("below", &["below standard", "requires improvement", "partly meets", "development needed"]),
    ("unsatisfactory", &["unacceptable", "fails", "does not meet"]),
    ("occupational_health", &["oh", "oh referral", "occupational health referral"]),
    ("action_plan", &["development plan", "improvement plan"]),
    ("reflective_practice", &["rprp", "reflective practice review"]),
];

/// The list's own word for a text, by itself or through an alias.
pub(crate) fn canonical<'a>(allowed: &'a [String], text: &str) -> Option<&'a String> {
    let wanted = key(text);
    allowed.iter().find(|word| key(word) == wanted).or_else(|| {
        let stands_for = |word: &str| {
            ALIASES.iter().any(|(canonical, others)| *canonical == word && others.contains(&wanted.as_str()))
        };
        allowed.iter().find(|word| stands_for(word))
    })
}
