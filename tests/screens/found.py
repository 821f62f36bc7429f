"""What a citizen looks for and finds, in the states that matter; names as the demo's catalogue has them, and the longest of real ones."""

from datetime import datetime

from kiosk.base.clock import HALL_TIME
from kiosk.base.errors import Problem
from kiosk.base.record import replace
from kiosk.services.search import Opened, PlaceFile
from kiosk.session.lookup import Answer, Dated, FoundKind, FoundLine, Lookup
from kiosk.terminal.lookups import article_of
from offline_cache.reference import Age, Freshness, GuideMaterial, GuideRow, ItemRow, PlaceRow, PolicyRow
from tests.screens.answers import catalogue

FRESH = Dated("2026-11-21", is_old=False)
_MADE = Freshness(Age.FRESH, datetime(2026, 11, 21, tzinfo=HALL_TIME), 7)

ELSEWHERE = FoundLine(
    FoundKind.ITEM, "3" * 31, "城镇职工基本养老保险关系转移接续申请", "南通市崇川区人力资源和社会保障局"
)
LONGEST = FoundLine(
    FoundKind.ITEM,
    "4" * 31,
    "港澳服务提供者在内地投资设立旅行社以及外商投资旅行社业务经营许可（含分支机构备案变更）",
    "南通市文化广电和旅游局（南通市文物局）",
)
POLICY = FoundLine(FoundKind.POLICY, "ZC001001", "关于进一步做好社会保险补贴工作的通知", "江苏省人力资源和社会保障厅")
PLACE = FoundLine(FoundKind.PLACE, "320613", "崇川区", "南通市")


def _here(name: str) -> FoundLine:
    item = catalogue().find(name)
    assert item is not None
    return FoundLine(FoundKind.ITEM, item.item_code, item.name.zh_CN, item.body.zh_CN, is_here=True)


def found_lines() -> tuple[FoundLine, ...]:
    """Of every kind; the first two are done on this terminal."""
    return (_here("social-insurance"), _here("provident-fund"), ELSEWHERE, LONGEST, POLICY, PLACE) + (ELSEWHERE,) * 14


GUIDE = GuideRow(
    key="322011001001",
    version="2026.11",
    updated_at="2026-11-02",
    legal_basis=("《城镇企业职工基本养老保险关系转移接续暂行办法》（国办发〔2009〕66号）第三条",),
    conditions=("申请人身份真实，材料齐全。", "属于本机构管辖。"),
    materials=(
        GuideMaterial("居民身份证", True, True, 0, "自备，当场核对"),
        GuideMaterial("养老保险关系转移接续申请表", True, True, 1, "本机填写"),
        GuideMaterial("授权委托书", False, True, 1, "代办时提供"),
    ),
    procedure=("申请", "受理", "审核", "决定", "送达"),
    promised_days=5,
    legal_days=15,
    fee_fen=0,
    trips=1,
    phone="12345",
)
ITEM = ItemRow(
    item_code=ELSEWHERE.code,
    basic_code="322011001001",
    business_item_code="",
    name=ELSEWHERE.name,
    body=ELSEWHERE.note,
    department="人社",
    region="320613",
    level=4,
    stars=3,
    theme="social_security",
    hot=2,
    guide=GUIDE.key,
)
TEXT = PolicyRow(
    code=POLICY.code,
    title=POLICY.name,
    number="演示发〔2026〕11号",
    issued_by=POLICY.note,
    issued_at="2026-02-15",
    region="320000",
    theme="social_security",
    text="为方便群众和企业办理社会保险补贴，简化材料，缩短时限，现将有关事项通知如下（演示内容）。" * 4,
)


def _place(code: str, name: str, parent: str = "") -> PlaceRow:
    return PlaceRow(code=code, name=name, parent=parent, level=4, romanised="")


TOWNS = tuple(
    _place(f"320613{n:03d}000", name) for n, name in enumerate(("东河镇", "西港街道", "小湖乡", "永清镇") * 9)
)
DISTRICT = PlaceFile(
    _place("320613", "崇川区", "320600"), (_place("320600", "南通市"), _place("320000", "江苏省")), TOWNS
)


def lookups() -> dict[str, Lookup]:
    """Name -> what stands on the page."""
    answer = Answer("社保", found_lines(), True, FRESH)
    listed = Lookup("社保", answer)
    item = article_of(ELSEWHERE, Opened(1, (ITEM, GUIDE), _MADE))
    return {
        "search": Lookup(),
        "search-policies": Lookup(scope=FoundKind.POLICY),
        "search-places": Lookup(scope=FoundKind.PLACE),
        "search-found": listed,
        "search-looking": Lookup("社"),
        "search-none": Lookup("社保卡卡", Answer("社保卡卡", (), False, FRESH)),
        "search-few": Lookup("社保卡", replace(answer, text="社保卡", lines=found_lines()[:2], is_more=False)),
        "search-old": Lookup("社保", replace(answer, dated=Dated("2026-11-10", is_old=True))),
        "search-expired": Lookup("社保", problem=Problem("reference.expired", {"date": "2026-10-01"})),
        "search-item": replace(listed, article=item),
        "search-item-old": replace(listed, article=replace(item, dated=Dated("2026-11-10", is_old=True))),
        "search-policy": replace(listed, article=article_of(POLICY, Opened(2, TEXT, _MADE))),
        "search-place": replace(listed, article=article_of(PLACE, Opened(3, DISTRICT, _MADE))),
    }
