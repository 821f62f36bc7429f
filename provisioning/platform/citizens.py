"""The demo's citizens: the fixed specimens and invented people made from a seed. Same seed and month, same citizens.

No real person can be hit: the invented id numbers carry the region 990000, which no region code table holds, with a
right check character (GB 11643); the specimens are published samples; the phone numbers start with 128, a prefix that
was never given to mobile phones; names, employers and branches are made up.

The service password of everybody here is `DEMO_PASSWORD`. They share one hash with one salt, because ten thousand
salts of their own would cost minutes; real passwords are set one by one and get a salt each.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from provisioning.platform.fund_history import EntryRow, Ledger, months_before

DEMO_PASSWORD = "246810"  # the demo's own, documented for whoever tries it
FICTIONAL_REGION = "990000"
MOST_INVENTED = 14_000

_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余"
_GIVEN = "安柏晨德恩芳桂海嘉凯岚美宁沛琪然思桐文晓雅泽卓亦予远舟昕若清秋平"
_BRANCHES = ("海城管理部城东网点", "海城管理部城西网点", "海城管理部高新网点", "海城管理部滨海网点")
_EMPLOYERS = (
    "海城市第一示范机械厂",
    "海城市示范食品有限公司",
    "海城市示范信息技术有限公司",
    "海城市示范公共交通公司",
    "海城市示范实验小学",
    "海城市示范人民医院",
    "海城市示范物流有限公司",
    "海城市示范纺织厂",
)


@dataclass
class DemoRows:
    """Rows for the tables, in the order of their columns."""

    persons: list[tuple[int, str, str]] = field(default_factory=list, repr=False)
    phones: list[tuple[int, str]] = field(default_factory=list, repr=False)
    passwords: list[tuple[int, str]] = field(default_factory=list, repr=False)
    employers: list[tuple[str, str]] = field(default_factory=list, repr=False)
    accounts: list[tuple[object, ...]] = field(default_factory=list, repr=False)
    entries: list[EntryRow] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Specimen:
    """A fixed citizen of the demo, for whom there is an emulated card.

    `fund` names the history below; None means that the fund does not know them.
    """

    id_number: str = field(repr=False)
    name: str = field(repr=False)
    fund: str | None
    has_phone: bool = True
    has_password: bool = True


SPECIMENS = (
    Specimen("440308199901101512", "李思远", "thirty_years"),
    Specimen("11010519491231002X", "王秀兰", "retired"),
    Specimen("810000199408230021", "陈家敏", "working", has_phone=False),
    Specimen("830000199201300022", "林佳蓉", "closed", has_password=False),
    Specimen("440524188001010014", "赵长生", None),
    # names that try encodings and fonts; fictional like the invented ones, whose order numbers start at 100
    Specimen("990000199208150017", "阿依古丽·样本江", "working"),
    Specimen("990000198503200027", "𠮷思远", "working"),
    # permanent residents: cards of 2017 (15 characters) and 2023
    Specimen("XXA000000000000", "样本一", "working"),
    Specimen("900000199001010009", "样本二", "working"),
)


def check_character(first_17: str) -> str:
    """Check character of an 18-character citizen identification number (GB 11643, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11]


def hash_password(password: str, salt: bytes) -> str:
    """scrypt in a self-describing form: ``scrypt$n$r$p$salt$hash``, hexadecimal."""
    digest = hashlib.scrypt(password.encode(), salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=2**26)
    return f"scrypt${_SCRYPT_N}${_SCRYPT_R}${_SCRYPT_P}${salt.hex()}${digest.hex()}"


def make_citizens(seed: int, count: int, end: tuple[int, int]) -> DemoRows:
    """The specimens and `count` (at most 14,000) invented citizens whose accounts run until the month `end` (year, index from 0)."""
    if not 0 <= count <= MOST_INVENTED:
        raise ValueError("too many invented citizens")
    rows = DemoRows(employers=[(_employer_account(i), name) for i, name in enumerate(_EMPLOYERS)])
    password_hash = hash_password(DEMO_PASSWORD, seed.to_bytes(16, "big"))
    for person_id, specimen in enumerate(SPECIMENS, start=1):
        rows.persons.append((person_id, specimen.id_number, specimen.name))
        if specimen.has_phone:
            rows.phones.append((person_id, f"1280000{person_id:04d}"))
        if specimen.has_password:
            rows.passwords.append((person_id, password_hash))
        if specimen.fund is not None:
            _add_specimen_account(rows, person_id, specimen, end)
    _add_invented(rows, random.Random(seed), count, end, password_hash)
    return rows


def _employer_account(index: int) -> str:
    return f"99{index + 1:08d}"


def _account_number(person_id: int) -> str:
    return f"9900{person_id:08d}"


def _add_account(
    rows: DemoRows,
    ledger: Ledger,
    holder: tuple[str, str],
    branch: str,
    state: str,
    monthly_fen: int,
    closed_on: str | None = None,
) -> None:
    rows.entries.extend(ledger.rows)
    rows.accounts.append(
        (
            ledger.account_number,
            *holder,
            ledger.rows[0][2],
            closed_on,
            branch,
            state,
            ledger.balance_fen,
            ledger.paid_in_fen,
            ledger.withdrawn_fen,
            ledger.last_paid_month,
            monthly_fen,
            ledger.employer_account,
        )
    )


