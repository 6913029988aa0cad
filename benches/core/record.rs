//! The flat records that every engine reads: numbers only, one line each.

use std::{fmt::Write as _, fs, io, path::Path};

/// How many behavioural competencies there are.
pub(crate) const QUALITIES: usize = 25;

/// A person. 0 is unknown, but for the qualities, where unknown is the middle (2).
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Dutch: 1 (A0) to 7 (C2).
    pub(crate) dutch: u8,
    /// Level of work and thinking: 1 to 6.
    pub(crate) level: u8,
    /// Fewest and most hours a week; unknown when the most are 0.
    pub(crate) hours: [u8; 2],
    /// Home, in hundreds of metres east and north; unknown when both are 0.
    pub(crate) home: [u16; 2],
    /// How far the person travels, in hundreds of metres; never 0.
    pub(crate) reach: u16,
    /// Wished sections of SBI, one bit each.
    pub(crate) sectors: u32,
    /// 0 to 4 for each competency.
    pub(crate) qualities: [u8; QUALITIES],
    /// Skills with everything broader, rising.
    pub(crate) terms: Vec<u16>,
}

/// A vacancy. 0 is not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// What everybody gets for that which is not asked.
    pub(crate) base: u16,
    pub(crate) dutch: u8,
    pub(crate) level: u8,
    pub(crate) hours: [u8; 2],
    pub(crate) place: [u16; 2],
    /// Section of SBI plus 1.
    pub(crate) sector: u8,
    /// Points for each step of a competency.
    pub(crate) weights: [u8; QUALITIES],
    /// Asked terms, rising, with their points.
    pub(crate) terms: Vec<(u16, u16)>,
}

fn listed(numbers: impl Iterator<Item = u16>, line: &mut String) {
    line.push('{');
    for (at, number) in numbers.enumerate() {
        let _ = if at == 0 { write!(line, "{number}") } else { write!(line, ",{number}") };
    }
    line.push('}');
}

fn columns(numbers: &[u32], line: &mut String) {
    for number in numbers {
        let _ = write!(line, "{number}\t");
    }
}

impl Person {
    /// A line of `candidates.tsv`.
    pub(crate) fn line(&self, id: usize) -> String {
        let mut line = format!("{id}\t");
        columns(&[self.dutch.into(), self.level.into()], &mut line);
        columns(&self.hours.map(u32::from), &mut line);
        columns(&self.home.map(u32::from), &mut line);
        columns(&[self.reach.into(), self.sectors], &mut line);
        columns(&self.qualities.map(u32::from), &mut line);
        listed(self.terms.iter().copied(), &mut line);
        line.push('\n');
        line
    }

    fn parse(fields: &mut Fields<'_>) -> Option<Self> {
        fields.next::<u32>()?;
        Some(Self {
            dutch: fields.next()?,
            level: fields.next()?,
            hours: [fields.next()?, fields.next()?],
            home: [fields.next()?, fields.next()?],
            reach: fields.next()?,
            sectors: fields.next()?,
            qualities: fields.many()?,
            terms: fields.list()?,
        })
    }
}

impl Opening {
    /// A line of `vacancies.tsv`.
    pub(crate) fn line(&self, id: usize) -> String {
        let mut line = format!("{id}\t");
        columns(&[self.base.into(), self.dutch.into(), self.level.into()], &mut line);
        columns(&self.hours.map(u32::from), &mut line);
        columns(&self.place.map(u32::from), &mut line);
        columns(&[self.sector.into()], &mut line);
        columns(&self.weights.map(u32::from), &mut line);
        listed(self.terms.iter().map(|(term, _)| *term), &mut line);
        line.push('\t');
        listed(self.terms.iter().map(|(_, points)| *points), &mut line);
        line.push('\n');
        line
    }

    fn parse(fields: &mut Fields<'_>) -> Option<Self> {
        fields.next::<u32>()?;
        Some(Self {
            base: fields.next()?,
            dutch: fields.next()?,
            level: fields.next()?,
            hours: [fields.next()?, fields.next()?],
            place: [fields.next()?, fields.next()?],
            sector: fields.next()?,
            weights: fields.many()?,
            terms: {
                let (terms, points): (Vec<u16>, Vec<u16>) = (fields.list()?, fields.list()?);
                terms.into_iter().zip(points).collect()
            },
        })
    }
}

struct Fields<'a>(std::str::Split<'a, char>);

impl Fields<'_> {
    fn next<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.0.next()?.parse().ok()
    }

    fn many<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut all = [0; N];
        for one in &mut all {
            *one = self.next()?;
        }
        Some(all)
    }

    fn list(&mut self) -> Option<Vec<u16>> {
        let inner = self.0.next()?.strip_prefix('{')?.strip_suffix('}')?;
        inner.split_terminator(',').map(|number| number.parse().ok()).collect()
    }
}

fn read<T>(file: &Path, parse: fn(&mut Fields<'_>) -> Option<T>) -> io::Result<Vec<T>> {
    let wrong = |line: usize| {
        let problem = format!("{} line {line} is not as `export` writes it", file.display());
        io::Error::new(io::ErrorKind::InvalidData, problem)
    };
    fs::read_to_string(file)?
        .lines()
        .enumerate()
        .map(|(at, line)| parse(&mut Fields(line.split('\t'))).ok_or_else(|| wrong(at + 1)))
        .collect()
}

/// Everybody and every vacancy in a folder.
pub(crate) fn read_all(folder: &Path) -> io::Result<(Vec<Person>, Vec<Opening>)> {
    Ok((
        read(&folder.join("candidates.tsv"), Person::parse)?,
        read(&folder.join("vacancies.tsv"), Opening::parse)?,
    ))
}
