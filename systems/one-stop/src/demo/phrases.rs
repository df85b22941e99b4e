//! What officers and applicants write, in a few dozen ways.

use casework::{DeclineReason, DiscontinueGround, Note, SupplementReason, SuspensionGround};

use super::dice::Dice;

fn note(dice: &mut Dice, from: &[&str]) -> Note {
    Note::from(*dice.pick(from))
}

pub(super) fn supplement(dice: &mut Dice, reason: SupplementReason) -> Note {
    let from: &[&str] = match reason {
        SupplementReason::MissingPaper => &[
            "Đề nghị nộp thêm bản sao giấy tờ chứng minh nơi cư trú.",
            "Hồ sơ còn thiếu bản chính để đối chiếu. Mời anh/chị mang đến trong giờ làm việc.",
            "Thiếu văn bản ủy quyền của người nhờ nộp thay, đề nghị bổ sung.",
        ],
        SupplementReason::InsufficientContent => &[
            "Tờ khai chưa ghi mục nơi cư trú và chưa ký. Đề nghị ghi đủ và nộp lại.",
            "Sơ đồ vị trí chưa thể hiện ranh giới với thửa liền kề, đề nghị vẽ lại.",
            "Bản vẽ chưa có kích thước và cao độ, đề nghị bổ sung.",
        ],
        SupplementReason::ExpiredPaper => &[
            "Giấy xác nhận đã quá 6 tháng, đề nghị nộp giấy mới.",
            "Giấy khám sức khỏe đã hết hạn, đề nghị nộp giấy còn hạn.",
        ],
        SupplementReason::Contradiction => &[
            "Ngày sinh trên tờ khai khác với cơ sở dữ liệu dân cư. Đề nghị kiểm tra lại.",
            "Tên đệm trong hai giấy tờ không giống nhau, đề nghị giải trình và nộp giấy tờ kèm theo.",
        ],
        SupplementReason::Illegible => &[
            "Ảnh chụp bị mờ, không đọc được số. Đề nghị chụp lại và gửi lên.",
            "Bản quét thiếu mặt sau, đề nghị quét lại đủ hai mặt.",
        ],
    };
    note(dice, from)
}

pub(super) fn second_supplement(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Giấy tờ bổ sung lần đầu chưa đúng loại; đồng ý yêu cầu lần hai, hồ sơ tính là quá hạn.",
            "Phát hiện mâu thuẫn mới khi đối chiếu bản chính; đồng ý cho yêu cầu thêm một lần.",
        ],
    )
}

pub(super) fn decline(dice: &mut Dice, reason: DeclineReason) -> Note {
    let from: &[&str] = match reason {
        DeclineReason::NotCompetent => &[
            "Việc này thuộc thẩm quyền của cơ quan nơi đã đăng ký trước đây. Đề nghị nộp tại đó.",
            "Thủ tục do cơ quan cấp tỉnh giải quyết, đề nghị nộp tại Trung tâm của tỉnh.",
        ],
        DeclineReason::Incomplete => &[
            "Hồ sơ thiếu giấy tờ bắt buộc, người nộp đề nghị nhận lại để chuẩn bị.",
            "Thiếu bản chính, người nộp chưa bổ sung ngay được.",
        ],
        DeclineReason::DefectivePaper => &[
            "Giấy tờ bị tẩy xóa ở phần ngày tháng nên không dùng được.",
            "Bản sao không có chứng thực theo quy định.",
        ],
        DeclineReason::NotEligible => &[
            "Người nộp không thuộc đối tượng được giải quyết thủ tục này.",
            "Chưa đủ điều kiện về thời gian theo quy định.",
        ],
        DeclineReason::Duplicate => {
            &["Cùng nội dung đã có hồ sơ đang giải quyết, không nhận thêm hồ sơ thứ hai."]
        }
    };
    note(dice, from)
}

