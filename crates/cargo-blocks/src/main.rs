//! `cargo blocks`: checks a Rust workspace, judges, and shows the result.
//!
//! The program is thin: it reads the command line and the configuration, lets an engine make
//! records, and shows what the gates say of them. Its exit statuses are in [`exit`].

mod affected;
mod baseline;
mod bisect;
mod boms;
mod cli;
mod commands;
mod context;
mod display;
mod engine;
mod exit;
mod explain;
mod fixes_text;
mod github;
mod history;
mod judge;
mod links;
mod notify;
mod output;
mod rebuild;
mod report;
mod setup;
mod today;
mod tried;
mod views;

use std::{panic, process::ExitCode};

use clap::Parser as _;

use cli::Cli;

fn main() -> ExitCode {
    let outcome = panic::catch_unwind(|| {
        let cli = Cli::parse_from(cli::arguments(std::env::args_os()));
        commands::run(&cli)
    });
    let status = match outcome {
        Ok(Ok(status)) => status,
        Ok(Err(error)) => {
            output::complain(&error);
            exit::of_error(&error)
        }
        // The panic's own message is already on standard error.
        Err(_) => exit::INTERNAL,
    };
    ExitCode::from(status)
}
