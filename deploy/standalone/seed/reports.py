"""The five reports with which the training begins (domain.md 7). Nobody in them exists."""

from typing import Any, Final

from shared.contracts.codes import row

_SADIA, _RONTU, _KOLO = "52.72.05.1002", "52.72.04.1002", "52.72.03.1004"
_MELAYU, _JATIWANGI = "52.72.03.1001", "52.72.03.1002"


def _safe(**changes: str) -> dict[str, str]:
    nothing = dict.fromkeys(
        (
            "with_perpetrator_now",
            "injured_now",
            "incident_within_72h",
            "threat_to_kill",
            "weapon_access",
            "suicidal_thought",
            "child_alone_with_perpetrator",
        ),
        "TIDAK",
    )
    return nothing | {"can_talk_now": "YA", "safe_place_tonight": "YA"} | changes


def _person(name: str, sex: str, birth_date: str, kelurahan: str, **more: Any) -> dict[str, Any]:
    row("AREA", kelurahan)  # a code that is not in the list shows here, not in the training
    base = {
        "name": name,
        "sex": sex,
        "birth_date": birth_date,
        "kelurahan": kelurahan,
        "nik_status": "TIDAK_DIKETAHUI",
        "safe_contact_mode": "TELEPON",
        "safe_contact_hour": "Hari kerja, pagi",
        "phone": "0800-0000-0100",
        "language": "id",
        "disability": ["TIDAK"],
        "accommodation": ["TIDAK_PERLU"],
    }
    return base | more


KTP: Final = {
    "reporter": {
        "channel": "LANGSUNG",
        "reported_at": "2026-03-02T09:10:00+08:00",
        "reporter_type": "KORBAN",
        "name": "Ibu Mawar",
        "arrival_mode": "KELUARGA",
    },
    "persons": [
        _person(
            "Ibu Mawar", "P", "1993-07-12", _SADIA,
            nik_status="ADA", nik="9972055207930001", education="SLTA", occupation="IRT",
            marital_status="KAWIN", children_count=2, code_word="kue",
            must_not_answer="Suami",
        )
    ],
    "alleged_perpetrators": [
        {"name": "Suami Ibu Mawar", "relations": ["SUAMI"], "sex": "L", "age_estimate": 36,
         "occupation": "SWASTA_BURUH"}
    ],
    "incident": {
        "class_reported": "KTP",
        "forms": ["FISIK", "PSIKIS", "PENELANTARAN"],
        "acts": ["FIS_PUKUL", "FIS_CEKIK", "PSI_ANCAM", "TEL_NAFKAH"],
        "context": ["KDRT"],
        "sphere": "DOMESTIK",
        "place": "RUMAH_TANGGA",
        "place_kelurahan": _SADIA,
        "incident_pattern": "BERULANG",
        "incident_from": "2026-03-01T22:00:00+08:00",
        "still_going_on": True,
        "chronology": "Cerita latihan: kekerasan berulang di rumah, semalam yang terakhir.",
    },
    "request": {"hopes": "Aman, dan anak-anak tetap bersekolah."},
}  # fmt: skip
KTP_SAFETY: Final = _safe(
    threat_to_kill="YA", with_perpetrator_now="YA", safe_place_tonight="TIDAK"
)

KTA: Final = {
    "reporter": {
        "channel": "WHATSAPP",
        "reported_at": "2026-04-16T13:20:00+08:00",
        "reporter_type": "SEKOLAH",
        "name": "Guru Latihan",
        "relation_to_victim": "Wali kelas",
    },
    "persons": [
        _person(
            "Anak Melati", "P", "2012-09-03", _RONTU,
            education="SLTP", occupation="PELAJAR", guardian_name="Ibu Anak Melati",
            guardian_relation="Ibu", guardian_conflict=True, ampk_category=["AMPK10"],
        )
    ],
    "alleged_perpetrators": [{"name": "Ayah tiri", "relations": ["ORTU_TIRI"], "sex": "L"}],
    "incident": {
        "class_reported": "KTA",
        "forms": ["SEKSUAL", "PSIKIS"],
        "acts": ["SEK_SETUBUH_ANAK"],
        "place": "RUMAH_TANGGA",
        "incident_pattern": "SEKALI",
        "incident_from": "2026-04-15T21:00:00+08:00",
        "chronology": "Cerita latihan tanpa rincian.",
    },
    "request": {"hopes": "Aman bersama ibu.", "mandatory_report_told": True,
                "told_at": "2026-04-16T13:55:00+08:00"},
}  # fmt: skip

