//! What to do about a cause that its own words do not tell.

use crate::Cause;
use crate::unit::Unit;

/// What compilers, the standard library and a panic over its error say of a file that is not there.
const NO_FILE: [&str; 3] =
    ["No such file or directory (os error 2)", "couldn't read ", "Os { code: 2, kind: NotFound"];

/// The hint to a cause that a unit's record has.
pub(crate) fn of(unit: &Unit<'_>, cause: &Cause) -> Option<String> {
    let detail = cause.detail.as_deref().unwrap_or_default();
    let says = |words: &&str| cause.message.contains(*words) || detail.contains(*words);
    (unit.is_sandboxed() && NO_FILE.iter().any(says)).then(|| {
        let member = match unit.members.as_slice() {
            [only] => Some(only),
            _ => cause.unit.as_ref(),
        };
        format!(
            "in the sandbox a member sees its own folder and those of its dependencies: if it reads \
             this file from elsewhere, name it under members.{}.files in .github/pipeline-config.yml",
            member.map_or("<package>", |name| name)
        )
    })
}
