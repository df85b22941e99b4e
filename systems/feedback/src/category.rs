//! What reports are about.

use kernel::words;

words! {
    /// What a report is about. The words are the service codes of Open311 too.
    Category {
        /// Đường sá, ổ gà.
        Roads = "duong-sa",
        /// Chiếu sáng.
        Lighting = "chieu-sang",
        /// Rác thải.
        Waste = "rac",
        /// Cây xanh.
        Trees = "cay-xanh",
        /// Cấp nước.
        Water = "cap-nuoc",
        /// Thoát nước, ngập.
        Drainage = "thoat-nuoc",
        /// Điện.
        Power = "dien",
        /// Trật tự đô thị.
        Order = "trat-tu",
        /// Tiếng ồn.
        Noise = "tieng-on",
        /// Xây dựng trái phép.
        Building = "xay-dung",
        /// Môi trường, khói bụi.
        Environment = "moi-truong",
        /// An toàn thực phẩm.
        Food = "thuc-pham",
        /// Y tế.
        Health = "y-te",
        /// Giáo dục.
        Education = "giao-duc",
        /// Thủ tục hành chính, quy định.
        Procedures = "thu-tuc",
        /// Thái độ, hành vi của cán bộ, công chức: always confidential.
        Conduct = "thai-do",
        /// Anything else; no model suggests it.
        Other = "khac",
    }
}

impl Category {
    /// How many categories a model can suggest: all but [`Category::Other`].
    pub const SUGGESTED: usize = Self::ALL.len() - 1;

    /// The number of this category as a label of the model.
    #[must_use]
    pub fn label(self) -> usize {
        self as usize
    }

    /// Whether reports of it are never shown to the public.
    #[must_use]
    pub const fn is_confidential(self) -> bool {
        matches!(self, Self::Conduct)
    }
}
