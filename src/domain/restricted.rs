//! What may never count in a match (R15): kept apart from everything that is matched, never indexed, and
//! never part of the types that the ranking reads.

use super::{
    Date,
    text::{FreeText, Label, Name},
    time::Answer,
};
use std::fmt;

/// How to reach a person or an employer's contact.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ContactData {
    /// Name of the person, where it was given.
    pub name: Option<Name>,
    /// E-mail addresses.
    pub emails: Vec<Name>,
    /// Telephone numbers.
    pub phones: Vec<Name>,
    /// Web addresses.
    pub websites: Vec<Name>,
    /// People or departments to ask for.
    pub contacts: Vec<ContactPerson>,
    /// Whether the contact data may be passed on (VUM: indicatieBeschikbaarheidContactgegevens).
    pub may_be_shared: Option<Answer>,
}

/// A person or department to ask for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ContactPerson {
    /// Name.
    pub name: Option<Name>,
    /// E-mail addresses.
    pub emails: Vec<Name>,
    /// Telephone numbers.
    pub phones: Vec<Name>,
}

/// Contact data never reach a log: only how much there is.
impl fmt::Debug for ContactData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.emails.len() + self.phones.len() + self.websites.len() + self.contacts.len();
        write!(f, "ContactData({entries} entries, not shown)")
    }
}

/// Contact data never reach a log.
impl fmt::Debug for ContactPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactPerson(not shown)")
    }
}

/// A step of the participation ladder (*participatieladder*, *trede*), 1–6: a yearly estimate, no stamp.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LadderStep {
    /// The step, 1–6.
    pub step: LadderLevel,
    /// When it was estimated.
    pub estimated_on: Option<Date>,
}

/// The six steps.
#[allow(missing_docs, reason = "the steps of the ladder have numbers only")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LadderLevel {
    One,
    Two,
    Three,
    Four,
    Five,
    Six,
}

/// A benefit (*uitkering*) in the words of the organisation that pays it.
#[derive(Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Which one, such as "WW" or "Participatiewet".
    pub name: Label,
    /// Until when.
    pub until: Option<Date>,
}

/// Everything about a person that an advisor may see and no score may use.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RestrictedData {
    /// How to reach the person.
    pub contact: ContactData,
    /// Benefits.
    pub benefits: Vec<Benefit>,
    /// Allowances (*toeslagen*), received or known not to be received.
    pub allowances: Option<Answer>,
    /// In the target-group register (*doelgroepregister*, VUM: indicatieLdrRegistratie): special-category data.
    pub target_group: Option<Answer>,
    /// Step of the participation ladder.
    pub ladder_step: Option<LadderStep>,
    /// Integration route (*inburgeringsroute*): limits time through the hours' cap and lesson slots, never worth.
    pub integration_route: Option<IntegrationRoute>,
    /// Notes for advisors.
    pub advisor_notes: Vec<FreeText>,
}

/// A route of the Dutch integration law of 2021.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntegrationRoute {
    /// B1 route.
    B1,
    /// Education route (*onderwijsroute*).
    Education,
    /// Self-reliance route (*Z-route*).
    SelfReliance,
}

/// Restricted data never reach a log.
impl fmt::Debug for RestrictedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RestrictedData(not shown)")
    }
}
