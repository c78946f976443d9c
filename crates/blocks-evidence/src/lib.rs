//! Readers for what build and test tools print: JUnit, coverage, diagnostics, formatting, doctests.
