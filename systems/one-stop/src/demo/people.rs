//! Applicants who never lived: names of the region, numbers that pass every check, telephones
//! with three zeros in the middle.

use std::{collections::HashMap, sync::Arc};

use identity::{
    party::{Party, PartyNumber},
    seal::{Keyring, PartyKey},
};
use jiff::civil::Date;
use kernel::{AgencyId, Instant, Mint, PartyId, Tenant, today};

use super::dice::{Dice, summed};

/// So many of those who came before may come again to one desk.
const REMEMBERED_MAX: usize = 400;

/// Family names by people, with how many of a hundred belong to it.
const PEOPLES: &[(&str, f64, &[&str])] = &[
    (
        "Kinh",
        62.0,
        &[
            "Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Đào",
            "Phan", "Trịnh", "Tạ", "Nghiêm", "Đinh",
        ],
    ),
    ("Tày", 14.0, &["Nông", "Hoàng", "Ma", "Lương", "Hà", "Bế", "Lục", "Hứa", "La", "Đồng"]),
    ("Nùng", 8.0, &["Nông", "Vi", "Lường", "Mông", "Long", "Lăng", "Linh", "Sằm", "Hoàng"]),
    ("Dao", 6.0, &["Triệu", "Bàn", "Đặng", "Lý", "Phùng", "Chu", "Trương"]),
    ("Sán Chay", 4.0, &["Trần", "Lâm", "Nịnh", "Tống", "Hoàng", "Lý"]),
    ("Sán Dìu", 4.0, &["Trương", "Lưu", "Từ", "Diệp", "Ân", "Tạ"]),
    ("Mông", 2.0, &["Sùng", "Vàng", "Giàng", "Thào", "Lý", "Hờ"]),
];
const MIDDLE_MEN: &[&str] = &[
    "Văn", "Văn", "Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Ngọc", "Tiến", "Công", "Thanh",
    "Mạnh", "Quốc", "Trung",
];
const GIVEN_MEN: &[&str] = &[
    "An", "Bình", "Chiến", "Cường", "Dũng", "Duy", "Đạt", "Đông", "Giang", "Hà", "Hải", "Hiếu",
    "Hòa", "Hoàng", "Hùng", "Huy", "Khánh", "Kiên", "Lâm", "Long", "Lực", "Nam", "Nghĩa", "Phong",
    "Phúc", "Quân", "Quyết", "Sáng", "Sơn", "Tài", "Thái", "Thắng", "Thành", "Thịnh", "Thuận",
    "Toàn", "Tú", "Tuấn", "Tùng", "Vinh", "Vượng",
];
const MIDDLE_WOMEN: &[&str] = &[
    "Thị",
    "Thị",
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Minh",
    "Thị Kim",
    "Thị Bích",
    "Thanh",
    "Ngọc",
    "Thùy",
    "Hồng",
    "Thị Mai",
    "Diệu",
];
const GIVEN_WOMEN: &[&str] = &[
    "Anh", "Ánh", "Chi", "Cúc", "Dung", "Duyên", "Điệp", "Giang", "Hà", "Hạnh", "Hằng", "Hiền",
    "Hoa", "Hoài", "Hồng", "Huệ", "Hương", "Huyền", "Lan", "Liên", "Linh", "Loan", "Lý", "Mai",
    "Mến", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quỳnh", "Sen", "Tâm", "Thảo", "Thắm", "Thu",
    "Thúy", "Thủy", "Trang", "Tuyết", "Vân", "Xuân", "Yến",
];
const FIRMS: &[&str] = &[
    "Công ty TNHH Thương mại và Dịch vụ",
    "Công ty TNHH Xây dựng",
    "Công ty Cổ phần Vận tải",
    "Công ty TNHH Chè",
    "Hợp tác xã Nông nghiệp",
    "Công ty TNHH Cơ khí",
    "Công ty Cổ phần Dược",
    "Trường Mầm non tư thục",
    "Công ty TNHH Thực phẩm",
];
const FIRM_NAMES: &[&str] = &[
    "Sông Công Xanh",
    "Núi Cốc Mới",
    "Bình Minh Trại",
    "Hoa Ban Việt",
    "Tân Cương Hương",
    "Cầu Vồng",
    "Ánh Dương Bắc",
    "Đồi Cọ",
    "Thác Bạc",
    "Trăng Non",
    "Hồ Ba Bể Vàng",
    "Phú Lộc An",
    "Minh Tâm Phát",
    "Việt Bắc Xanh",
    "Sao Mai Đỏ",
];

/// Somebody who files, with the key of their data at hand.
#[derive(Debug)]
pub(super) struct Applicant {
    pub(super) id: PartyId,
    pub(super) party: Party,
    pub(super) people: &'static str,
    pub(super) key: PartyKey,
    pub(super) wrapped: Vec<u8>,
    pub(super) known_at: Instant,
}

/// Everybody who filed so far, as far as they may come again.
#[derive(Debug, Default)]
pub(super) struct Population {
    remembered: HashMap<AgencyId, Vec<Arc<Applicant>>>,
    /// How many cards each group of province, sex and year has.
    cards: HashMap<(u16, u8, i16), u64>,
    firms: u64,
}