def _add_specimen_account(rows: DemoRows, person_id: int, specimen: Specimen, end: tuple[int, int]) -> None:
    ledger = Ledger(_account_number(person_id), _employer_account(0))
    holder = (specimen.id_number, specimen.name)
    state, monthly_fen, closed_on = "正常", 0, None
    if specimen.fund == "thirty_years":
        monthly_fen = _write_thirty_years(ledger, end)
    elif specimen.fund == "retired":
        _write_retired(ledger, end)
        state = "封存"
    elif specimen.fund == "working":
        monthly_fen = _write_working(ledger, months_before(end, 26), 2_400_00)
    else:
        _write_working(ledger, months_before((end[0] - 2, 3), 40), 1_860_00)
        closed_on = f"{end[0] - 2:04d}-05-18"
        ledger.withdraw(closed_on, ledger.balance_fen, "与单位终止劳动关系销户提取")
        state = "销户"
    _add_account(rows, ledger, holder, _BRANCHES[person_id % len(_BRANCHES)], state, monthly_fen, closed_on)


def _write_thirty_years(ledger: Ledger, end: tuple[int, int]) -> int:
    """360 entries in 30 years: 328 monthly payments, 30 interests, 2 withdrawals; two changes of employer left gaps."""
    span = months_before(end, 360)
    gap = {*range(100, 116), *range(220, 236)}
    interests = 0
    for index, (year, month_index) in enumerate(span):
        month = month_index + 1
        if index == 116:
            ledger.employer_account = _employer_account(4)
        if index == 236:
            ledger.employer_account = _employer_account(2)
        if index not in gap:
            ledger.pay_in(f"{year:04d}-{month:02d}-12", f"{year:04d}{month:02d}", _thirty_years_monthly(index))
        if index == 181:
            ledger.withdraw(f"{year:04d}-{month:02d}-20", 38_000_00, "购买自住住房提取")
        if index == 290:
            ledger.withdraw(f"{year:04d}-{month:02d}-21", 12_345_67, "租房提取")
        if month == 6:
            ledger.credit_interest(year)
            interests += 1
    if (len(ledger.rows), interests) != (360, 30):
        raise AssertionError("the long statement must have 360 rows")
    return _thirty_years_monthly(359)


def _thirty_years_monthly(index: int) -> int:
    return 180_00 + (index // 12) * 96_50


def _write_retired(ledger: Ledger, end: tuple[int, int]) -> None:
    """Paid in until retirement, then withdrawn in parts; what the interest added is still there."""
    for year, month_index in months_before((end[0] - 6, 11), 60):
        ledger.pay_in(f"{year:04d}-{month_index + 1:02d}-10", f"{year:04d}{month_index + 1:02d}", 1_512_00)
        if month_index == 5:
            ledger.credit_interest(year)
    for year in range(end[0] - 5, end[0]):
        ledger.withdraw(f"{year:04d}-03-16", 15_000_00, "离休、退休提取")
        ledger.credit_interest(year)
    year, month_index = months_before(end, 2)[0]  # inside the last half year, whatever the date
    ledger.withdraw(f"{year:04d}-{month_index + 1:02d}-16", 2_000_00, "离休、退休提取")


def _write_working(ledger: Ledger, span: list[tuple[int, int]], monthly_fen: int) -> int:
    for index, (year, month_index) in enumerate(span):
        if index == 12:
            monthly_fen += monthly_fen // 20
        ledger.pay_in(f"{year:04d}-{month_index + 1:02d}-15", f"{year:04d}{month_index + 1:02d}", monthly_fen)
        if month_index == 5:
            ledger.credit_interest(year, min(12, index + 1))
    return monthly_fen


def _add_invented(rows: DemoRows, chance: random.Random, count: int, end: tuple[int, int], password_hash: str) -> None:
    spans = {length: months_before(end, length) for length in range(6, 31)}
    births = list(_birth_dates())
    first_id = len(SPECIMENS) + 1
    for index in range(count):
        person_id = first_id + index
        # 7919 is prime to 14,000: every citizen has a birth date of their own, so the numbers cannot collide
        first_17 = f"{FICTIONAL_REGION}{births[index * 7919 % MOST_INVENTED]}{chance.randrange(100, 1000):03d}"
        holder = (first_17 + check_character(first_17), _invented_name(chance))
        rows.persons.append((person_id, *holder))
        if index % 50:
            rows.phones.append((person_id, f"1281{person_id:07d}"))
        if index % 20:
            rows.passwords.append((person_id, password_hash))
        if index % 100 == 99:
            continue  # one in a hundred was never employed in this city
        ledger = Ledger(_account_number(person_id), _employer_account(chance.randrange(len(_EMPLOYERS))))
        monthly_fen = _write_working(ledger, spans[chance.randrange(6, 31)], chance.randrange(300_00, 4_000_00, 2_00))
        _add_account(rows, ledger, holder, _BRANCHES[person_id % len(_BRANCHES)], "正常", monthly_fen)


def _invented_name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randrange(1, 3)))


def _birth_dates() -> Iterator[str]:
    """14,000 different dates: 28 days of 12 months of the years from 1964, cut where enough."""
    made = 0
    for year in range(1964, 2006):
        for month in range(1, 13):
            for day in range(1, 29):
                if made == MOST_INVENTED:
                    return
                made += 1
                yield f"{year:04d}{month:02d}{day:02d}"
