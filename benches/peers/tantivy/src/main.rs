//! Retrieval alone: the thousand people with the most points for skills, as a text index finds them. What of the exact list is
//! among them is what is left when an index chooses before anybody is scored.

use serde_json::json;
use std::{
    error::Error,
    fs,
    io::{BufRead, Write},
    path::Path,
    time::Instant,
};
use tantivy::{
    Index, Searcher, TantivyDocument, Term,
    collector::TopDocs,
    columnar::Column,
    indexer::NoMergePolicy,
    query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, NumericOptions, Schema},
};

const FOUND: usize = 1_000;

fn numbers(list: &str) -> Result<Vec<u64>, Box<dyn Error>> {
    let inner = list.trim_start_matches('{').trim_end_matches('}');
    inner.split_terminator(',').map(|number| Ok(number.parse()?)).collect()
}

struct Retrieval {
    searcher: Searcher,
    term: Field,
    ids: Vec<Column<u64>>,
}

impl Retrieval {
    fn new(folder: &Path, place: &Path) -> Result<Self, Box<dyn Error>> {
        let mut schema = Schema::builder();
        let id = schema.add_u64_field("id", FAST);
        let term = schema.add_u64_field("term", NumericOptions::default().set_indexed());
        let index = Index::create_in_dir(place, schema.build())?;
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, 1 << 30)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for line in fs::read_to_string(folder.join("candidates.tsv"))?.lines() {
            let mut document = TantivyDocument::new();
            document.add_u64(id, line.split('\t').next().unwrap_or_default().parse()?);
            for one in numbers(line.rsplit('\t').next().unwrap_or_default())? {
                document.add_u64(term, one);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let searcher = index.reader()?.searcher();
        let ids = searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64("id"));
        let ids = ids.collect::<Result<_, _>>()?;
        Ok(Self { searcher, term, ids })
    }

    fn found(&self, asked: &[(u64, u64)]) -> Result<Vec<u64>, Box<dyn Error>> {
        let clause = |(term, points): &(u64, u64)| {
            let has = TermQuery::new(Term::from_field_u64(self.term, *term), IndexRecordOption::Basic);
            (Occur::Should, Box::new(ConstScoreQuery::new(Box::new(has), *points as f32)) as Box<dyn Query>)
        };
        let query = BooleanQuery::new(asked.iter().map(clause).collect());
        let top = self.searcher.search(&query, &TopDocs::with_limit(FOUND).order_by_score())?;
        let id = |at: tantivy::DocAddress| self.ids[at.segment_ord as usize].first(at.doc_id);
        Ok(top.into_iter().filter_map(|(_, at)| id(at)).collect())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("give the folder of the data")?;
    let folder = Path::new(&folder);
    let mut vacancies = Vec::new();
    for line in fs::read_to_string(folder.join("vacancies.tsv"))?.lines() {
        let mut lists = line.rsplit('\t');
        let points = numbers(lists.next().unwrap_or_default())?;
        let terms = numbers(lists.next().unwrap_or_default())?;
        vacancies.push(terms.into_iter().zip(points).collect::<Vec<_>>());
    }
    let place = tempfile::tempdir()?;
    let begin = Instant::now();
    let retrieval = Retrieval::new(folder, place.path())?;
    let mut out = std::io::stdout().lock();
    let build = begin.elapsed().as_secs_f64();
    writeln!(out, "{}", json!({ "ready": "tantivy, retrieval of 1,000 alone", "version": "0.27", "build_seconds": build }))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words[..] {
            ["single", vacancy, _] => {
                let asked = vacancies.get(vacancy.parse::<usize>()?).ok_or("no such vacancy")?;
                let begin = Instant::now();
                let found = retrieval.found(asked)?;
                json!({ "seconds": begin.elapsed().as_secs_f64(), "found": found })
            }
            ["plan"] => json!({ "plan": "a disjunction of constant scores, block-max pruned" }),
            _ => return Err(format!("{line:?} is no command").into()),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
