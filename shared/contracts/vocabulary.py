"""Codes that more than one service must understand. Names only; the rules live with their owner.

The values are those of ``codes.json`` (a test compares them); the labels stand there.
"""

from enum import StrEnum


class CaseClass(StrEnum):
    """The five classes of the unit, and what lies outside its mandate (CL01)."""

    KTP = "KTP"
    KTA = "KTA"
    TPPO = "TPPO"
    ABH = "ABH"
    PUA = "PUA"
    LUAR = "LUAR"


class Stage(StrEnum):
    """The eight stages of case management, in order (seed 000, sections 1 to 8) (CL30)."""

    ENGAGEMENT = "ENGAGEMENT"
    ASSESSMENT = "ASSESSMENT"
    PLANNING = "PLANNING"
    INTERVENTION = "INTERVENTION"
    MONITORING = "MONITORING"
    EVALUATION = "EVALUATION"
    TERMINATION = "TERMINATION"
    FOLLOW_UP = "FOLLOW_UP"


class CaseStatus(StrEnum):
    """What is counted: where a case stands for the reports (CL29)."""

    DILAPORKAN = "DILAPORKAN"
    DITANGANI = "DITANGANI"
    SELESAI = "SELESAI"
    TINDAK_LANJUT = "TINDAK_LANJUT"
    DIBUKA_KEMBALI = "DIBUKA_KEMBALI"
    DITUTUP_LAIN = "DITUTUP_LAIN"
    DITOLAK_SKRINING = "DITOLAK_SKRINING"


class RiskLevel(StrEnum):
    """How much danger the person is in (CL27)."""

    TINGGI = "TINGGI"
    SEDANG = "SEDANG"
    RENDAH = "RENDAH"


class Authority(StrEnum):
    """Whose case it is (CL28)."""

    KOTA = "KOTA"
    KAB_KOTA_LAIN = "KAB_KOTA_LAIN"
    PROVINSI = "PROVINSI"
    NASIONAL = "NASIONAL"
    BUKAN_PPA = "BUKAN_PPA"


class Channel(StrEnum):
    """How a report reached the unit (CL15)."""

    LANGSUNG = "LANGSUNG"
    TELEPON = "TELEPON"
    WHATSAPP = "WHATSAPP"
    SIRAPP = "SIRAPP"
    SURAT = "SURAT"
    EMAIL = "EMAIL"
    SAPA129 = "SAPA129"
    PENJANGKAUAN = "PENJANGKAUAN"
    RUJUKAN_MASUK = "RUJUKAN_MASUK"
    PELIMPAHAN = "PELIMPAHAN"
    RUMAH_PENGADUAN = "RUMAH_PENGADUAN"
    MEDIA = "MEDIA"


class ReporterType(StrEnum):
    """Who reports (CL14)."""

    KORBAN = "KORBAN"
    KELUARGA = "KELUARGA"
    TEMAN_TETANGGA = "TEMAN_TETANGGA"
    SAKSI = "SAKSI"
    MASYARAKAT = "MASYARAKAT"
    SATGAS_PPA = "SATGAS_PPA"
    PATBM = "PATBM"
    SATGAS_PPA_KAWIN = "SATGAS_PPA_KAWIN"
    RUMAH_ASPIRASI = "RUMAH_ASPIRASI"
    POLISI = "POLISI"
    FASKES = "FASKES"
    SEKOLAH = "SEKOLAH"
    UPTD_LAIN = "UPTD_LAIN"
    LSM = "LSM"
    PETUGAS = "PETUGAS"
    ANONIM = "ANONIM"


class AgeBand(StrEnum):
    """Age groups as the national figures use them; derived, never stored (CL11)."""

    U00_05 = "U00_05"
    U06_12 = "U06_12"
    U13_17 = "U13_17"
    U18_24 = "U18_24"
    U25_44 = "U25_44"
    U45_59 = "U45_59"
    U60 = "U60"


class Sex(StrEnum):
    """Sex as the civil registry has it (CL12)."""

    L = "L"
    P = "P"


class Service(StrEnum):
    """The five referral services of seed 000 and their parts (CL16)."""

    MED = "MED"
    MED_GADAR = "MED_GADAR"
    MED_72JAM = "MED_72JAM"
    MED_PERIKSA = "MED_PERIKSA"
    MED_VER = "MED_VER"
    MED_VEP = "MED_VEP"
    MED_JIWA = "MED_JIWA"
    MED_KIA = "MED_KIA"
    PSI = "PSI"
    PSI_AWAL = "PSI_AWAL"
    PSI_DASAR = "PSI_DASAR"
    PSI_PERIKSA = "PSI_PERIKSA"
    PSI_TERAPI = "PSI_TERAPI"
    PSI_KELUARGA = "PSI_KELUARGA"
    PSI_ROHANI = "PSI_ROHANI"
    HKM = "HKM"
    HKM_KONSUL = "HKM_KONSUL"
    HKM_LP = "HKM_LP"
    HKM_LINDUNG = "HKM_LINDUNG"
    HKM_SIDIK = "HKM_SIDIK"
    HKM_SIDANG = "HKM_SIDANG"
    HKM_LPSK = "HKM_LPSK"
    HKM_RESTITUSI = "HKM_RESTITUSI"
    HKM_DIVERSI = "HKM_DIVERSI"
    HKM_MEDIASI = "HKM_MEDIASI"
    HKM_PERDATA = "HKM_PERDATA"
    HKM_DISPENSASI = "HKM_DISPENSASI"
    RSO = "RSO"
    RSO_SHELTER = "RSO_SHELTER"
    RSO_PANTI = "RSO_PANTI"
    RSO_LAPSOS = "RSO_LAPSOS"
    RSO_KEBDASAR = "RSO_KEBDASAR"
    RSO_ASUH = "RSO_ASUH"
    RSO_VOKASI = "RSO_VOKASI"
    REI = "REI"
    REI_PULANG = "REI_PULANG"
    REI_KELUARGA = "REI_KELUARGA"
    REI_SEKOLAH = "REI_SEKOLAH"
    REI_EKONOMI = "REI_EKONOMI"
    REI_MASYARAKAT = "REI_MASYARAKAT"
    REI_ADMINDUK = "REI_ADMINDUK"


