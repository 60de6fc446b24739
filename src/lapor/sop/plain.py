"""The SOP's states, kinds and steps as a neighbour would say them, for citizens' pages, pictures and letters.

The desk and the SOP page keep the terms of `vocabulary`; each one that a citizen's page names stands here once,
Indonesian first.
"""

from __future__ import annotations

from lapor.sop.vocabulary import Classification, Clock, CloseReason, Status

Said = tuple[str, str]  # Indonesian, English

STATUS: dict[Status, Said] = {
    Status.UNVERIFIED: ("Menunggu diperiksa", "Waiting to be checked"),
    Status.DISPOSED: ("Menunggu ditindaklanjuti", "Waiting for action"),
    Status.IN_PROGRESS: ("Sedang ditangani", "Being handled"),
    Status.PENDING: ("Menunggu jawaban pelapor", "Waiting for the reporter's answer"),
    Status.CLOSED: ("Ditutup", "Closed"),
    Status.ARCHIVED: ("Disimpan di arsip", "Kept in the archive"),
    Status.ESCALATED: ("Diteruskan ke Ombudsman", "Passed on to the Ombudsman"),
}
# An ending says by whose word it came: silence is no success (C19).
ENDED: dict[CloseReason, Said] = {
    CloseReason.CONFIRMED: ("Selesai menurut pelapor", "Done, says the reporter"),
    CloseReason.SILENCE: ("Ditutup tanpa tanggapan pelapor", "Closed without word from the reporter"),
    CloseReason.REQUEST: ("Ditutup atas permintaan instansi", "Closed at the institution's request"),
    CloseReason.OMBUDSMAN: ("Selesai di Ombudsman", "Settled at the Ombudsman"),
    CloseReason.SETTLED: ("Sudah selesai saat dicatat", "Settled before it was written down"),
}
KIND: dict[Classification, Said] = {
    Classification.COMPLAINT: ("Pengaduan", "Complaint"),
    Classification.OVERSIGHT: (
        "Pengaduan tentang dugaan pelanggaran petugas",
        "Complaint about misconduct of officers",
    ),
    Classification.ASPIRATION: ("Aspirasi", "Aspiration"),
    Classification.INFORMATION: ("Pertanyaan", "Question"),
}
STEP: dict[Clock, Said] = {
    Clock.INTAKE: ("Laporan masuk antrean", "The report joins the queue"),
    Clock.VERIFY_NATIONAL: ("Pemeriksaan oleh Admin Pusat", "Check by the national desk"),
    Clock.VERIFY_AGENCY: ("Pemeriksaan oleh instansi", "Check by the institution"),
    Clock.DISPOSE_AGENCY: ("Penerusan ke unit yang harus menjawab", "Passing on to the unit that must answer"),
    Clock.DELIVERY: ("Penyampaian ke meja berikutnya", "Handing over to the next desk"),
    Clock.ACCEPT: ("Penerimaan oleh unit", "Taking on by the unit"),
    Clock.FIRST_RESPONSE: ("Jawaban pertama", "First answer"),
    Clock.UNIT_RECEIVES: ("Penerimaan oleh petugas unit", "Taking on by the unit's officers"),
    Clock.UNIT_ANSWERS: ("Jawaban petugas unit", "Answer of the unit's officers"),
    Clock.RELEASE: ("Penyampaian jawaban", "Passing on of the answer"),
    Clock.REPORTER_TOLD: ("Jawaban sampai ke pelapor", "The answer reaches the reporter"),
    Clock.HEAD: ("Keputusan pimpinan", "Decision of the head"),
    Clock.SUBSTANTIVE: ("Tindak lanjut", "Follow-up"),
}


def status_said(status: Status, ending: str = "", language: str = "id") -> str:
    """Say where a report stands; `ending` is the code of its CloseReason, where it is closed and known."""
    if status is Status.CLOSED and ending in ENDED:
        return _in(language, ENDED[CloseReason(ending)])
    return _in(language, STATUS[status])


def kind_said(kind: Classification, language: str = "id") -> str:
    """Say what kind of report it is."""
    return _in(language, KIND[kind])


def step_said(clock: Clock, language: str = "id") -> str:
    """Say which step a limit is for; what no public page counts keeps its term."""
    return _in(language, STEP[clock]) if clock in STEP else clock.label(language)


def _in(language: str, said: Said) -> str:
    return said[1] if language.startswith("en") else said[0]
