//! `countersign`: the same use cases as the window, on the command line.

mod arguments;
mod handover;
mod input;
mod out;
mod run;
mod secret;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // clap itself exits with 2 on wrong usage and 0 on --help.
    let arguments = Arguments::parse();
    match run::run(arguments) {
        Ok(()) if out::arrived() => ExitCode::SUCCESS,
        Ok(()) => {
            out::remark("countersign: it was done, but what it says could not be written in full.");
            ExitCode::from(1)
        }
        Err(e) => {
            out::failure(&e);
            ExitCode::from(1)
        }
    }
}
