//! The fields of the index, and documents as tantivy takes them.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use crate::analysis::{DUTCH, WRITTEN};
use crate::document::{Document, FilterField, Kind, TextField};

/// Name of the field that holds kind and id, for reading it back as a column.
pub(crate) const KEY: &str = "key";
/// Name of the field that holds the change number, for reading it back as a column.
pub(crate) const CHANGE: &str = "change";

/// Handles of all fields. Text is kept per kind, so that word statistics are.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    key: Field,
    change: Field,
    kind: Field,
    filters: [Field; FilterField::ALL.len()],
    texts: [[Field; TextField::ALL.len()]; Kind::ALL.len()],
    /// Every word of every part as it is written: what is searched for words like a misspelt one.
    written: [Field; Kind::ALL.len()],
}

impl Fields {
    /// The schema and its handles; the same every time.
    pub(crate) fn build() -> (Schema, Fields) {
        let mut schema = Schema::builder();
        let words = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(DUTCH)
                .set_index_option(IndexRecordOption::WithFreqs)
                .set_fieldnorms(true),
        );
        let written = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(WRITTEN)
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        );
        let fields = Fields {
            key: schema.add_text_field(KEY, STRING | FAST),
            change: schema.add_u64_field(CHANGE, INDEXED | FAST),
            kind: schema.add_text_field("kind", STRING),
            filters: FilterField::ALL.map(|field| schema.add_text_field(field.name(), STRING)),
            texts: Kind::ALL.map(|kind| {
                TextField::ALL.map(|field| {
                    schema.add_text_field(&format!("{}_{}", kind.name(), field.name()), words.clone())
                })
            }),
            written: Kind::ALL
                .map(|kind| schema.add_text_field(&format!("{}_written", kind.name()), written.clone())),
        };
        (schema.build(), fields)
    }

    pub(crate) fn text(&self, kind: Kind, field: TextField) -> Field {
        self.texts[kind as usize][field as usize]
    }

    pub(crate) fn written(&self, kind: Kind) -> Field {
        self.written[kind as usize]
    }

    pub(crate) fn kind_term(&self, kind: Kind) -> Term {
        Term::from_field_text(self.kind, kind.name())
    }

    pub(crate) fn filter_term(&self, field: FilterField, value: &str) -> Term {
        Term::from_field_text(self.filters[field as usize], value)
    }

    pub(crate) fn word_term(&self, kind: Kind, field: TextField, term: &str) -> Term {
        Term::from_field_text(self.text(kind, field), term)
    }

    pub(crate) fn key_term(&self, kind: Kind, id: &str) -> Term {
        Term::from_field_text(self.key, &key(kind, id))
    }

    /// The document as tantivy takes it: nothing of it is stored, only its terms, key and change number.
    pub(crate) fn to_tantivy(&self, document: &Document) -> TantivyDocument {
        let mut converted = TantivyDocument::new();
        converted.add_text(self.key, key(document.kind, &document.id));
        converted.add_u64(self.change, document.change);
        converted.add_text(self.kind, document.kind.name());
        for (field, value) in &document.filters {
            converted.add_text(self.filters[*field as usize], value);
        }
        for (field, text) in &document.texts {
            converted.add_text(self.text(document.kind, *field), text);
            converted.add_text(self.written(document.kind), text);
        }
        converted
    }
}

fn key(kind: Kind, id: &str) -> String {
    format!("{}:{id}", kind.name())
}

/// Kind and id of a key, if it is one.
pub(crate) fn parse_key(key: &str) -> Option<(Kind, &str)> {
    let (name, id) = key.split_once(':')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    Some((kind, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_at_its_own_place() {
        let (schema, fields) = Fields::build();
        for kind in Kind::ALL {
            for field in TextField::ALL {
                let name = format!("{}_{}", kind.name(), field.name());
                assert_eq!(schema.get_field_name(fields.text(kind, field)), name);
            }
        }
        for field in FilterField::ALL {
            assert_eq!(schema.get_field_name(fields.filter_term(field, "x").field()), field.name());
        }
    }

    #[test]
    fn a_key_gives_back_kind_and_id_whatever_the_id() {
        for id in ["1", "", "vacancy:7", ":", "é\u{0}"] {
            assert_eq!(parse_key(&key(Kind::Candidate, id)), Some((Kind::Candidate, id)));
        }
        assert_eq!(parse_key("person:1"), None);
    }
}
