//! VietQR: a transfer that any banking app in Việt Nam reads off a picture.
//!
//! The text in the code is EMVCo's merchant-presented format (tag, two digits of length, value)
//! in the profile of NAPAS 247 (technical specification of QR switching, version 1.5.2):
//! transfer to an account, `QRIBFTTA`, under the application identifier `A000000727`.

use std::{fmt::Write as _, str::FromStr};

use serde::Deserialize;

use crate::ConfigFault;

/// Most that one quick transfer of NAPAS 247 carries, in đồng.
pub const AMOUNT_MAX: u64 = 499_999_999;
/// Letters of the purpose of a transfer.
pub const PURPOSE_LETTERS_MAX: usize = 25;

const NAPAS: &str = "A000000727";
const TO_ACCOUNT: &str = "QRIBFTTA";
const DONG: &str = "704";

/// An account that money goes to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct BankAccount {
    /// Name of the bank, as people know it.
    pub bank: String,
    bin: String,
    number: String,
    /// Whose account it is, as the bank writes it.
    pub holder: String,
}

/// An account as the configuration writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    bank: String,
    bin: String,
    number: String,
    holder: String,
}

impl TryFrom<Written> for BankAccount {
    type Error = ConfigFault;

    fn try_from(w: Written) -> Result<Self, ConfigFault> {
        Self::new(w.bank, w.bin, w.number, w.holder)
    }
}

impl BankAccount {
    /// An account.
    ///
    /// # Errors
    /// Where `bin` is not the six digits of a bank at NAPAS, or `number` has more than 19
    /// letters and digits.
    pub fn new(
        bank: String,
        bin: String,
        number: String,
        holder: String,
    ) -> Result<Self, ConfigFault> {
        if bin.len() != 6 || !bin.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ConfigFault::Bin(bin));
        }
        let plain = number.bytes().all(|b| b.is_ascii_alphanumeric());
        if number.is_empty() || number.len() > 19 || !plain {
            return Err(ConfigFault::Account(number));
        }
        Ok(Self { bank, bin, number, holder })
    }

    /// The bank's number at NAPAS.
    #[must_use]
    pub fn bin(&self) -> &str {
        &self.bin
    }

    /// Number of the account.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

/// What a transfer is for: letters, digits and spaces, since banks lose everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose(String);

impl FromStr for Purpose {
    type Err = ConfigFault;

