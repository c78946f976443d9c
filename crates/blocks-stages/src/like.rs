//! Rows that ask what another row asks, only more of it.

use crate::TableError;
use toml::{Table, Value};

/// The field by which a row names the one that it is like.
const LIKE: &str = "like";

/// Gives each stage with `like` the fields of the stage before it that it names, but for those that it has itself.
/// Whether there is one.
pub(crate) fn complete(table: &mut Table) -> Result<bool, TableError> {
    let mut is_there = false;
    let Some(Value::Array(rows)) = table.get_mut("stage") else { return Ok(is_there) };
    for index in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(index);
        let Some(row) = rest.first_mut().and_then(Value::as_table_mut) else { continue };
        let Some(like) = row.remove(LIKE) else { continue };
        let Some(base) =
            before.iter().filter_map(Value::as_table).find(|it| it.get("id") == Some(&like))
        else {
            return Err(unknown(row, &like));
        };
        for (field, value) in base {
            row.entry(field).or_insert_with(|| value.clone());
        }
        is_there = true;
    }
    Ok(is_there)
}

fn unknown(row: &Table, like: &Value) -> TableError {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    TableError::Unknown { stage: text(row.get("id")), kind: LIKE, id: text(Some(like)) }
}
