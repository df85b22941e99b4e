//! What people really write, and the procedure that they mean.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use procedure::Procedure;
use services::find::{Everyday, Index};

/// Questions as they are typed: with marks and without, misspelt, run together, roundabout; none
/// is a name of the file word for word. Each with the procedure that has to come first.
const ASKED: &[(&str, &str)] = &[
    ("làm giấy khai sinh cho con", "1.001193"),
    ("lam giay khai sinh cho con", "1.001193"),
    ("lam giay khai sjnh", "1.001193"),
    ("giaykhaisinh", "1.001193"),
    ("khai sinh cho con gái mới đẻ", "1.001193"),
    ("vợ tôi vừa sinh con thì phải làm gì", "1.001193"),
    ("giấy khai xinh", "1.001193"),
    ("xin giấy độc thân", "1.004873"),
    ("xin giay doc than", "1.004873"),
    ("giay xac nhan doc thân", "1.004873"),
    ("giấy chưa có vợ", "1.004873"),
    ("xác nhận tình trạng hôn nhan", "1.004873"),
    ("đăng kí kết hôn", "1.000894"),
    ("dang ky ket hon", "1.000894"),
    ("lấy vợ cần giấy tờ gì", "1.000894"),
    ("giay ket hon", "1.000894"),
    ("bố tôi mất thì khai ở đâu", "1.000656"),
    ("lam giay bao tu", "1.000656"),
    ("giấy chứng tử", "1.000656"),
    ("khai tư cho ông nội", "1.000656"),
    ("tiền mai táng phí", "1.001731"),
    ("ho tro ma chay", "1.001731"),
    ("làm sổ đỏ", "1.013978"),
    ("lam so do lan dau", "1.013978"),
    ("đất nhà tôi chưa có sổ", "1.013978"),
    ("làm bìa đỏ", "1.013978"),
    ("sang tên sổ đỏ", "2.001035"),
    ("mua ban nha dat", "2.001035"),
    ("tặng đất cho con", "2.001035"),
    ("sổ đỏ ghi sai tên", "1.012796"),
    ("hàng xóm lấn đất nhà tôi", "1.012812"),
    ("tranh chap dat dai", "1.012812"),
    ("vay ngân hàng thế chấp sổ đỏ", "1.011441"),
    ("xin phép xây nhà", "1.013225"),
    ("giay phep xay dung nha o", "1.013225"),
    ("giấy phép xây dựng hết hạn", "1.013227"),
    ("mở quán phở", "1.001612"),
    ("mo tiem tap hoa", "1.001612"),
    ("đăng ký hộ kinh doanh cá thể", "1.001612"),
    ("mở quán cafe", "1.001612"),
    ("đóng cửa quán không bán nữa", "1.001266"),
    ("doi dia chi kinh doanh", "2.000720"),
    ("giấy vệ sinh an toàn thực phẩm", "1.002425"),
    ("an toan thuc pham quan an", "1.002425"),
    ("lập công ty riêng", "2.001583"),
    ("mở nhà thuốc tây", "1.004593"),
    ("sao y bằng đại học", "1.005092"),
    ("mất bằng cấp 3", "1.005092"),
    ("bang tot nghiep sai ten", "2.001914"),
    ("photo cong chung", "2.000815"),
    ("sao y bản chính căn cước", "2.000815"),
    ("xác nhận sơ yếu lý lịch", "2.000884"),
    ("ly lich tu phap", "2.000488"),
    ("giấy xác nhận không có tiền án", "2.000488"),
    ("lí lịch tư pháp số 2", "2.000488"),
    ("trích lục khai sinh", "2.000635"),
    ("xin ban sao giay khai sinh", "2.000635"),
    ("mất giấy khai sinh gốc", "1.004884"),
    ("khai sinh bị sai ngày sinh", "1.004859"),
    ("doi ten cho con", "1.004859"),
    ("nhập khẩu cho con", "1.004222"),
    ("nhap ho khau ve nha chong", "1.004222"),
    ("dang ky tam chu", "1.004194"),
    ("tạm trú cho người thuê trọ", "1.004194"),
    ("xac nhan cu tru CT07", "1.010041"),
    ("khách ngủ lại nhà qua đêm", "2.001159"),
    ("làm thẻ bảo hiểm y tế cho bé", "2.000986"),
    ("nhan con nuoi", "2.001263"),
    ("nhận cha cho con", "1.001022"),
    ("tro cap that nghiep", "1.001978"),
    ("bị cho nghỉ việc lấy bảo hiểm", "1.001978"),
    ("sổ hộ nghèo", "1.011607"),
    ("tiền cho người già 75 tuổi", "1.014027"),
    ("lương hưu xã hội", "1.014027"),
    ("giay khuyet tat", "1.001699"),
    ("trợ cấp trẻ mồ côi", "1.001776"),
    ("tho cung liet sy", "1.010803"),
    ("giấy con thương binh", "1.010833"),
    ("dựng rạp đám cưới ngoài đường", "1.013274"),
    ("chat cay truoc nha", "1.002693"),
    ("khoan gieng", "1.001662"),
    ("treo băng zôn quảng cáo", "1.004650"),
    ("trả biển số khi bán xe máy", "1.013065"),
    ("bien so tam xe moi mua", "1.013083"),
    ("phu hieu xe tai", "2.002288"),
    ("viết di chúc để lại nhà cho con", "2.001019"),
    ("mở lớp giữ trẻ", "1.004492"),
    ("work permit for a foreigner", "2.000205"),
    ("birth registration", "1.001193"),
];

