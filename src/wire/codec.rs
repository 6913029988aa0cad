//! The codec of every method: protobuf, with an error for undecodable input that a person can act on.

use prost::Message;
use std::marker::PhantomData;
use tonic::{
    Status,
    codec::{BufferSettings, Codec, DecodeBuf, Decoder},
};
use tonic_prost::{ProstCodec, ProstEncoder};

/// What is said about bytes that are no message: nothing of the content, which may be personal, and nothing
/// of the inside, which helps nobody.
const UNREADABLE: &str = "the message cannot be read: it is not valid protobuf of this method's message type, holds \
                          text that is not UTF-8, or is nested too deep; build the client from this service's own \
                          proto files or from its reflection";

/// Encodes `T` and decodes `U`; bytes that are no `U` are answered with `INVALID_ARGUMENT`.
///
/// tonic's own codec answers `INTERNAL` with names of Rust types and fields in the text.
#[derive(Clone, Copy, Debug)]
pub struct PlainErrorCodec<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for PlainErrorCodec<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for PlainErrorCodec<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = ProstEncoder<T>;
    type Decoder = PlainErrorDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstCodec::<T, U>::raw_encoder(BufferSettings::default())
    }

    fn decoder(&mut self) -> Self::Decoder {
        PlainErrorDecoder(PhantomData)
    }
}

/// Decodes `U`, see [`PlainErrorCodec`].
#[derive(Clone, Copy, Debug)]
pub struct PlainErrorDecoder<U>(PhantomData<U>);

impl<U: Message + Default> Decoder for PlainErrorDecoder<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, bytes: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        U::decode(bytes).map(Some).map_err(|_| Status::invalid_argument(UNREADABLE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::v1::Candidate;
    use tonic::{Code, codec::Streaming};

    async fn decoded(payload: &str) -> Result<Option<Candidate>, Status> {
        let frame = format!("\0\0\0\0{}{payload}", char::from(payload.len() as u8));
        let decoder = PlainErrorCodec::<Candidate, Candidate>::default().decoder();
        Streaming::new_request(decoder, frame, None, None).message().await
    }

    #[tokio::test]
    async fn undecodable_bytes_are_the_callers_fault_and_tell_nothing_of_the_inside() {
        let candidate = decoded("\x0a\x02k1").await.unwrap().unwrap();
        assert_eq!(candidate.id, "k1");
        // A text that is shorter than it says, a field of the wrong wire type, a group that is never closed.
        for payload in ["\x0a\x05k1", "\x08\x01", "\x0b"] {
            let status = decoded(payload).await.unwrap_err();
            assert_eq!(status.code(), Code::InvalidArgument);
            assert_eq!(status.message(), UNREADABLE);
        }
    }
}
