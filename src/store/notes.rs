//! Notes beside the records: small values of others, each under a name and with a checksum.

use super::{
    error::{ReadError, StorageFault},
    tables::{self, META},
};
use redb::{Database, ReadableDatabase};

fn key(name: &str) -> String {
    format!("note: {name}")
}

pub(super) fn read(database: &Database, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let meta = database.begin_read()?.open_table(META)?;
    let key = key(name);
    let Some(framed) = meta.get(key.as_bytes())? else { return Ok(None) };
    let value = tables::open_meta(&key, framed.value()).map(<[u8]>::to_vec);
    value.map(Some).ok_or_else(|| tables::damaged_entry("notes", name))
}

pub(super) fn write(database: &Database, name: &str, value: &[u8]) -> Result<(), StorageFault> {
    let mut transaction = database.begin_write()?;
    transaction.set_quick_repair(true);
    let key = key(name);
    transaction.open_table(META)?.insert(key.as_bytes(), &tables::seal_meta(&key, value)[..])?;
    Ok(transaction.commit()?)
}
