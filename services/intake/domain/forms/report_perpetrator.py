"""F2, block C: each alleged perpetrator, with the relation to each person (domain.md 2.1)."""

from typing import Final

from services.intake.domain.forms.field import Block, Field, Kind, Needed, Question, Sensitivity
from services.intake.domain.forms.lists import TELL
from shared.contracts.protection import FieldClass

_CLASS: Final = FieldClass.ALLEGED_PERPETRATOR
_I, _S, _X = Sensitivity.IDENTITY, Sensitivity.SPECIAL, Sensitivity.TEAM_ONLY
_N = Sensitivity.NORMAL

ALLEGED_PERPETRATOR: Final = Block(
    "alleged_perpetrators",
    "Terlapor",
    "Alleged perpetrator",
    (
        Question(
            "who",
            "Siapa terlapor?",
            "Who is the alleged perpetrator?",
            (
                Field(
                    "name",
                    "Nama, atau “tidak dikenal”",
                    "Name, or “not known”",
                    Kind.TEXT,
                    _CLASS,
                    _I,
                    Needed.WANTED,
                ),
                Field(
                    "relations",
                    "Hubungan dengan korban (satu untuk setiap korban, berurutan)",
                    "Relation to the victim (one for each, in order)",
                    Kind.CODES,
                    _CLASS,
                    _S,
                    Needed.WANTED,
                    of="CL07",
                ),
                Field(
                    "sex",
                    "Jenis kelamin",
                    "Sex",
                    Kind.CODE,
                    _CLASS,
                    _N,
                    Needed.WANTED,
                    of="CL12",
                ),
                Field("birth_date", "Tanggal lahir", "Birth date", Kind.DATE, _CLASS, _I),
                Field(
                    "age_estimate",
                    "Atau perkiraan usia (tahun)",
                    "Or the estimated age (years)",
                    Kind.NUMBER,
                    _CLASS,
                    _I,
                    most=120,
                ),
            ),
        ),
        Question(
            "more",
            "Apa lagi yang diketahui tentang terlapor?",
            "What else is known?",
            (
                Field("education", "Pendidikan", "Education", Kind.CODE, _CLASS, of="CL08"),
                Field("occupation", "Pekerjaan", "Occupation", Kind.CODE, _CLASS, of="CL09"),
                Field("address", "Alamat", "Address", Kind.TEXT, _CLASS, _X),
                Field("disability", "Disabilitas", "Disability", Kind.CODES, _CLASS, _S, of="CL13"),
                Field(
                    "known_to_police",
                    "Sudah dikenal polisi",
                    "Known to the police",
                    Kind.CODE,
                    _CLASS,
                    options=TELL,
                ),
            ),
        ),
    ),
    repeats=True,
)
