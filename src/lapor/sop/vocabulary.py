"""The words of the SOP, each with its Indonesian and its English name (docs/glossary.md is made from here)."""

from __future__ import annotations

from enum import Enum
from typing import Self


class Word(str, Enum):  # noqa: UP042 - StrEnum refuses members with more than a string
    """A term of the SOP: its stored code, and its names in Indonesian (`id`) and English (`en`)."""

    id: str
    en: str

    def __new__(cls, code: str, id: str = "", en: str = "") -> Self:
        """Make the term a plain string (its code) that also knows its two names; `Status(code)` finds it again."""
        word = str.__new__(cls, code)
        word._value_ = code
        word.id = id
        word.en = en
        return word

    def __str__(self) -> str:
        """Return the code, so that a term can be stored, compared and put into an address as it is."""
        return str(self.value)

    def label(self, language: str = "id") -> str:
        """Return the name in `language` ("id" or "en"; anything else reads Indonesian)."""
        return self.en if language.startswith("en") else self.id


class Role(Word):
    """Who acts. An officer holds a role at a desk, by a decree in force (S16 to S18)."""

    REPORTER = "reporter", "Pelapor", "Reporter"
    NATIONAL_ADMIN = "national_admin", "Admin Pusat", "National admin"
    AGENCY_ADMIN = "agency_admin", "Admin Instansi", "Agency admin"
    LIAISON = "liaison", "Pejabat Penghubung", "Liaison officer"
    UNIT_OFFICER = "unit_officer", "Petugas Satuan Kerja", "Unit officer"
    HEAD = "head", "Pimpinan Perangkat Daerah", "Head of unit"
    OMBUDSMAN = "ombudsman", "Ombudsman RI", "Ombudsman"
    KSP = "ksp", "Kantor Staf Presiden", "Executive Office of the President"
    PANRB = "panrb", "Kementerian PANRB", "Ministry of Administrative Reform"
    INSPECTORATE = "inspectorate", "Inspektorat", "Inspectorate"
    CLOCK = "clock", "Sistem", "System"


class Status(Word):
    """What the public sees of a report."""

    UNVERIFIED = "unverified", "Belum Terverifikasi", "Not yet verified"
    DISPOSED = "disposed", "Terdisposisi, Belum Ditindaklanjuti", "Disposed, not yet followed up"
    IN_PROGRESS = "in_progress", "Sedang Diproses", "In progress"
    PENDING = "pending", "Tertunda", "Pending"
    CLOSED = "closed", "Selesai", "Closed"
    ARCHIVED = "archived", "Arsip", "Archived"
    ESCALATED = "escalated", "Diteruskan ke Ombudsman RI", "Escalated to the Ombudsman"


OPEN = (Status.UNVERIFIED, Status.DISPOSED, Status.IN_PROGRESS, Status.PENDING, Status.ESCALATED)
FINAL = (Status.CLOSED, Status.ARCHIVED)


class Holder(Word):
    """Who owes the next step: one kind of desk, the reporter, or nobody."""

    NATIONAL = "national", "Admin Pusat", "National desk"
    AGENCY = "agency", "Admin Instansi", "Agency's desk"
    UNIT = "unit", "Pejabat Penghubung", "Unit's desk"
    UNIT_OFFICER = "unit_officer", "Satuan Kerja", "Unit officer"
    HEAD = "head", "Pimpinan", "Head of unit"
    REPORTER = "reporter", "Pelapor", "Reporter"
    OMBUDSMAN = "ombudsman", "Ombudsman RI", "Ombudsman"
    NOBODY = "nobody", "Tidak ada", "Nobody"