class InstitutionKind(StrEnum):
    """Kinds of institution (CL17)."""

    UPTD_PPA = "UPTD_PPA"
    POLRES_PPA = "POLRES_PPA"
    RS = "RS"
    PUSKESMAS = "PUSKESMAS"
    PSIKOLOG = "PSIKOLOG"
    PSIKIATER = "PSIKIATER"
    ADVOKAT = "ADVOKAT"
    DINSOS = "DINSOS"
    LKSA = "LKSA"
    RUMAH_AMAN = "RUMAH_AMAN"
    BAPAS = "BAPAS"
    KEJAKSAAN = "KEJAKSAAN"
    PENGADILAN = "PENGADILAN"
    LPSK = "LPSK"
    BP3MI = "BP3MI"
    DISDIK = "DISDIK"
    DUKCAPIL = "DUKCAPIL"
    KEMENAG = "KEMENAG"
    KELURAHAN = "KELURAHAN"
    LSM = "LSM"


class DeclineReason(StrEnum):
    """Why a referral is declined, cancelled or failed (CL19)."""

    AT_CAPACITY = "AT_CAPACITY"
    NO_SERVICE = "NO_SERVICE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    OUT_OF_AREA = "OUT_OF_AREA"
    WRONG_AUTHORITY = "WRONG_AUTHORITY"
    INFO_INCOMPLETE = "INFO_INCOMPLETE"
    NO_CONSENT = "NO_CONSENT"
    CLIENT_DECLINED = "CLIENT_DECLINED"
    CLIENT_UNREACHABLE = "CLIENT_UNREACHABLE"
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST"
    SAFETY = "SAFETY"
    NO_FUNDING = "NO_FUNDING"
    DUPLICATE = "DUPLICATE"
    NEED_CHANGED = "NEED_CHANGED"
    EXPIRED = "EXPIRED"
    OTHER = "OTHER"


class Adequacy(StrEnum):
    """Whether the help is too little, enough or too much (CL21)."""

    KURANG = "KURANG"
    CUKUP = "CUKUP"
    BERLEBIH = "BERLEBIH"
    BELUM = "BELUM"


class InadequacyCause(StrEnum):
    """Why the help is not right: the three questions, and a changed situation (CL22)."""

    KEBUTUHAN_BARU = "KEBUTUHAN_BARU"
    PROSES_MENYIMPANG = "PROSES_MENYIMPANG"
    PENYAMPAIAN = "PENYAMPAIAN"
    KLIEN_BERUBAH = "KLIEN_BERUBAH"


class ConsentScope(StrEnum):
    """What a consent is about (CL32)."""

    LAYANAN = "LAYANAN"
    RUJUKAN = "RUJUKAN"
    DATA_STATISTIK = "DATA_STATISTIK"
    SIMFONI = "SIMFONI"
    HUBUNGI = "HUBUNGI"
    DOKUMENTASI = "DOKUMENTASI"
    UMPAN_BALIK = "UMPAN_BALIK"


class NeedDomain(StrEnum):
    """The fields of life in which a person needs something (CL34)."""

    AMAN = "AMAN"
    SEHAT = "SEHAT"
    PSIKO = "PSIKO"
    HUKUM = "HUKUM"
    SOSIAL = "SOSIAL"
    DIDIK = "DIDIK"
    EKONOMI = "EKONOMI"
    IDENTITAS = "IDENTITAS"
    DISABILITAS = "DISABILITAS"


class TerminationReason(StrEnum):
    """Why a case ends (CL24)."""

    TUJUAN_TERCAPAI = "TUJUAN_TERCAPAI"
    SELESAI_KONSELING = "SELESAI_KONSELING"
    PROSES_HUKUM_SELESAI = "PROSES_HUKUM_SELESAI"
    PERMINTAAN_KLIEN = "PERMINTAAN_KLIEN"
    PINDAH = "PINDAH"
    MENINGGAL = "MENINGGAL"
    DILIMPAHKAN = "DILIMPAHKAN"
    PETUGAS_PERGI = "PETUGAS_PERGI"
    HILANG_KONTAK = "HILANG_KONTAK"
    TIDAK_MEMENUHI = "TIDAK_MEMENUHI"
    TIDAK_TERVERIFIKASI = "TIDAK_TERVERIFIKASI"
    DUPLIKAT = "DUPLIKAT"
    LAINNYA = "LAINNYA"