TPPO: Final = {
    "reporter": {
        "channel": "PELIMPAHAN",
        "reported_at": "2026-01-19T08:30:00+08:00",
        "reporter_type": "UPTD_LAIN",
        "name": "Petugas Latihan SAPA",
        "referring_agency": "SAPA 129 (latihan)",
        "services_already_given": "Konseling telepon dan tiket pulang (latihan).",
    },
    "persons": [
        _person("Nona Kenanga", "P", "2003-05-20", _KOLO, education="SLTA", occupation="PMI")
    ],
    "alleged_perpetrators": [{"name": "Perekrut", "relations": ["PEREKRUT"], "sex": "L"}],
    "incident": {
        "class_reported": "TPPO",
        "forms": ["TRAFIKING", "EKSPLOITASI", "PSIKIS"],
        "acts": ["TRF_REKRUT", "EKS_EKONOMI"],
        "place": "LUAR_DAERAH",
        "chronology": "Cerita latihan: janji kerja, dokumen ditahan, utang.",
    },
    "trafficking": {
        "means": ["CARA_BUJUK", "CARA_JERAT_UTANG"],
        "purpose": ["TUJUAN_KERJA_PAKSA"],
        "documents_held": True,
        "debt_amount": 25000000,
        "route": "Bima, luar daerah, luar negeri (latihan)",
    },
    "request": {"hopes": "Dokumen kembali, bekerja di rumah sendiri."},
}

ABH: Final = {
    "reporter": {
        "channel": "RUJUKAN_MASUK",
        "reported_at": "2026-02-09T09:00:00+08:00",
        "reporter_type": "POLISI",
        "name": "Kanit Latihan",
        "referring_agency": "Unit PPA Latihan",
        "referral_letter_no": "LATIHAN/01",
    },
    "persons": [
        _person(
            "Anak Raka", "L", "2010-10-10", _MELAYU,
            education="SLTP", occupation="PELAJAR", guardian_name="Nenek Anak Raka",
            guardian_relation="Nenek", guardian_conflict=False,
        )
    ],
    "incident": {
        "class_reported": "ABH",
        "forms": ["LAINNYA"],
        "acts": ["LAIN_PIDANA_ANAK"],
        "place": "FASILITAS_UMUM",
        "chronology": "Cerita latihan: pencurian pertama, suku cadang motor.",
    },
    "request": {"hopes": "Tetap sekolah."},
}  # fmt: skip

PUA: Final = {
    "reporter": {
        "channel": "RUMAH_PENGADUAN",
        "reported_at": "2026-04-20T10:15:00+08:00",
        "reporter_type": "PATBM",
        "name": "Anggota PATBM Latihan",
    },
    "persons": [
        _person(
            "Anak Seruni", "P", "2009-11-11", _JATIWANGI,
            education="SLTA", putus_sekolah=True, occupation="TIDAK_BEKERJA", pregnant="TIDAK",
            guardian_name="Orang tua Anak Seruni", guardian_relation="Orang tua",
            guardian_conflict=False, ampk_category=["AMPK13"],
        )
    ],
    "incident": {
        "class_reported": "PUA",
        "forms": ["PSIKIS"],
        "place": "RUMAH_TANGGA",
        "chronology": "Cerita latihan: pernikahan direncanakan 11 Mei karena utang.",
    },
    "request": {"hopes": "Kembali ke sekolah."},
}  # fmt: skip

#: Report, safety screening and when the training tells it, in the order of the calendar.
OPENINGS: Final = (
    ("2026-01-19 08:30", TPPO, _safe()),
    ("2026-02-09 09:00", ABH, _safe()),
    ("2026-04-16 13:20", KTA, _safe(incident_within_72h="YA", injured_now="TIDAK_TAHU")),
    ("2026-04-20 10:15", PUA, _safe()),
)