class Action(Word):
    """What may be done: the verbs of the SOP."""

    SUBMIT = "submit", "Menyampaikan laporan", "Submit"
    RECORD_OPEN = "record_open", "Mencatat pengaduan manual", "Record a manual complaint"
    RECORD_SETTLED = (
        "record_settled",
        "Mencatat pengaduan manual yang sudah selesai",
        "Record a settled manual complaint",
    )
    VERIFY = "verify", "Memverifikasi", "Verify"
    DISPOSE = "dispose", "Mendisposisikan", "Dispose"
    HANDLE_HERE = "handle_here", "Mengelola sendiri", "Handle here"
    RETURN = "return", "Mengembalikan (bukan kewenangan)", "Return (not our competence)"
    ASK = "ask", "Menunda dan bertanya kepada pelapor", "Ask the reporter"
    COMPLETE = "complete", "Melengkapi laporan", "Complete the report"
    ARCHIVE = "archive", "Mengarsipkan", "Archive"
    RESTORE = "restore", "Memulihkan dari arsip", "Restore from the archive"
    ACCEPT = "accept", "Menerima disposisi", "Accept the disposition"
    REDISPOSE = "redispose", "Mendisposisikan ulang", "Dispose again"
    TRANSFER = "transfer", "Menyerahkan ke unit lain", "Hand over to another unit"
    ADD_HANDLER = "add_handler", "Menambah unit pendamping", "Add a co-handling unit"
    CONTRIBUTE = "contribute", "Menyampaikan bahan unit pendamping", "Contribute as co-handler"
    RESPOND_FIRST = "respond_first", "Memberi respon awal", "Give the first response"
    FORWARD = "forward", "Meneruskan ke satuan kerja", "Forward to a unit officer"
    RECEIVE = "receive", "Menerima penerusan", "Receive"
    ANSWER = "answer", "Menjawab kepada Pejabat Penghubung", "Answer the liaison"
    RELEASE = "release", "Menyampaikan jawaban sebagai respon awal", "Release the answer as first response"
    RELEASE_FOLLOW_UP = (
        "release_follow_up",
        "Menyampaikan jawaban sebagai tindak lanjut",
        "Release the answer as follow-up",
    )
    SEND_BACK_ANSWER = "send_back_answer", "Mengembalikan jawaban ke satuan kerja", "Send the answer back"
    RECALL = "recall", "Menarik kembali", "Take back"
    BRIEF = "brief", "Menyampaikan kepada pimpinan", "Brief the head"
    INSTRUCT = "instruct", "Memberi arahan", "Instruct"
    APPROVE = "approve", "Menyetujui", "Approve"
    ASK_BACK = "ask_back", "Bertanya balik kepada Pejabat Penghubung", "Ask the liaison back"
    FOLLOW_UP = "follow_up", "Menindaklanjuti", "Follow up"
    EVALUATE = "evaluate", "Menilai jawaban memadai", "Evaluate the answer as adequate"
    SEND_BACK = "send_back", "Mengembalikan jawaban ke unit", "Send back to the unit"
    REPLY = "reply", "Membalas", "Reply"
    OBJECT = "object", "Menyatakan belum selesai", "Object"
    CONFIRM = "confirm", "Menyatakan selesai dan menilai", "Confirm and rate"
    WITHDRAW = "withdraw", "Mencabut laporan", "Withdraw"
    TAKE_BACK = "take_back", "Menarik entri manual", "Take a manual entry back"
    REOPEN = "reopen", "Membuka kembali", "Reopen"
    ANSWER_CONSENT = "answer_consent", "Menjawab permintaan persetujuan", "Answer the request for consent"
    REQUEST_CLOSING = "request_closing", "Meminta penutupan", "Request closing"
    APPROVE_CLOSING = "approve_closing", "Menyetujui penutupan", "Approve closing"
    REFUSE_CLOSING = "refuse_closing", "Menolak penutupan", "Refuse closing"
    RECORD_OUTCOME = "record_outcome", "Mencatat hasil Ombudsman", "Record the Ombudsman's outcome"
    RECORD_PROGRESS = "record_progress", "Mencatat perkembangan di Ombudsman", "Record progress at the Ombudsman"
    ASK_DATA = "ask_data", "Meminta data untuk Ombudsman RI", "Ask for data for the Ombudsman"
    GIVE_DATA = "give_data", "Memberikan data kepada Ombudsman RI", "Give the Ombudsman data"
    EDIT_TEXT = "edit_text", "Memperbaiki bahasa laporan", "Edit the wording"
    CLASSIFY = "classify", "Mengatur klasifikasi dan kategori", "Set classification and category"
    CHANGE_SECRECY = "change_secrecy", "Mengubah kerahasiaan", "Change secrecy"
    NOTE = "note", "Menulis catatan internal", "Write an internal note"
    CONSULT = "consult", "Mengonsultasikan ke unit lain", "Consult another unit"
    MARK_FILE = "mark_file", "Mengubah siapa yang boleh melihat berkas", "Change who may see a file"
    LINK = "link", "Menautkan laporan", "Link reports"
    UNLINK = "unlink", "Melepas tautan", "Unlink reports"
    JOIN_CAUSE = "join_cause", "Menggabungkan pada penyebab bersama", "Join to a shared cause"
    LEAVE_CAUSE = "leave_cause", "Melepas dari penyebab bersama", "Take out of a shared cause"
    CAUSE_FIXED = "cause_fixed", "Mengabarkan bahwa penyebab bersama selesai", "Tell that a shared cause is fixed"
    REMIND_PENDING = "remind_pending", "Mengingatkan pelapor untuk melengkapi", "Remind the reporter to complete"
    LAPSE_PENDING = "lapse_pending", "Mengarsipkan karena tidak dilengkapi", "Archive as never completed"
    REMIND_SILENCE = "remind_silence", "Mengingatkan pelapor sebelum ditutup", "Remind the reporter before closing"
    LAPSE = "lapse", "Menutup karena tidak ada tanggapan pelapor", "Close by silence"
    ASK_CONSENT = "ask_consent", "Meminta persetujuan penerusan identitas", "Ask for consent to share identity"
    ESCALATE = "escalate", "Meneruskan ke Ombudsman RI", "Escalate to the Ombudsman"
    HOLD_BACK = "hold_back", "Menahan jawaban yang menunggu dikirim", "Hold back an answer that waited to leave"
    BREACH = "breach", "Mencatat keterlambatan", "Record a breach"
    EXPLAIN_BREACH = "explain_breach", "Menjelaskan keterlambatan", "Explain a breach"
    ACKNOWLEDGE_BREACH = "acknowledge_breach", "Mengetahui keterlambatan", "Acknowledge a breach"
    IMPORT = "import", "Mengimpor riwayat", "Import history"
    CLAIM = "claim", "Menyimpan ke akun", "Keep in an account"


