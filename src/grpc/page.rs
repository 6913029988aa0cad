//! Page tokens: opaque to a client, checked by the service.
//!
//! A token holds where the next page begins and a hash of the request it belongs to, so that a token of another
//! request is refused instead of giving a page that belongs to nothing.

use super::{shortlists, status};
use crate::engine::outcomes::OutcomePlace;
use crate::engine::shortlists::ChangePlace;
use crate::rank::{order::Cursor, profile::Band, proposal::BandPlace};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use prost::Message;
use tonic::Status;

/// Page size when none is asked for matches and hits.
pub(super) const MATCHES: u32 = 20;
/// Page size when none is asked for records.
pub(super) const RECORDS: u32 = 50;

/// A hash of everything in a request but its page: what a token belongs to.
pub(super) fn fingerprint(method: &str, request_without_page: &impl Message) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(method.as_bytes());
    hasher.update(&[0]);
    hasher.update(&request_without_page.encode_to_vec());
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    bytes
}

/// A token for the page that begins after `position`.
pub(super) fn token(fingerprint: [u8; 8], position: &[u8]) -> String {
    let mut bytes = fingerprint.to_vec();
    bytes.extend_from_slice(position);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The position in a token; `None` for the first page.
pub(super) fn position(fingerprint: [u8; 8], token: &str) -> Result<Option<Vec<u8>>, Status> {
    if token.is_empty() {
        return Ok(None);
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    match bytes.as_deref().and_then(|bytes| bytes.split_first_chunk::<8>()) {
        Some((of_request, position)) if *of_request == fingerprint => Ok(Some(position.to_vec())),
        _ => Err(bad_token()),
    }
}

/// The id after which the page begins.
pub(super) fn id_position(fingerprint: [u8; 8], token: &str) -> Result<Option<String>, Status> {
    let position = position(fingerprint, token)?;
    position.map(|bytes| String::from_utf8(bytes).map_err(|_| bad_token())).transpose()
}

/// How many hits a page skips.
pub(super) fn offset(fingerprint: [u8; 8], token: &str) -> Result<usize, Status> {
    let Some(position) = position(fingerprint, token)? else { return Ok(0) };
    let bytes = <[u8; 4]>::try_from(position.as_slice()).map_err(|_| bad_token())?;
    Ok(u32::from_be_bytes(bytes) as usize)
}

/// The token of a page that skips hits.
pub(super) fn offset_token(fingerprint: [u8; 8], offset: usize) -> String {
    token(fingerprint, &u32::try_from(offset).unwrap_or(u32::MAX).to_be_bytes())
}

/// The match after which a page of a ranked list begins.
pub(super) fn cursor(fingerprint: [u8; 8], token: &str) -> Result<Option<Cursor>, Status> {
    let Some(position) = position(fingerprint, token)? else { return Ok(None) };
    let (score, rest) = position.split_first_chunk::<2>().ok_or_else(bad_token)?;
    let (tie, id) = rest.split_first_chunk::<16>().ok_or_else(bad_token)?;
    Ok(Some(Cursor {
        score: u16::from_be_bytes(*score),
        tie: u128::from_be_bytes(*tie),
        id: String::from_utf8(id.to_vec()).map_err(|_| bad_token())?,
    }))
}

/// The token of the page after a match; empty when there is none.
pub(super) fn cursor_token(fingerprint: [u8; 8], next: Option<&Cursor>) -> String {
    let Some(Cursor { score, tie, id }) = next else { return String::new() };
    let position = [&score.to_be_bytes()[..], &tie.to_be_bytes()[..], id.as_bytes()].concat();
    token(fingerprint, &position)
}

/// The place after which a page of proposals begins.
pub(super) fn band_place(fingerprint: [u8; 8], token: &str) -> Result<Option<BandPlace>, Status> {
    let Some(position) = position(fingerprint, token)? else { return Ok(None) };
    let (band, tie) = position.split_first().ok_or_else(bad_token)?;
    let tie = <[u8; 16]>::try_from(tie).map_err(|_| bad_token())?;
    let band = Band::ALL.get(usize::from(*band)).ok_or_else(bad_token)?;
    Ok(Some(BandPlace { band: *band, tie: u128::from_be_bytes(tie) }))
}

/// The token of the page of proposals after a place; it holds a band and a hash, and nobody's id.
pub(super) fn band_token(fingerprint: [u8; 8], next: Option<BandPlace>) -> String {
    let Some(BandPlace { band, tie }) = next else { return String::new() };
    let band = u8::try_from(band.index()).unwrap_or(u8::MAX);
    token(fingerprint, &[&[band][..], &tie.to_be_bytes()[..]].concat())
}

/// The outcome after which a page begins.
pub(super) fn outcome_place(fingerprint: [u8; 8], token: &str) -> Result<Option<OutcomePlace>, Status> {
    let Some(position) = position(fingerprint, token)? else { return Ok(None) };
    let (change, day) = position.split_first_chunk::<8>().ok_or_else(bad_token)?;
    let on = std::str::from_utf8(day).ok().and_then(|day| day.parse().ok()).ok_or_else(bad_token)?;
    Ok(Some(OutcomePlace { on, change: u64::from_be_bytes(*change) }))
}

/// The token of the page after an outcome; empty when there is none.
pub(super) fn outcome_token(fingerprint: [u8; 8], next: Option<OutcomePlace>) -> String {
    let Some(OutcomePlace { on, change }) = next else { return String::new() };
    token(fingerprint, &[&change.to_be_bytes()[..], on.to_string().as_bytes()].concat())
}

/// The number before which a page begins.
pub(super) fn number(fingerprint: [u8; 8], token: &str) -> Result<Option<u64>, Status> {
    let position = position(fingerprint, token)?;
    position
        .map(|bytes| <[u8; 8]>::try_from(&bytes[..]).map(u64::from_be_bytes).map_err(|_| bad_token()))
        .transpose()
}

/// The place after which a page of changes between two nights begins.
pub(super) fn change_place(fingerprint: [u8; 8], token: &str) -> Result<Option<ChangePlace>, Status> {
    let position = position(fingerprint, token)?;
    position.map(|bytes| shortlists::place_of(&bytes).ok_or_else(bad_token)).transpose()
}

/// The token of the page of changes after a place; it holds no person's id.
pub(super) fn change_token(fingerprint: [u8; 8], next: Option<&ChangePlace>) -> String {
    next.map(|place| token(fingerprint, &shortlists::place_bytes(place))).unwrap_or_default()
}

/// A token that cannot be read or belongs to another request.
pub(super) fn bad_token() -> Status {
    status::violation(
        "page_token",
        "the token does not belong to this request",
        "send the token of the answer before with the same request, or leave it empty for the first page",
    )
}
