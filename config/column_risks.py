"""The risk class of the stored columns whose kind does not say it. By table: its columns by their class, joined by blanks."""

from __future__ import annotations

from core.risks import IDENTIFIER, OPERATIONAL, PSEUDONYM, QUASI, SENSITIVE, Risk

NAMED: dict[str, dict[Risk, str]] = {
    # A report is made of public figures; what people write in it is checked before it is published.
    "annual.ReportDraft": {OPERATIONAL: "year documents places numbers basis correction_da correction_en software"},
    "annual.ReportEdition": {OPERATIONAL: "language document data data_digest pdf pdf_digest"},
    "annual.ReportOrder": {OPERATIONAL: "year correction_da correction_en state message"},
    "annual.ReportPublication": {OPERATIONAL: "year version"},
    "annual.ReportText": {OPERATIONAL: "place text_da text_en"},
    "api.IdempotencyRecord": {OPERATIONAL: "status version", PSEUDONYM: "key_digest fingerprint reference"},
    "cases.Assessment": {
        OPERATIONAL: "version schema_version",
        QUASI: "partner_id client_id recorded_at superseded_at",
        PSEUDONYM: "id",
    },
    "cases.Case": {QUASI: "opened_at opened_by_id", PSEUDONYM: "id token"},
    "cases.InventedData": {OPERATIONAL: "id"},
    "cases.Referral": {
        OPERATIONAL: "version status schema_version",
        QUASI: "partner_id client_id recorded_at superseded_at",
        PSEUDONYM: "id reference",
    },
    "duplicates.Duplicate": {OPERATIONAL: "reasons", QUASI: "score"},
    "duplicates.DuplicateDecision": {OPERATIONAL: "decision reasons reason_code", QUASI: "score"},
    # A linkage code stands for a name and a date of birth. It is stored as an HMAC. Only with both the partners' key and
    # our pepper could anybody try names on it.
    "duplicates.LinkageCode": {QUASI: "partner_id recorded_at", PSEUDONYM: "reference digest"},
    "erased.ErasedReference": {QUASI: "partner_id", PSEUDONYM: "digest"},
    "erased.ErasedToken": {PSEUDONYM: "digest"},
    # Digests of erased tokens and references. They lead to nobody: only with a name and the pepper can anybody recognise
    # the name.
    "erased.ExpiredYear": {OPERATIONAL: "year identified"},
    "erased.Tombstone": {OPERATIONAL: "reason_code", SENSITIVE: "counts"},
    # Drawn of published figures alone, and public as they are.
    "figures.ChartPicture": {OPERATIONAL: "answer name kind place title alt svg portrait png width height"},
    # A batch names rules, columns and rows, and says how many rows there were, as staff may know of a partner anyway.
    "intake.Batch": {
        OPERATIONAL: (
            "state stage handling format language sheet total done applied created corrected unchanged rejected held "
            "problem mapping findings questions columns"
        ),
        PSEUDONYM: "key_digest fingerprint content_digest",
    },
    "intake.ColumnMapping": {OPERATIONAL: "content version"},
    "intake.Confirmation": {OPERATIONAL: "rule reason_code", PSEUDONYM: "digest"},
    # Heads and cells that the guard looked at twice, and nothing else of the file that was sent.
    "intake.ErrorFile": {OPERATIONAL: "format", QUASI: "content"},
    # Counts of a partner, a year and a rule may be of one person.
    "intake.RevalidationReport": {OPERATIONAL: "schema_version", QUASI: "referrals refused held counts"},
    "intake.RowResult": {OPERATIONAL: "index line outcome version", QUASI: "findings", PSEUDONYM: "reference"},
    "intake.StagedRow": {
        OPERATIONAL: "batch_id index line expected seen",
        QUASI: "checks",
        PSEUDONYM: "reference digest content token new_token case_id",
    },
    # A file is made of public figures alone.
    "international.InternationalFile": {OPERATIONAL: "body year content basis"},
    # A job names rows by their ids, and an error by a class of the program and a line of its code.
    "jobs.Job": {
        OPERATIONAL: (
            "queue_name task_name priority lock queueing_lock args status attempts worker_id henvis_error henvis_where"
        )
    },
    "linking.AttributeDecision": {OPERATIONAL: "field reason_code", QUASI: "code"},
    # Which cases are one person is as sensitive as a token. The member of staff who decided is never shown outside the
    # admin.
    "linking.LinkDecision": {OPERATIONAL: "kind reason_code"},
    "linking.RecordLink": {QUASI: "partner_id", PSEUDONYM: "reference"},
    # Whose processing is restricted is as sensitive as a token.
    "linking.RestrictedCase": {PSEUDONYM: "restriction"},
    "mail.AddressCode": {SENSITIVE: "digest"},
    "mail.MailOutcome": {OPERATIONAL: "code"},
    "mail.Mailbox": {OPERATIONAL: "language opt_outs", IDENTIFIER: "address"},
    "mail.Mailing": {OPERATIONAL: "kind key language"},
    # Notices are written to be read by everybody, and what partners say of them is of organisations.
    "notices.Acknowledgement": {OPERATIONAL: "kind month channel"},
    "notices.Crisis": {OPERATIONAL: "code title_da title_en started_on forms"},
    "notices.CrisisEnd": {OPERATIONAL: "ended_on"},
    "notices.Notice": {
        OPERATIONAL: "issuer_da issuer_en subject_code audience severity urgency certainty regions language source"
    },
    "notices.NoticePublication": {OPERATIONAL: "language number"},
    "notices.NoticeSheet": {OPERATIONAL: "pdf digest"},
    "notices.NoticeText": {OPERATIONAL: "language title text sms"},
    "notices.ServiceStatus": {OPERATIONAL: "place region state until address"},
    "organisations.AgreementConfirmation": {OPERATIONAL: "kind version digest"},
    "organisations.Mandate": {OPERATIONAL: "since until"},
    "organisations.PartnerName": {OPERATIONAL: "name since"},
    "organisations.SuccessionRequest": {OPERATIONAL: "since"},
    "partners.AccessRequest": {OPERATIONAL: "act role name scopes", SENSITIVE: "second_code", IDENTIFIER: "recipient"},
    "partners.AuditEvent": {OPERATIONAL: "action subject detail"},
    # Most is the toolkit's own. A machine has no user and goes nowhere by redirect; the secret is empty by constraint.
    "partners.Client": {
        OPERATIONAL: (
            "client_id redirect_uris post_logout_redirect_uris client_type authorization_grant_type name algorithm "
            "allowed_origins registration_source scopes"
        ),
        SENSITIVE: "client_secret",
    },
    "partners.Partner": {
        OPERATIONAL: "name kind mode reporting report_due_days reporting_since umbrella agreement_kind"
    },
    # It tells who guesses a pepper that he was right; one of 32 random bytes cannot be guessed.
    "partners.PepperFingerprint": {SENSITIVE: "fingerprint"},
    # How much a client or a person of a partner reads, and when; of whom nothing.
    "partners.RecordRead": {OPERATIONAL: "operation rows"},
    "partners.Secret": {SENSITIVE: "digest hint"},
    # Counters of attempts; the key is a hash of an action with a user's name or a client's address.
    "people.CacheEntry": {OPERATIONAL: "value", IDENTIFIER: "key"},
    "people.Invitation": {OPERATIONAL: "role", SENSITIVE: "digest", IDENTIFIER: "recipient"},
    "people.Membership": {OPERATIONAL: "role"},
    "people.WebSession": {SENSITIVE: "session_key session_data"},
    # All of it is of plans and published figures; a second person reads what is typed in before it is public.
    "plans.IndicatorDecision": {OPERATIONAL: "reason"},
    "plans.ObservationDecision": {OPERATIONAL: "reason"},
    "plans.PlanIndicator": {
        OPERATIONAL: (
            "plan area code label_da label_en definition_da definition_en unit source dataset filters measure baseline_year "
            "baseline_value target_value direction due_year"
        )
    },
    "plans.PlanObservation": {OPERATIONAL: "year value source_da source_en"},
    "quality.DeskLook": {OPERATIONAL: "page reason_code"},
    "quality.FeedbackRead": {OPERATIONAL: "year"},
    # Bands of shares that everybody may be told.
    "quality.FieldComparison": {OPERATIONAL: "year field low high"},
    # Rule and field are names of ours and no value. A count of one says that one row was wrong, and its rule may say in
    # what way: roles that see no records are shown small counts as 1 to 4. A rejected row is no record, and no case or
    # reference leads to it, so an erasure has nothing to look for here.
    "quality.RuleTally": {OPERATIONAL: "month rule field", QUASI: "rows"},
    "reporting.CoverageNote": {OPERATIONAL: "content"},
    # When a partner first reported on a month. Compared with the rows that are left, it shows only that a referral was
    # deleted.
    "reporting.FirstReport": {OPERATIONAL: "month", QUASI: "first_at"},
    # That a month is complete says nothing of any person.
    "reporting.MonthCompletion": {OPERATIONAL: "month"},
    # Who reads that a field of a referral was doubted reads something of its person.
    "retention.ArchiveTransfer": {OPERATIONAL: "first_year last_year package digest"},
    "retention.RetentionHold": {OPERATIONAL: "year until_on reason_code"},
    "returns.Return": {
        OPERATIONAL: "version due",
        QUASI: "partner_id reason_code field asked_at",
        PSEUDONYM: "reference",
    },
    "returns.ReturnEnd": {OPERATIONAL: "code"},
    "returns.ReturnReview": {OPERATIONAL: "code"},
    "services.CountAssignment": {OPERATIONAL: "form since"},
    # Small counts of a partner can point at somebody, as a referral's codes can.
    "services.CountReport": {
        OPERATIONAL: "form form_version version",
        QUASI: "partner_id client_id period content recorded_at superseded_at",
    },
    # Free text of staff in the calendar: everybody reads it.
    "statistics.AnnouncedDate": {
        OPERATIONAL: "entry sequence period title_da title_en month status reason_da reason_en"
    },
    "statistics.BuildOrder": {
        OPERATIONAL: (
            "kind period audience choice change_notes_da change_notes_en reason_da reason_en state message proposals"
        )
    },
    "statistics.Certificate": {OPERATIONAL: "body"},
    "statistics.CountedFact": {OPERATIONAL: "fact", SENSITIVE: "persons"},
    "statistics.DraftChange": {OPERATIONAL: "dataset axes", QUASI: "codes", SENSITIVE: "before after change"},
    "statistics.DraftRefusal": {OPERATIONAL: "reason"},
    "statistics.DraftSumCoverage": {OPERATIONAL: "dataset due came beside knowing"},
    # Sums of counts: of a draft as exact cells. A leaf is what a partner reported, and can point at somebody as a report
    # can.
    "statistics.DraftSumTable": {OPERATIONAL: "dataset measure axes", QUASI: "codes hidden", SENSITIVE: "counts"},
    "statistics.DraftSumTold": {OPERATIONAL: "dataset measure axes", QUASI: "codes", SENSITIVE: "least most"},
    "statistics.DraftTold": {OPERATIONAL: "dataset axes", QUASI: "codes", SENSITIVE: "least most"},
    "statistics.ErasedCount": {OPERATIONAL: "dataset", QUASI: "month leaves", PSEUDONYM: "hash"},
    "statistics.ErasedKnowledge": {QUASI: "partner_id", PSEUDONYM: "record"},
    "statistics.Erratum": {OPERATIONAL: "text_da text_en"},
    "statistics.FactDecision": {OPERATIONAL: "fact decision low high reason"},
    "statistics.FactDecisionEnd": {OPERATIONAL: "outcome reason"},
    "statistics.PreReleaseAccess": {OPERATIONAL: "roles looks"},
    "statistics.Proof": {OPERATIONAL: "certificate against margins behind", SENSITIVE: "report"},
    # A draft is no better than exact cells until its proof has passed; what is published is.
    "statistics.ProtectedTable": {
        OPERATIONAL: "dataset axes symbol",
        QUASI: "codes hidden within",
        SENSITIVE: "counts",
    },
    "statistics.Publication": {OPERATIONAL: "grounds reason_da reason_en"},
    "statistics.PublishedChange": {OPERATIONAL: "dataset axes codes before after change"},
    "statistics.PublishedSumCoverage": {OPERATIONAL: "dataset due came beside knowing"},
    "statistics.PublishedSumTable": {OPERATIONAL: "dataset measure axes codes counts hidden"},
    "statistics.PublishedSumTold": {OPERATIONAL: "dataset measure axes codes least most"},
    "statistics.PublishedTable": {OPERATIONAL: "dataset axes codes counts hidden symbol within"},
    "statistics.PublishedTold": {OPERATIONAL: "dataset axes codes least most"},
    # Exact cells: a count of one is a person. The other columns say what was counted and by which rules.
    "statistics.Release": {
        OPERATIONAL: (
            "id period first_month last_month vintage audience settings codelists cells commitment notes change_notes_da "
            "change_notes_en reason_da reason_en software rule"
        ),
        PSEUDONYM: "snapshots digest",
        SENSITIVE: "records",
    },
    "statistics.ReleaseTable": {OPERATIONAL: "dataset axes", QUASI: "codes", SENSITIVE: "counts"},
    "statistics.ScheduleEnd": {OPERATIONAL: "outcome code"},
    "statistics.ScheduledPublication": {OPERATIONAL: "reason_da reason_en"},
    "statistics.SnapshotRecord": {OPERATIONAL: "dataset", QUASI: "month codes", PSEUDONYM: "record"},
    "statistics.SumLeaf": {OPERATIONAL: "dataset", QUASI: "partner_id sender_id period month marks codes value"},
    "statistics.Withdrawal": {OPERATIONAL: "reason"},
    "statistics.WithdrawalRequest": {OPERATIONAL: "reason"},
    "subject_requests.RequestStep": {OPERATIONAL: "act day restriction", QUASI: "code ground"},
    # That somebody asked for something, on a day and in a way. Whoever knows that a person did may recognise the request.
    "subject_requests.SubjectRequest": {QUASI: "kind channel received_on due_on"},
    "windows.ReceiptFile": {OPERATIONAL: "language", QUASI: "content"},
    "windows.ReceiptSignature": {OPERATIONAL: "public_key value"},
    "windows.RecordOpening": {PSEUDONYM: "digest"},
    "windows.Reopening": {OPERATIONAL: "year until_on reason_code"},
    "windows.WindowChange": {OPERATIONAL: "year opens_on deadline_on new_until corrections_until reason_code"},
    # The text has how many referrals each month had, and the name of who signed.
    "windows.YearReceipt": {OPERATIONAL: "year number digest", QUASI: "document"},
}