/// Questions that nobody looked at while the words and the ranking were made: what the search
/// does with them is what it does with the next person's.
const UNSEEN: &[(&str, &str)] = &[
    ("con tôi được 3 tháng chưa có giấy khai sinh", "1.001193"),
    ("giay khai sinh cho chau ngoai", "1.001193"),
    ("lam giay chung sinh roi gio lam gi", "1.001193"),
    ("dang ki khai sih", "1.001193"),
    ("hai đứa muốn cưới nhau", "1.000894"),
    ("đăng ký kết hôn với người xã khác", "1.000894"),
    ("giay doc than de mua nha", "1.004873"),
    ("xac nhan chua ket hon", "1.004873"),
    ("xóa tên người chết", "1.000656"),
    ("bà ngoại mới mất làm giấy tờ gì", "1.000656"),
    ("nhà nước cho tiền chôn cất", "1.001731"),
    ("xin cấp sổ hồng", "1.013978"),
    ("dat chua co giay to", "1.013978"),
    ("bo me cho dat", "2.001035"),
    ("chuyển nhượng quyền sử dụng đất", "2.001035"),
    ("so hong sai so thua", "1.012796"),
    ("cãi nhau về ranh đất với hàng xóm", "1.012812"),
    ("the chap nha vay tien", "1.011441"),
    ("xây nhà hai tầng phải xin phép không", "1.013225"),
    ("gia han xay dung", "1.013227"),
    ("mở quán nhậu", "1.001612"),
    ("giấy phép kinh doanh nhỏ lẻ", "1.001612"),
    ("ban tra da via he", "1.013274"),
    ("ngừng kinh doanh trả giấy phép", "1.001266"),
    ("chuyen quan sang ten nguoi khac", "2.000720"),
    ("mo cong ty tnhh mot minh", "2.001583"),
    ("ba người góp vốn lập công ty", "2.001199"),
    ("mo quay thuoc", "1.004593"),
    ("cấp lại bằng tốt nghiệp cấp 2", "1.005092"),
    ("cong chung giay to xe", "2.000815"),
    ("ky giay uy quyen", "2.000884"),
    ("so yeu ly lich di lam", "2.000884"),
    ("giấy chứng nhận không phạm tội", "2.000488"),
    ("ban sao trich luc ket hon", "2.000635"),
    ("khai sinh bị rách mất", "1.004884"),
    ("sua chu lot trong khai sinh", "1.004859"),
    ("chuyển khẩu từ Hà Nội về", "1.004222"),
    ("sinh vien o tro khai bao", "1.004194"),
    ("bạn đến nhà chơi ở lại một đêm", "2.001159"),
    ("the bao hiem cho tre so sinh", "2.000986"),
    ("muon nhan con nuoi", "2.001263"),
    ("công ty cho nghỉ thất nghiệp", "1.001978"),
    ("gia dinh kho khan xin ho ngheo", "1.011607"),
    ("cụ 76 tuổi chưa có lương", "1.014027"),
    ("xe lan nguoi khuyet tat", "1.001699"),
    ("don than nuoi con duoc tro cap", "1.001776"),
    ("bac toi la liet si", "1.010803"),
    ("cây to sắp đổ trước cửa", "1.002693"),
    ("bien so xe khi ban xe", "1.013065"),
    ("xe mới mua chưa đăng ký được", "1.013083"),
];

fn procedures() -> Vec<Procedure> {
    shipped().iter().map(|text| procedure::load(text).unwrap()).collect()
}

#[test]
fn what_people_write_finds_what_they_mean() {
    let procedures = procedures();
    let index = Index::of(procedures.iter(), &Everyday::shipped());
    let missed = told(&index, ASKED);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    let missed = told(&index, UNSEEN);
    assert!(missed.len() * 4 <= UNSEEN.len(), "{}", missed.join("\n"));
}

/// Prints how many questions find what they mean, first and among the first five; answers those
/// whose first answer is another.
fn told(index: &Index, questions: &[(&str, &str)]) -> Vec<String> {
    let (mut first, mut among, mut missed) = (0, 0, Vec::new());
    for (asked, meant) in questions {
        let hits = index.find(asked, 5);
        let at = hits.iter().position(|hit| hit.code.as_str() == *meant);
        first += usize::from(at == Some(0));
        among += usize::from(at.is_some());
        if at != Some(0) {
            let got = hits.first().map(|hit| (hit.code.to_string(), hit.name.clone()));
            missed.push(format!("{asked}: {got:?}, meant is {at:?}"));
        }
    }
    let all = questions.len();
    println!("{first} of {all} first, {among} of {all} among five; not first: {missed:#?}");
    missed
}

#[test]
fn what_no_procedure_means_finds_nothing() {
    let procedures = procedures();
    let index = Index::of(procedures.iter(), &Everyday::shipped());
    for asked in ["", "   ", "?!", "tôi muốn", "xyzzy qwerty", "xem phim"] {
        let found = index.find(asked, 5);
        assert!(found.is_empty(), "{asked}: {found:?}");
    }
}

#[test]
fn the_words_speak_of_procedures_that_there_are() {
    let codes: Vec<String> = procedures().iter().map(|p| p.code.to_string()).collect();
    let everyday = Everyday::shipped();
    let life = everyday.events.iter().flat_map(|event| &event.procedures);
    for code in everyday.names.keys().chain(life) {
        assert!(codes.iter().any(|known| known == code.as_str()), "{code}");
    }
    assert!(codes.iter().all(|code| everyday.names.contains_key(&code.parse().unwrap())));
}

fn shipped() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../one-stop/procedures");
    let files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    files.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}
