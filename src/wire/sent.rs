//! Answers with lists as the server sends them: each match is encoded by itself, on the thread that put it into words.

use super::v1;
use prost::{
    DecodeError, Message,
    bytes::{Buf, BufMut},
    encoding::{self, DecodeContext, WireType},
};

/// [`v1::MatchCandidatesResponse`] as it is sent.
pub type MatchCandidatesResponse = Listed<v1::MatchCandidatesResponse>;
/// [`v1::MatchVacanciesResponse`] as it is sent.
pub type MatchVacanciesResponse = Listed<v1::MatchVacanciesResponse>;

/// The tag of `matches` in both.
const MATCHES: u32 = 1;

/// An answer whose matches are encoded already: the same bytes as if they stood in the answer itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed<A> {
    /// Each an encoded [`v1::Match`], best first.
    pub matches: Vec<Vec<u8>>,
    /// All else.
    pub answer: A,
}

impl<A: Message> Message for Listed<A> {
    fn encode_raw(&self, buffer: &mut impl BufMut) {
        for one in &self.matches {
            encoding::encode_key(MATCHES, WireType::LengthDelimited, buffer);
            encoding::encode_varint(one.len() as u64, buffer);
            buffer.put_slice(one);
        }
        self.answer.encode_raw(buffer);
    }

    fn merge_field(
        &mut self,
        tag: u32,
        wire_type: WireType,
        buffer: &mut impl Buf,
        context: DecodeContext,
    ) -> Result<(), DecodeError> {
        self.answer.merge_field(tag, wire_type, buffer, context)
    }

    fn encoded_len(&self) -> usize {
        let key = encoding::key_len(MATCHES);
        let of_one = |one: &Vec<u8>| key + encoding::encoded_len_varint(one.len() as u64) + one.len();
        self.matches.iter().map(of_one).sum::<usize>() + self.answer.encoded_len()
    }

    fn clear(&mut self) {
        self.matches.clear();
        self.answer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_that_are_encoded_apart_give_the_bytes_of_the_whole_answer() {
        let of = |id: &str, text: &str| v1::Match {
            candidate: id.to_owned(),
            outside_pool: text.to_owned(),
            ..v1::Match::default()
        };
        // Of one byte, of a length that takes two bytes, and of nothing.
        let matches = vec![of("k", ""), of("k-2", &"tekst ".repeat(40)), v1::Match::default()];
        let rest = v1::MatchVacanciesResponse {
            considered: 300,
            decision_id: "b".to_owned(),
            tracks: vec![v1::TrackCount { track: 1, count: 2 }],
            ..v1::MatchVacanciesResponse::default()
        };
        let sent =
            Listed { matches: matches.iter().map(Message::encode_to_vec).collect(), answer: rest.clone() };
        let whole = v1::MatchVacanciesResponse { matches, ..rest };
        assert_eq!(sent.encode_to_vec(), whole.encode_to_vec());
        assert_eq!(sent.encoded_len(), whole.encoded_len());
        assert_eq!(MatchVacanciesResponse::decode(&*sent.encode_to_vec()).unwrap().answer, whole);
    }
}
