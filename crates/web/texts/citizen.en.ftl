# Citizens: signing in, the frame of a page.

citizen-unit = Public services
citizen-sign-in = Sign in
citizen-called = { $called ->
    [ong] Mr { $name }
    [ba] Ms { $name }
   *[ongba] { $name }
}
citizen-tab-home = Home
citizen-tab-dossiers = Dossiers
citizen-tab-feedback = Feedback
citizen-tab-me = Me