pub(super) fn suspension(dice: &mut Dice, ground: SuspensionGround) -> Note {
    let from: &[&str] = match ground {
        SuspensionGround::ConsultingAgency => &[
            "Chờ ý kiến bằng văn bản của cơ quan chuyên môn.",
            "Đã có văn bản hỏi cơ quan nơi cư trú trước đây, chờ trả lời.",
        ],
        SuspensionGround::Verification => &[
            "Cần xác minh tại chỗ, đã hẹn ngày với tổ dân phố.",
            "Xác minh thông tin tại nơi đăng ký cũ.",
        ],
        SuspensionGround::Dispute => {
            &["Thửa đất đang có đơn khiếu nại về ranh giới, chờ giải quyết."]
        }
        SuspensionGround::ForceMajeure => &["Mưa lũ làm gián đoạn việc kiểm tra thực địa."],
    };
    note(dice, from)
}

pub(super) fn discontinue(dice: &mut Dice, ground: DiscontinueGround) -> Note {
    let from: &[&str] = match ground {
        DiscontinueGround::NoSupplement => {
            &["Quá thời hạn mà giấy tờ chưa được bổ sung, đã gọi điện nhắc hai lần."]
        }
        DiscontinueGround::NoPayment => {
            &["Quá thời hạn mà nghĩa vụ tài chính chưa được thực hiện."]
        }
        _ => &[
            "Đối tượng của thủ tục không còn, người nộp đã xác nhận.",
            "Nội dung đề nghị đã được giải quyết trong một thủ tục khác.",
        ],
    };
    note(dice, from)
}

pub(super) fn withdrawal(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Người nộp chưa có nhu cầu nữa.",
            "Người nộp muốn chuẩn bị lại giấy tờ.",
            "Gia đình đã thống nhất làm thủ tục khác.",
        ],
    )
}

pub(super) fn extension(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Chưa nhận được ý kiến của cơ quan phối hợp. Xin lỗi anh/chị và xin hẹn lại ngày trả.",
            "Lượng hồ sơ tăng cao, cán bộ thụ lý nghỉ ốm. Chúng tôi xin lỗi vì sự chậm trễ này.",
            "Việc kiểm tra thực địa phải lùi lại do thời tiết. Xin lỗi và xin hẹn lại.",
        ],
    )
}

pub(super) fn late(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Chậm do chờ kết quả tra cứu từ cơ quan khác.",
            "Chậm do hồ sơ dồn sau kỳ nghỉ.",
            "Chậm do lỗi kết nối với phần mềm chuyên ngành, đã báo kỹ thuật.",
            "Chậm do người ký đi công tác, chưa kịp ủy quyền.",
            "Chậm do phải xác minh thêm tại cơ sở.",
        ],
    )
}

pub(super) fn send_back(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Sai chính tả tên đệm, đề nghị kiểm tra lại dự thảo.",
            "Căn cứ pháp lý ghi chưa đúng văn bản hiện hành.",
            "Đề nghị làm rõ kết quả xác minh trước khi trình ký.",
            "Thiếu chữ ký nháy, chuyển lại để hoàn thiện.",
        ],
    )
}

pub(super) fn refusal(dice: &mut Dice) -> Note {
    note(
        dice,
        &[
            "Không đủ điều kiện theo quy định, đã giải thích cho người nộp.",
            "Thông tin khai không khớp với kết quả xác minh.",
            "Vị trí không phù hợp quy hoạch.",
        ],
    )
}

/// Mostly nothing: people write only when there is something to say.
pub(super) fn completion(dice: &mut Dice) -> Note {
    if !dice.chance(0.12) {
        return Note::default();
    }
    note(
        dice,
        &[
            "Đã đối chiếu bản chính.",
            "Hồ sơ đầy đủ, hợp lệ.",
            "Đã tra cứu cơ sở dữ liệu dân cư, thông tin khớp.",
            "Đã kiểm tra thực địa, hiện trạng đúng như đơn.",
            "Đã trao đổi qua điện thoại với người nộp.",
            "Trình lãnh đạo ký.",
        ],
    )
}

pub(super) fn handed_over(dice: &mut Dice) -> Note {
    if !dice.chance(0.1) {
        return Note::default();
    }
    note(
        dice,
        &[
            "Người nộp đến nhận, đã ký sổ.",
            "Người nhà nhận thay, có giấy ủy quyền.",
            "Gửi qua bưu điện theo đăng ký.",
        ],
    )
}
