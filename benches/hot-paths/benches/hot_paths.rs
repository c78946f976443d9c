//! How many instructions Blocks takes to read, judge and show.

#![expect(missing_docs, unused_qualifications, reason = "what the macros of gungraun make of it")]

use blocks_evidence::{
    Coverage, EvidenceError, LineCounts, TestRun, read_junit, read_lcov, read_llvm_cov,
};
use blocks_hot_paths::{Code, Records, Report, badges, junit};
use blocks_views::Badge;
use gungraun::{library_benchmark, library_benchmark_group, main};
use std::hint::black_box;
use tempfile::TempDir;

/// A million lines of code.
const MILLION: Code = Code { files: 1_000, lines: 1_000 };

fn junit_bytes(tests: usize) -> Vec<u8> {
    junit(tests).into_bytes()
}

fn llvm_cov_bytes(code: Code) -> Vec<u8> {
    code.llvm_cov().into_bytes()
}

#[library_benchmark(setup = junit_bytes)]
#[bench::tests_100_000(100_000)]
fn reads_junit(bytes: Vec<u8>) -> (Vec<u8>, Result<TestRun, EvidenceError>) {
    let run = read_junit(black_box(&bytes));
    // What goes with the answer is not dropped here, where that would count.
    (bytes, run)
}

#[library_benchmark(setup = llvm_cov_bytes)]
#[bench::lines_1_000_000(MILLION)]
fn reads_llvm_cov(bytes: Vec<u8>) -> (Vec<u8>, Result<Coverage, EvidenceError>) {
    let coverage = read_llvm_cov(black_box(&bytes));
    (bytes, coverage)
}

fn lcov_bytes(code: Code) -> Vec<u8> {
    code.lcov().into_bytes()
}

#[library_benchmark(setup = lcov_bytes)]
#[bench::lines_1_000_000(MILLION)]
fn reads_lcov(bytes: Vec<u8>) -> (Vec<u8>, Result<LineCounts, EvidenceError>) {
    let counts = read_lcov(black_box(&bytes));
    (bytes, counts)
}

fn records(count: usize) -> (TempDir, Records) {
    let dir = tempfile::tempdir().expect("a folder for records");
    let records = Records::write(dir.path().to_owned(), count).expect("records");
    (dir, records)
}

#[library_benchmark(setup = records)]
#[bench::records_500(500)]
fn reports((dir, records): (TempDir, Records)) -> (TempDir, Report) {
    let report = black_box(&records).report();
    (dir, report)
}

#[library_benchmark(setup = badges)]
#[bench::badges_1_000(1_000)]
fn draws_badges(badges: Vec<Badge>) -> (Vec<Badge>, Vec<String>) {
    let images = black_box(&badges).iter().map(Badge::svg).collect();
    (badges, images)
}

library_benchmark_group!(name = read, benchmarks = [reads_junit, reads_llvm_cov, reads_lcov]);
library_benchmark_group!(name = show, benchmarks = [reports, draws_badges]);

main!(library_benchmark_groups = [read, show]);