class Concern(Word):
    """What a reporter finds wrong; told to the officers beside the words, it moves nothing by itself."""

    NOT_DONE = "not_done", "Belum dikerjakan atau belum selesai", "Not done, or not finished"
    NOT_COMPLETE = "not_complete", "Jawabannya belum lengkap", "The answer is not complete"
    WRONG_CATEGORY = "wrong_category", "Kategorinya keliru", "Wrong category"
    WRONG_AGENCY = "wrong_agency", "Instansinya keliru", "Wrong institution"


class Praise(Word):
    """What was good about the handling, ticked with the stars."""

    FAST = "fast", "Cepat ditangani", "Handled quickly"
    POLITE = "polite", "Petugasnya ramah", "Polite officers"
    CLEAR = "clear", "Jawabannya jelas", "Clear answers"
    WELL_DONE = "well_done", "Hasilnya baik", "A good result"


class Blame(Word):
    """What was not good about the handling, ticked with the stars."""

    SLOW = "slow", "Terlalu lama", "Took too long"
    IMPOLITE = "impolite", "Petugasnya kurang ramah", "Impolite officers"
    UNCLEAR = "unclear", "Jawabannya kurang jelas", "Unclear answers"
    POORLY_DONE = "poorly_done", "Hasilnya kurang baik", "A poor result"


