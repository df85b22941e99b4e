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

enter-title = Sign in to apply
enter-lead = You sign in once; what the state already has you need not enter again.
enter-by = Sign in with { $name }
enter-demo = Choose a person for the demonstration
enter-nobody = This province is not connected to an identity provider yet, so nobody can sign in. You can still apply at the nearest one-stop desk.
enter-what = What do we learn when you sign in?
enter-what-name = Your name, identity number, date of birth, address and telephone number, from the identity provider.
enter-what-use = Used only to fill in your applications and to reach you about them.
enter-what-see = Who looked at your data, when and why: the page “My data” records all of it.
enter-none = No identity account yet? The police of your commune open one free of charge. To follow an application you need not sign in:
enter-track = track it by the code on your receipt
enter-officer = An officer?
enter-officer-do = Sign in here
enter-more-title = Level 2 is needed
enter-more-lead = For this it must be certain that it is you. You confirm once more at the identity provider and come back to where you were; what you entered is kept.
enter-not-now = Not now
enter-again = Sign in again
enter-mine = To my page

enter-demo-note = A demonstration. Nothing here is real.
enter-demo-title = Try it as a citizen
enter-demo-lead = The demonstration is connected to no identity provider. These people are invented; choose one to see what they see.
enter-demo-level = Level of identification
enter-demo-level-n = Level { $n ->
    [1] 1: opened by its owner
   *[2] 2: compared by face and fingerprint
}
enter-demo-who = Enter as

enter-refused-away = { $name } does not answer
enter-refused-away-why = The identity provider does not answer; it is not your fault. What you entered is kept. Wait a few minutes and sign in again; if it is urgent, call 1022 or go to a one-stop desk.
enter-refused-went-back = You are not signed in
enter-refused-went-back-why = You went back at the identity provider, so nothing reached us. What you entered is kept.
enter-refused-stale = This attempt is over
enter-refused-stale-why = An attempt to sign in works once, within 10 minutes, in the browser in which it began. Please sign in again.
enter-refused-untrusted = You could not be signed in
enter-refused-untrusted-why = The answer of the identity provider does not fit this attempt, so it was not accepted, to keep you safe. Please sign in again; if it happens again, call 1022.
enter-refused-nameless = This account has no identity number
enter-refused-nameless-why = The identity provider does not tell your name or personal identity number, so we cannot know which dossiers are yours. Take your card to the police of your commune to have it added, or apply at a one-stop desk.
enter-refused-somebody-else = This is another person's account
enter-refused-somebody-else-why = You were at work under one account, but confirmed with another person's. What you were doing is kept under the first name. To change, sign out first.
enter-refused-too-low = The account is at level 1
enter-refused-too-low-why = This needs level 2. Take your card to the police of your commune to raise it (free of charge), or do this at a one-stop desk. What you entered is kept.

passkey-title = Passkeys
passkey-lead = A passkey stays in the device and opens by fingerprint, face or device code. There is no password to forget or to be tricked out of.
passkey-back = Back
passkey-make = Make a passkey on this device
passkey-none = There is none yet.
passkey-enter = Use a passkey of this device
passkey-since = Made { $at }
passkey-used = last used { $at }
passkey-name = Name to recognise it by
passkey-rename = Rename
passkey-remove = Remove this passkey
passkey-removed = Removed. Nobody can sign in with it any more.
passkey-renamed = The passkey has a new name.
passkey-nameless = A passkey of some device
passkey-script = Passkeys need JavaScript, which is off in this browser. The other ways to sign in work.
passkey-cannot = This browser cannot use passkeys yet. The other ways to sign in work.
passkey-stopped = The device did not confirm: you cancelled, it took too long, or there is no passkey on it. Try again, or sign in another way.
passkey-failed = The server does not answer. Try again in a few minutes, or sign in another way.
passkey-name-only = Passkeys work only at the proper address of the system. On a demonstration machine, use the name localhost instead of numbers.

problem-passkey-unknown = This passkey opens nothing
problem-passkey-unknown-why = It was removed, or belongs to another account. Sign in another way, then make a new one.
problem-passkey-copied = This passkey may have been copied
problem-passkey-copied-why = Its counter did not rise as it must, so it was not accepted, to keep you safe. Sign in another way, remove it and make a new one.
problem-passkey-unmade = The passkey was not made
problem-passkey-unmade-why = The device's answer does not fit the question. Please try again.
problem-passkey-full = There are enough passkeys
problem-passkey-full-why = Everybody has at most 10, and one for each device. Remove an old one first.
problem-passkey-late = That took too long
problem-passkey-late-why = A question to a passkey is good for 5 minutes. Please press again.
