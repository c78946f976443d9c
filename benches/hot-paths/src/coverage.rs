use std::fmt::Write as _;

/// One of so many lines of a file holds no code.
const BLANK: usize = 5;
/// One of so many lines of code was not run.
const MISSED: usize = 10;
/// A function has so many lines of code.
const FUNCTION: usize = 12;

/// Code that tests ran: files of equally many lines of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// How many files there are.
    pub files: usize,
    /// How many lines of code each of them has, beside lines without code.
    pub lines: usize,
}

impl Code {
    /// As the JSON of `llvm-cov export --skip-functions`, with two regions a line, as Rust code has on average.
    pub fn llvm_cov(self) -> String {
        let mut out = String::from("{\"data\":[{\"files\":[");
        for file in 0..self.files {
            if file > 0 {
                out.push(',');
            }
            self.push_file(&mut out, file);
        }
        let _ = write!(
            out,
            "],\"totals\":{}}}],\"type\":\"llvm.coverage.json.export\",\"version\":\"3.1.0\"}}",
            summary(self.files * self.lines, self.files * self.covered())
        );
        out
    }

    fn push_file(self, out: &mut String, file: usize) {
        let _ = write!(
            out,
            "{{\"branches\":[],\"mcdc_records\":[],\"expansions\":[],\"filename\":\"{}\",\"segments\":[",
            name(file)
        );
        for code in 0..self.lines {
            let (line, count) = (number(code), count(file, code));
            let comma = if code > 0 { "," } else { "" };
            let _ = write!(
                out,
                "{comma}[{line},9,{count},true,true,false],[{line},21,0,false,false,false],\
                 [{line},22,{count},true,true,false],[{line},{},0,false,false,false]",
                40 + code % 50
            );
        }
        let _ = write!(out, "],\"summary\":{}}}", summary(self.lines, self.covered()));
    }

    /// The same lines as LCOV, as `cargo llvm-cov --lcov` writes it, with a function for each dozen of them.
    pub fn lcov(self) -> String {
        let mut out = String::new();
        for file in 0..self.files {
            let _ = writeln!(out, "SF:{}", name(file));
            let functions = || (0..self.lines).step_by(FUNCTION);
            let symbol = |code| format!("_RNvCshF0zBrnHAvV_6member_{file:05}f{code:05}");
            for code in functions() {
                let _ = writeln!(out, "FN:{},{}", number(code), symbol(code));
            }
            for code in functions() {
                let _ = writeln!(out, "FNDA:{},{}", count(file, code + 1), symbol(code));
            }
            let found = functions().count();
            let _ = writeln!(out, "FNF:{found}\nFNH:{found}");
            for code in 0..self.lines {
                let _ = writeln!(out, "DA:{},{}", number(code), count(file, code));
            }
            let (lines, covered) = (self.lines, self.covered());
            let _ = writeln!(out, "BRF:0\nBRH:0\nLF:{lines}\nLH:{covered}\nend_of_record");
        }
        out
    }

    fn covered(self) -> usize {
        (0..self.lines).filter(|code| is_run(*code)).count()
    }
}

fn name(file: usize) -> String {
    format!("/workspace/crates/member-{:03}/src/part_{file:05}.rs", file / 20)
}

/// The number of a line of code in its file.
fn number(code: usize) -> usize {
    1 + code + code / (BLANK - 1)
}

fn is_run(code: usize) -> bool {
    !code.is_multiple_of(MISSED)
}

fn count(file: usize, code: usize) -> usize {
    if is_run(code) { 1 + (file * 31 + code / FUNCTION * 7919) % 5000 } else { 0 }
}

fn summary(count: usize, covered: usize) -> String {
    let same = format!("{{\"count\":{count},\"covered\":{covered},\"percent\":90.0}}");
    format!(
        "{{\"branches\":{{\"count\":0,\"covered\":0,\"notcovered\":0,\"percent\":0.0}},\
         \"functions\":{same},\"instantiations\":{same},\"lines\":{same},\
         \"regions\":{{\"count\":{count},\"covered\":{covered},\"notcovered\":{},\"percent\":90.0}}}}",
        count - covered
    )
}

#[cfg(test)]
mod tests {
    use super::Code;
    use blocks_evidence::{Lines, read_lcov, read_llvm_cov, read_llvm_cov_counts};

    #[test]
    fn an_export_holds_as_many_lines_as_it_was_asked_for() {
        let coverage = read_llvm_cov(Code { files: 3, lines: 40 }.llvm_cov().as_bytes()).unwrap();
        assert_eq!(coverage.lines(), Lines { covered: 108, count: 120 });
        assert_eq!(coverage.files[2].file, "/workspace/crates/member-000/src/part_00002.rs");
        assert_eq!(coverage.files[2].uncovered, [1, 13, 26, 38]);
        assert_eq!(coverage.files[2].covered[..5], [2, 3, 4, 6, 7]);
    }

    #[test]
    fn lcov_says_the_same() {
        let code = Code { files: 3, lines: 40 };
        let counts = read_llvm_cov_counts(code.llvm_cov().as_bytes()).unwrap();
        assert_eq!(read_lcov(code.lcov().as_bytes()).unwrap(), counts);
    }
}