class Clock(Word):
    """What is timed. Limits and targets come from the SOP profile."""

    INTAKE = "intake", "Masuk antrean", "Visible in the queue"
    VERIFY_NATIONAL = "verify_national", "Verifikasi Admin Pusat", "Verification at the national desk"
    VERIFY_AGENCY = "verify_agency", "Verifikasi Admin Instansi", "Verification at the agency"
    DISPOSE_AGENCY = "dispose_agency", "Disposisi Admin Instansi", "Disposition at the agency"
    DELIVERY = "delivery", "Penyampaian ke meja berikutnya", "Delivery to the next desk"
    ACCEPT = "accept", "Penerimaan disposisi", "Acceptance"
    FIRST_RESPONSE = "first_response", "Respon awal", "First response"
    UNIT_RECEIVES = "unit_receives", "Penerimaan satuan kerja", "Unit receives"
    UNIT_ANSWERS = "unit_answers", "Jawaban satuan kerja", "Unit answers"
    RELEASE = "release", "Penyampaian jawaban", "Release of the answer"
    REPORTER_TOLD = "reporter_told", "Pelapor menerima jawaban", "Reporter is told"
    HEAD = "head", "Tindak lanjut pimpinan", "Head's instruction"
    SUBSTANTIVE = "substantive", "Tindak lanjut", "Substantive follow-up"
    SILENCE_REMINDER = "silence_reminder", "Pengingat sebelum ditutup", "Reminder before closing"
    SILENCE = "silence", "Tanggapan pelapor", "Reporter's silence"
    CONSENT = "consent", "Permintaan persetujuan", "Request for consent"
    ESCALATION = "escalation", "Penerusan ke Ombudsman RI", "Escalation to the Ombudsman"
    PENDING_REMINDER = "pending_reminder", "Pengingat pertama untuk melengkapi", "First reminder to complete"
    PENDING_REMINDER_2 = "pending_reminder_2", "Pengingat kedua untuk melengkapi", "Second reminder to complete"
    PENDING = "pending", "Batas melengkapi laporan", "Limit to complete the report"
    DECIDE_CLOSING = "decide_closing", "Keputusan permintaan penutupan", "Decision on a closing request"
    MANUAL_ENTRY = "manual_entry", "Entri pengaduan manual", "Manual entry"
    SOCIAL_ENTRY = "social_entry", "Entri pesan media sosial", "Social-media message becomes a report"
    REOPEN_WINDOW = "reopen_window", "Masa membuka kembali", "Window to reopen"
    APPEAL_WINDOW = "appeal_window", "Masa banding arsip", "Window to appeal an archiving"


