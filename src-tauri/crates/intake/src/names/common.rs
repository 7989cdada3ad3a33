//! Ordinary words that are also surnames: in lower case they are words, alone and capitalised they are a doubt.

use std::collections::HashSet;
use std::sync::LazyLock;

const WORDS: &str = "\
    abbey ball banks barker bath bell berry best bird bishop black blue bond boot bridge bright brook \
    brooks brown bull bush butcher butler camp carpenter carter chance chase church clay close cook \
    cooper court cross dale day dean drake driver early east english field fields fish fisher flint \
    flood ford forest fox french frost gardener gardner garner gates glass gold golden good grant grave \
    graves gray green grey grove guard hall hand hard hill hills holiday holland holly holmes hope house \
    hunt hunter ireland iron joy judge keen key king knight lake lamb lane large law leach leaver little \
    lock lodge long lord love low major march mark marks marsh marshal marshall mason may mill mills \
    miner monday moon moor moss neighbour new night noble noon north nurse oak page parish park parks \
    penny piper plant pool poole pope post potter power price prince rain read reader reed rich ring \
    rivers road rock rose ross rush sales sand scales sergeant sharp shaw shepherd ship short silver \
    singer small smart snow south spring square steel stone stones storm street strong summer summers \
    swan swift temple thorn tower town train turner walker wall walls ward warden waters way weaver \
    wells west white wild will winter winters wise wolf wood woods word young";

/// Words before a name that settle that it is one.
const TITLES: &str = "\
    pc dc ps ds sgt sergeant insp inspector di dci ci supt superintendent constable officer mr mrs ms \
    miss dr pcso detective lieut lt capt captain det ptl sgtdet";

/// Capitalised words that open sentences or name places and things rather than people.
const OPENERS: &str = "\
    the a an in on at to for from with and or of as by is was crime case victim suspect witness intel \
    intelligence check checked update updated review reviewed enquiry inquiry request requested data \
    duty annual leave rest shift night early late crown magistrates court police station road street \
    town city north south east west january february march april may june july august september october \
    november december monday tuesday wednesday thursday friday saturday sunday national computer missing \
    person warrant stop search vehicle statement taken custody record risk assessment domestic abuse pnc \
    cps cid mapping export sheet report roster overtime swapped swap cover covering";

/// Asked of every surname of a roll.
pub(super) fn is_word(folded: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split(' ').collect());
    SET.contains(folded)
}

pub(super) fn is_opener(folded: &str) -> bool {
    among(OPENERS, folded) || is_title(folded)
}

pub(super) fn is_title(folded: &str) -> bool {
    among(TITLES, folded)
}

fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|w| w == word)
}
