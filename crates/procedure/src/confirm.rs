//! Confirming a time limit that came in doubt.

use thiserror::Error;

use crate::{ChannelKind, ChannelLimit, FaultKind, Procedure, TimeLimit, check};

/// Why a time limit cannot be confirmed so.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ConfirmError {
    /// Nobody can file that way.
    #[error("the procedure has no channel {}", .0.word())]
    NotOffered(ChannelKind),
    /// Somebody confirmed one before; another limit is another version of the procedure.
    #[error("the time limit of that channel is confirmed: {0}")]
    Confirmed(TimeLimit),
    /// The steps of the workflow take longer.
    #[error("the steps take longer than {0}")]
    TooSlow(TimeLimit, Box<FaultKind>),
}

impl Procedure {
    /// Whether the limit of a channel may be confirmed as `limit`.
    ///
    /// # Errors
    /// [`ConfirmError`].
    pub fn confirmable(&self, kind: ChannelKind, limit: TimeLimit) -> Result<(), ConfirmError> {
        let channel = self.channel(kind).ok_or(ConfirmError::NotOffered(kind))?;
        if let ChannelLimit::Confirmed(limit) = channel.limit {
            return Err(ConfirmError::Confirmed(limit.time_limit()));
        }
        let mut channel = channel.clone();
        channel.confirm(limit);
        match check::hours(&self.workflow, &[channel]) {
            Some(fault) => Err(ConfirmError::TooSlow(limit, Box::new(fault))),
            None => Ok(()),
        }
    }

    /// Confirms the limit of a channel that waits for it; of the others nothing changes.
    pub fn confirm(&mut self, kind: ChannelKind, limit: TimeLimit) {
        let waiting = self.channels.iter_mut().find(|c| c.kind == kind && c.promise().is_none());
        if let Some(channel) = waiting {
            channel.confirm(limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
code = "1.001193"
name = "Đăng ký khai sinh"
version = 1
sector = "Hộ tịch"
levels = ["commune"]
decider = "Ủy ban nhân dân cấp xã"
audience = ["citizen"]
legal_basis = ["Luật Hộ tịch số 60/2014/QH13"]
valid_from = 2025-07-01
online_level = "full"
[[channel]]
kind = "counter"
time_limit = "1 working_day"
[[channel]]
kind = "online"
time_limit = "2 working_days"
confirmed = false
[[result]]
name = "Giấy khai sinh"
[[step]]
id = "ky"
name = "Ký"
role = "head"
hours = 6
[[step.outcome]]
id = "ky"
name = "Ký"
end = "result"
"#;

    #[test]
    fn only_what_waits_is_confirmed_and_only_with_time_for_the_steps() {
        let mut procedure = crate::load(TEXT).unwrap();
        let limit = |text: &str| text.parse::<TimeLimit>().unwrap();
        let day = limit("1 working_day");
        assert!(procedure.channel(ChannelKind::Online).unwrap().promise().is_none());
        let ask = |kind, limit| procedure.confirmable(kind, limit);
        assert_eq!(
            ask(ChannelKind::Postal, day),
            Err(ConfirmError::NotOffered(ChannelKind::Postal))
        );
        assert_eq!(ask(ChannelKind::Counter, day), Err(ConfirmError::Confirmed(day)));
        let short = ask(ChannelKind::Online, limit("4 working_hours"));
        assert!(matches!(short, Err(ConfirmError::TooSlow(..))), "{short:?}");
        assert_eq!(ask(ChannelKind::Online, day), Ok(()));

        procedure.confirm(ChannelKind::Counter, limit("9 months"));
        procedure.confirm(ChannelKind::Online, day);
        for kind in [ChannelKind::Counter, ChannelKind::Online] {
            let promise = procedure.channel(kind).unwrap().promise().unwrap();
            assert_eq!(promise.time_limit(), day);
        }
    }
}