class Fact(Word):
    """What else must be true, or must not be, before a step is allowed; the names complete "because ..."."""

    VERIFIED = "verified", "laporan sudah diverifikasi", "the report has been verified"
    ACCEPTED = "accepted", "disposisi sudah diterima", "the disposition has been accepted"
    FIRST_RESPONDED = "first_responded", "respon awal sudah diberikan", "the first response has been given"
    FOLLOWED_UP = "followed_up", "tindak lanjut sudah diberikan", "a substantive follow-up has been given"
    ANSWER_WAITING = "answer_waiting", "ada jawaban satuan kerja yang menunggu", "an answer of the unit is waiting"
    UNIT_ASSIGNED = "unit_assigned", "laporan ditangani sebuah unit", "a unit handles the report"
    CLOSING_REQUESTED = "closing_requested", "penutupan sedang diminta", "closing has been requested"
    CLOSING_LIMIT_PASSED = (
        "closing_limit_passed",
        "batas penutupan otomatis sudah lewat",
        "the limit of automatic closing has passed",
    )
    FOLLOW_UP_SPENT = (
        "follow_up_spent",
        "tindak lanjut terakhir tidak dapat menjadi dasar lagi, perlu tindak lanjut baru dahulu",
        "the last follow-up no longer counts: a new one comes first",
    )
    I_REQUESTED = "i_requested", "Anda sendiri yang meminta penutupan", "you yourself asked for the closing"
    UNIT_RETURNS_SPENT = (
        "unit_returns_spent",
        "sudah dua kali dikembalikan, koordinator yang memutuskan",
        "it was returned twice: the coordinator decides",
    )
    AGENCY_RETURNS_SPENT = (
        "agency_returns_spent",
        "sudah dua kali dikembalikan, Admin Pusat yang memutuskan",
        "it was returned twice: the national desk decides",
    )
    REOPEN_WINDOW_OPEN = (
        "reopen_window_open",
        "masa membuka kembali masih berlaku",
        "the window to reopen is still open",
    )
    APPEAL_WINDOW_OPEN = "appeal_window_open", "masa banding arsip masih berlaku", "the window to appeal is still open"
    RESTORED_BEFORE = "restored_before", "laporan sudah pernah dipulihkan", "the report has been restored before"
    CONSENT_ASKED = "consent_asked", "persetujuan sudah dimintakan", "consent has been asked"
    CO_HANDLER = "co_handler", "unit Anda menjadi unit pendamping", "your unit is a co-handler"
    JUST_ENTERED = (
        "just_entered",
        "pengaduan ini Anda sendiri yang mengentri hari ini dan belum ada langkah lain",
        "you entered this complaint yourself today, and nothing else has happened to it",
    )
    BLOCKED_CONTENT = "blocked_content", "isi laporan diblokir", "the content is blocked"


class Told(Word):
    """Who hears of a step."""

    REPORTER = "reporter", "Pelapor", "Reporter"
    HOLDER = "holder", "Pemegang baru", "The new holder"
    PREVIOUS = "previous", "Pemegang sebelumnya", "The previous holder"
    AGENCY = "agency", "Admin Instansi", "Agency's desk"
    UNIT = "unit", "Pejabat Penghubung", "Unit's desk"
    HEAD = "head", "Pimpinan", "Head of unit"
    OMBUDSMAN = "ombudsman", "Ombudsman RI", "Ombudsman"
    NAMED = "named", "Yang disebut", "Those named"


class Classification(Word):
    """Kinds of report; each has its own limit for the substantive follow-up."""

    COMPLAINT = "complaint", "Pengaduan Tidak Berkadar Pengawasan", "Complaint"
    OVERSIGHT = "oversight", "Pengaduan Berkadar Pengawasan", "Oversight complaint"
    ASPIRATION = "aspiration", "Aspirasi", "Aspiration"
    INFORMATION = "information", "Permintaan Informasi", "Request for information"


class Channel(Word):
    """The ways a report may come in (S3, S37 to S39, S72 to S75, C17)."""

    WEB = "web", "Website", "Website"
    AGENCY_WEB = "agency_web", "Website instansi", "Institution's website"
    SMS = "sms", "SMS 1708", "SMS 1708"
    ANDROID = "android", "Android", "Android"
    IOS = "ios", "iOS", "iOS"
    EMAIL = "email", "Surel", "E-mail"
    WHATSAPP = "whatsapp", "WhatsApp", "WhatsApp"
    FACEBOOK = "facebook", "Facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram", "Instagram"
    X = "x", "X (Twitter)", "X (Twitter)"
    YOUTUBE = "youtube", "YouTube", "YouTube"
    HOTLINE = "hotline", "Hotline / pusat panggilan", "Hotline"
    COUNTER = "counter", "Tatap muka", "Counter"
    LETTER = "letter", "Surat", "Letter"
    API = "api", "API", "API"
    OTHER = "other", "Kanal lain", "Another channel"


SOCIAL = (Channel.FACEBOOK, Channel.INSTAGRAM, Channel.X, Channel.YOUTUBE, Channel.WHATSAPP)


