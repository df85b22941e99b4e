# Người dân: đăng nhập, khung trang.

citizen-unit = Dịch vụ công
citizen-sign-in = Đăng nhập
citizen-called = { $called ->
    [ong] Ông { $name }
    [ba] Bà { $name }
   *[ongba] { $name }
}
citizen-tab-home = Trang chủ
citizen-tab-dossiers = Hồ sơ
citizen-tab-feedback = Phản ánh
citizen-tab-me = Tôi
