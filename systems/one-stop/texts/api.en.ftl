# What the API answers to programs

api-field-unknown = There is no such field.
api-field-missing = This field is missing.
api-field-wrong = The value is not right: { $why }
api-field-long = Longer than allowed.
api-field-none-such = There is no such code.
api-answer-wrong = The answer is not of the field's kind.
api-header = The value of this header is not right.

problem-malformed-json = What was sent is not JSON
problem-malformed-json-why = See the line and column that are named, mend it and send it again.
problem-stale = Somebody else has just changed the dossier
problem-stale-why = Read its new version, and do it again if it is still needed.
problem-refused = The rules do not allow this
problem-refused-why = See the rule that is named; the dossier is unchanged.
problem-no-procedure = No such procedure is in force
problem-no-procedure-why = Find the code of a procedure in force and send it again.
problem-no-cursor = That is no cursor
problem-no-cursor-why = Take the cursor of the page before, or begin anew.
problem-too-many-files = The dossier has too many files
problem-too-many-files-why = Put pages together into one PDF and send that.
problem-busy = The server is busy
problem-busy-why = Nothing was written. Send it again in a few seconds.
problem-idempotency-key-reused = This Idempotency-Key was used for another request
problem-idempotency-key-reused-why = Each request has a key of its own; send it with a new one.
problem-idempotency-key-taken = A request with the same key is being run
problem-idempotency-key-taken-why = Send it again in a moment to get the same answer.
problem-password-must-change = The password must be changed first
problem-password-must-change-why = Sign in on the pages, change the password and come back.
problem-wrong-credentials = Login or password is wrong
problem-wrong-credentials-why = Check them and try again; after many failures you have to wait.
problem-account-disabled = The account is disabled
problem-account-disabled-why = Ask the administrator of your agency.