class CloseReason(Word):
    """Why a report is closed; the reasons are never added up (C19)."""

    CONFIRMED = "confirmed", "Dinyatakan selesai oleh pelapor", "Confirmed by the reporter"
    SILENCE = "silence", "Ditutup karena pelapor tidak menanggapi", "Closed by the reporter's silence"
    REQUEST = "request", "Ditutup Admin Pusat atas permintaan", "Closed on request"
    OMBUDSMAN = "ombudsman", "Selesai di Ombudsman RI", "Settled at the Ombudsman"
    SETTLED = "settled", "Sudah selesai saat dicatat", "Settled before it was recorded"


class ArchiveReason(Word):
    """Why a report lies in the archive (S53, S54, C10)."""

    UNCLEAR = "unclear", "Tidak jelas", "Unclear"
    SUGGESTION = "suggestion", "Saran atau masukan umum", "General suggestion"
    NOT_GOVERNMENT = "not_government", "Tidak berkaitan dengan pemerintah", "Not about government"
    SPAM = "spam", "Spam", "Spam"
    HATE = "hate", "Hanya berisi SARA", "Nothing but hate"
    WITHDRAWN = "withdrawn", "Dicabut pelapor", "Withdrawn by the reporter"
    MISTAKEN = "mistaken", "Salah entri", "Entered by mistake"


class EditReason(Word):
    """The SOP's reasons to change a report's wording, never its substance (S44, S46 to S48)."""

    REGIONAL = "regional", "Laporan berbahasa daerah", "Regional language"
    ABBREVIATIONS = "abbreviations", "Banyak kata disingkat", "Many abbreviations"
    STRUCTURE = "structure", "Kalimat tidak tersusun baik", "Badly built sentences"
    SMARTCASE = "smartcase", "Huruf kapital seluruhnya (SmartCase)", "All capitals (SmartCase)"
    SPELLING = "spelling", "Ejaan (EYD)", "Spelling (EYD)"
    TONE = "tone", "Kata yang menyinggung atau SARA disamarkan", "Offensive words masked"
    PERSONAL_DATA = "personal_data", "Data pribadi disamarkan", "Personal data masked"


class RedisposeReason(Word):
    """Why a report is disposed again (S57)."""

    ERROR = "error", "Kesalahan disposisi", "Error of disposition"
    CHANGE = "change", "Perubahan disposisi", "Change of disposition"


class ResponseKind(Word):
    """What was said on a report, and how far it is heard."""

    QUESTION = "question", "Pertanyaan kepada pelapor", "Question to the reporter"
    FIRST_RESPONSE = "first_response", "Respon awal", "First response"
    FOLLOW_UP = "follow_up", "Tindak lanjut", "Follow-up"
    DECISION = "decision", "Keputusan", "Decision"
    REPLY = "reply", "Balasan pelapor", "Reporter's reply"
    COMPLETION = "completion", "Kelengkapan dari pelapor", "Reporter's completion"
    OBJECTION = "objection", "Keberatan pelapor", "Reporter's objection"
    UNIT_ANSWER = "unit_answer", "Jawaban satuan kerja", "Unit's answer"
    INSTRUCTION = "instruction", "Arahan pimpinan", "Head's instruction"
    HANDOVER = "handover", "Pengantar disposisi", "Cover note of a disposition"
    NOTE = "note", "Catatan internal", "Internal note"
    CAUSE = "cause", "Kabar penyebab bersama", "News of a shared cause"


class Audience(Word):
    """How far a response is heard."""

    PUBLIC = "public", "Publik", "Public"
    REPORTER = "reporter", "Pelapor saja", "Reporter only"
    OFFICERS = "officers", "Petugas saja", "Officers only"


class LinkKind(Word):
    """How two reports hang together."""

    DUPLICATE = "duplicate", "Laporan ganda", "Duplicate"
    CAUSE = "cause", "Penyebab sama", "Same cause"