impl Population {
    /// Somebody who was at this desk before.
    pub(super) fn returning(
        &self,
        dice: &mut Dice,
        desk: AgencyId,
        firm: bool,
    ) -> Option<Arc<Applicant>> {
        let known = self.remembered.get(&desk)?;
        let found = dice.pick(known);
        ((found.party.kind() == "organization") == firm).then(|| found.clone())
    }

    /// Whoever may come again.
    pub(super) fn remember(&mut self, dice: &mut Dice, desk: AgencyId, applicant: &Arc<Applicant>) {
        let known = self.remembered.entry(desk).or_default();
        if known.len() < REMEMBERED_MAX {
            known.push(applicant.clone());
        } else {
            let place = usize::try_from(dice.next() % REMEMBERED_MAX as u64).unwrap_or(0);
            known[place] = applicant.clone();
        }
    }

    /// Somebody new, with a key of their own.
    #[expect(clippy::too_many_arguments, reason = "what a person is made of")]
    pub(super) fn newcomer(
        &mut self,
        dice: &mut Dice,
        firm: bool,
        commune: &str,
        now: Instant,
        keyring: &Keyring,
        tenant: &Tenant,
        mint: &Mint,
    ) -> Arc<Applicant> {
        let (party, people) = match firm {
            true => (self.firm(dice, commune), ""),
            false => self.citizen(dice, commune, today(now)),
        };
        let id = mint.id(now);
        let (key, wrapped) = keyring.fresh(tenant, id, mint);
        Arc::new(Applicant { id, party, people, key, wrapped, known_at: now })
    }

    fn citizen(&mut self, dice: &mut Dice, commune: &str, today: Date) -> (Party, &'static str) {
        let woman = dice.chance(0.53);
        let (name, people) = person_name(dice, woman);
        let age = dice.log_normal(37.0, 0.36).clamp(18.0, 92.0) * 365.25;
        let born = today.saturating_sub(jiff::Span::new().days(age as i64));
        let number = self.card(dice, woman, born).parse().ok().map(PartyNumber::Citizen);
        let party = Party {
            name,
            number,
            born: Some(born),
            phone: phone(dice).parse().ok(),
            email: None,
            address: Some(address(dice, commune)),
        };
        (party, people)
    }

    /// A card number that nobody else has.
    pub(super) fn card(&mut self, dice: &mut Dice, woman: bool, born: Date) -> String {
        const PROVINCES: &[u16] = &[19, 19, 19, 19, 19, 19, 6, 6, 4, 20, 24, 1, 34, 36];
        let province = *dice.pick(PROVINCES);
        let century = u8::from(woman) + if born.year() >= 2000 { 2 } else { 0 };
        let count = self.cards.entry((province, century, born.year())).or_default();
        // Steps of a number without a factor of ten visit every number once.
        let tail = (*count * 618_033 + 271_829) % 1_000_000;
        *count += 1;
        format!("{province:03}{century}{:02}{tail:06}", born.year().rem_euclid(100))
    }

    fn firm(&mut self, dice: &mut Dice, commune: &str) -> Party {
        const WEIGHTS: [u64; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let tax = loop {
            let tail = (self.firms * 618_033 + 104_729) % 1_000_000;
            self.firms += 1;
            let main = format!("460{tail:06}");
            let sum: u64 = main.bytes().zip(WEIGHTS).map(|(b, w)| u64::from(b - b'0') * w).sum();
            if !sum.is_multiple_of(11) {
                break format!("{main}{}", 10 - sum % 11);
            }
        };
        Party {
            name: firm_name(dice),
            number: tax.parse().ok().map(PartyNumber::Tax),
            born: None,
            phone: phone(dice).parse().ok(),
            email: Some(format!("lienhe{}@example.vn", self.firms)),
            address: Some(address(dice, commune)),
        }
    }
}

/// A full name, and the people that it is usual with.
pub(super) fn person_name(dice: &mut Dice, woman: bool) -> (String, &'static str) {
    let weights = summed(PEOPLES.iter().map(|(_, weight, _)| *weight));
    let (people, _, families) = PEOPLES[dice.weighted(&weights)];
    let family = dice.pick(families);
    let (middle, given) = match woman {
        true => (dice.pick(MIDDLE_WOMEN), dice.pick(GIVEN_WOMEN)),
        false => (dice.pick(MIDDLE_MEN), dice.pick(GIVEN_MEN)),
    };
    (format!("{family} {middle} {given}"), people)
}

pub(super) fn firm_name(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(FIRMS), dice.pick(FIRM_NAMES))
}

pub(super) fn address(dice: &mut Dice, commune: &str) -> String {
    let part = if commune.starts_with("phường") { "Tổ dân phố" } else { "Xóm" };
    format!("{part} {}, {commune}", dice.whole(1, 24))
}

fn phone(dice: &mut Dice) -> String {
    let start = dice.pick(&["091", "098", "097", "034", "036", "083", "086", "094"]);
    format!("{start}000{:04}", dice.whole(0, 9999))
}