    fn from_str(text: &str) -> Result<Self, ConfigFault> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ');
        if text.is_empty() || text.len() > PURPOSE_LETTERS_MAX || !plain {
            return Err(ConfigFault::Purpose(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

/// The text of the code for one transfer of `amount` đồng; none where no code can carry it: for
/// nothing, and for more than [`AMOUNT_MAX`].
#[must_use]
pub fn payload(account: &BankAccount, amount: u64, purpose: &Purpose) -> Option<String> {
    (1..=AMOUNT_MAX).contains(&amount).then(|| write(account, Some(amount), Some(&purpose.0)))
}

fn write(account: &BankAccount, amount: Option<u64>, purpose: Option<&str>) -> String {
    let beneficiary = [field("00", &account.bin), field("01", &account.number)].concat();
    let service = [field("00", NAPAS), field("01", &beneficiary), field("02", TO_ACCOUNT)];
    // A code with an amount is for one payment (12), one without is for many (11).
    let method = if amount.is_some() { "12" } else { "11" };
    let mut text = [field("00", "01"), field("01", method)].concat();
    text += &field("38", &service.concat());
    text += &field("53", DONG);
    if let Some(amount) = amount {
        text += &field("54", &amount.to_string());
    }
    text += &field("58", "VN");
    if let Some(purpose) = purpose {
        text += &field("62", &field("08", purpose));
    }
    text += "6304";
    let check = crc16(text.as_bytes());
    // Writing to a string cannot fail.
    let _ = write!(text, "{check:04X}");
    text
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// CRC-16 as EMVCo has it (CCITT-FALSE): polynomial 0x1021, begun at 0xFFFF, not reflected.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account(bin: &str, number: &str) -> BankAccount {
        BankAccount::new("Bank".into(), bin.into(), number.into(), "KHO BAC".into()).unwrap()
    }

    /// Codes that others published.
    #[test]
    fn published_codes_come_out_letter_for_letter() {
        let techcombank = account("970407", "9796868");
        assert_eq!(
            write(&techcombank, None, Some("gen by sunary/vietqr")),
            "00020101021138510010A00000072701210006970407010797968680208QRIBFTTA\
             53037045802VN62240820gen by sunary/vietqr6304BE74"
        );
        let merchant = account("970422", "VQRQACLNP2680");
        let purpose: Purpose = "Thanh toan don hang ABC".parse().unwrap();
        assert_eq!(
            payload(&merchant, 100_000, &purpose).unwrap(),
            "00020101021238570010A000000727012700069704220113VQRQACLNP26800208QRIBFTTA\
             530370454061000005802VN62270823Thanh toan don hang ABC6304CE4C"
        );
        let sold: Purpose = "CSPZKHEL6A2 NTK O0004".parse().unwrap();
        assert_eq!(
            payload(&account("970418", "V3CAS6262723924"), 375_000, &sold).unwrap(),
            "00020101021238590010A000000727012900069704180115V3CAS62627239240208QRIBFTTA\
             530370454063750005802VN62250821CSPZKHEL6A2 NTK O000463044729"
        );
    }

    #[test]
    fn the_check_is_that_of_the_examples_of_napas() {
        for example in [
            "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN\
             6304F4E5",
            "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC5303704\
             5802VN63044F52",
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA5303704540618\
             00005802VN62340107NPS68690819thanh toan don hang63042E2E",
        ] {
            let (text, check) = example.split_at(example.len() - 4);
            assert_eq!(format!("{:04X}", crc16(text.as_bytes())), check);
        }
    }

    /// The tags of a text, read back by their lengths.
    fn read(mut text: &str) -> Vec<(&str, &str)> {
        let mut fields = Vec::new();
        while !text.is_empty() {
            let length: usize = text[2..4].parse().unwrap();
            fields.push((&text[..2], &text[4..4 + length]));
            text = &text[4 + length..];
        }
        fields
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            bin in "[0-9]{6}", number in "[0-9A-Z]{1,19}", amount in 1..=AMOUNT_MAX,
            purpose in "[A-Za-z0-9 ]{1,25}",
        ) {
            let text = payload(&account(&bin, &number), amount, &purpose.parse().unwrap()).unwrap();
            let fields = read(&text);
            let tags: Vec<&str> = fields.iter().map(|(tag, _)| *tag).collect();
            prop_assert_eq!(tags, ["00", "01", "38", "53", "54", "58", "62", "63"]);
            let merchant = read(fields[2].1);
            prop_assert_eq!(read(merchant[1].1), [("00", bin.as_str()), ("01", number.as_str())]);
            prop_assert_eq!(fields[4].1.parse::<u64>().unwrap(), amount);
            prop_assert_eq!(read(fields[6].1), [("08", purpose.as_str())]);
        }

        #[test]
        fn one_letter_altered_is_found_out(at in 0_usize..100, put in "[0-9A-Z]") {
            let account = account("970436", "0011001234567");
            let text = payload(&account, 15_000, &"H5562261123 0008".parse().unwrap()).unwrap();
            let at = at % (text.len() - 4);
            let mut altered = text.clone();
            altered.replace_range(at..=at, &put);
            let (body, check) = altered.split_at(altered.len() - 4);
            prop_assert_eq!(format!("{:04X}", crc16(body.as_bytes())) == check, altered == text);
        }
    }

    #[test]
    fn what_no_code_can_carry_has_none() {
        let account = account("970436", "0011001234567");
        let purpose: Purpose = "A".parse().unwrap();
        assert_eq!(payload(&account, 0, &purpose), None);
        assert_eq!(payload(&account, AMOUNT_MAX + 1, &purpose), None);
        assert!("Lệ phí".parse::<Purpose>().is_err());
        assert!("A".repeat(26).parse::<Purpose>().is_err());
        assert!(BankAccount::new("B".into(), "97043".into(), "1".into(), "H".into()).is_err());
    }
}
