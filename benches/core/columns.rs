//! Everybody as columns, in blocks of 4,096 people.

use crate::record::{Person, QUALITIES};

/// People in a block: an accumulator of 16 bits each stays in the first-level cache.
pub(crate) const ROWS: usize = 4_096;
/// Words of a bitmap. Row r is bit r / WORDS of word r % WORDS: then neighbouring words make neighbouring rows, whatever the
/// width of a vector is.
pub(crate) const WORDS: usize = ROWS / 16;
/// A term of this many people in a block or more is a bitmap: adding it costs the same however many they are.
const DENSE: usize = 128;

/// Where a block keeps the people of one term.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Posting {
    /// Nobody has it.
    #[default]
    Nobody,
    /// From so far on, so many rows.
    Rows(u32, u32),
    /// A bitmap.
    Bits(u32),
}

/// Everything of a person but the skills: together, because it is read for few.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) sectors: u32,
    pub(crate) home: [u16; 2],
    pub(crate) reach: u16,
    pub(crate) dutch: u8,
    pub(crate) level: u8,
    pub(crate) hours: [u8; 2],
    pub(crate) qualities: [u8; QUALITIES],
}

impl Row {
    fn new(person: &Person) -> Self {
        let Person { sectors, home, reach, dutch, level, hours, qualities, .. } = *person;
        Self { sectors, home, reach, dutch, level, hours, qualities }
    }
}

/// One block.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The number of its first person.
    pub(crate) first: u32,
    /// For each term.
    postings: Vec<Posting>,
    rows: Vec<u16>,
    bits: Vec<[u16; WORDS]>,
    /// Everything but the skills, for each row.
    pub(crate) people: Vec<Row>,
}

impl Block {
    fn new(first: usize, people: &[Person], terms: usize) -> Self {
        let mut of_term: Vec<Vec<u16>> = vec![Vec::new(); terms];
        for (row, person) in people.iter().enumerate() {
            for term in &person.terms {
                of_term[usize::from(*term)].push(row as u16);
            }
        }
        let mut block =
            Self { first: first as u32, people: people.iter().map(Row::new).collect(), ..Self::default() };
        block.postings = of_term.iter().map(|rows| block.keep(rows)).collect();
        block
    }

    fn keep(&mut self, rows: &[u16]) -> Posting {
        if rows.is_empty() {
            return Posting::Nobody;
        }
        if rows.len() < DENSE {
            self.rows.extend(rows);
            return Posting::Rows((self.rows.len() - rows.len()) as u32, rows.len() as u32);
        }
        let mut bits = [0; WORDS];
        for row in rows {
            bits[usize::from(*row) % WORDS] |= 1 << (usize::from(*row) / WORDS);
        }
        self.bits.push(bits);
        Posting::Bits((self.bits.len() - 1) as u32)
    }

    pub(crate) fn posting(&self, term: u16) -> Posting {
        self.postings.get(usize::from(term)).copied().unwrap_or_default()
    }

    pub(crate) fn rows(&self, from: u32, count: u32) -> &[u16] {
        &self.rows[from as usize..(from + count) as usize]
    }

    pub(crate) fn bits(&self, at: u32) -> &[u16; WORDS] {
        &self.bits[at as usize]
    }

    fn bytes(&self) -> usize {
        size_of_val(&self.postings[..])
            + size_of_val(&self.rows[..])
            + size_of_val(&self.bits[..])
            + size_of_val(&self.people[..])
    }
}

/// Everybody.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) blocks: Vec<Block>,
}

impl Columns {
    pub(crate) fn new(people: &[Person]) -> Self {
        let terms = people.iter().flat_map(|one| &one.terms).max().map_or(0, |last| usize::from(*last) + 1);
        let block = |(at, people): (usize, &[Person])| Block::new(at * ROWS, people, terms);
        Self { blocks: people.chunks(ROWS).enumerate().map(block).collect() }
    }

    /// Memory that the columns take.
    pub(crate) fn bytes(&self) -> usize {
        self.blocks.iter().map(Block::bytes).sum()
    }
}
