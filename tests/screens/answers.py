"""Plain queries of a definition of their own, so that the pages are tested apart from what the project's items ask: a full one with a
certificate, one of fields alone, one of many rows without a headline; and what departments answer to them."""

from functools import cache

from kiosk.base.record import replace
from kiosk.central.contract import FactorMethod
from kiosk.central.department import DepartmentAnswer, Value
from kiosk.services.catalogue import Catalogue, load_catalogue
from kiosk.services.item import Item, OfflineClass, Step
from kiosk.services.query import Choice, FieldKind, Query, QueryField, Sheet
from kiosk.services.words import Words
from kiosk.session.state import Document, Place

PERSON_NUMBER = "11010519491231002X"
PERSON_NAME = "王小二"
AS_OF = "2026-11-21T23:06:12+08:00"

_STEPS = (
    Place.NOTICE, Place.IDENTIFY, Place.CONSENT, Place.FACTOR, Place.QUERY, Place.ANSWER, Place.PRINT, Place.RATE,
)  # fmt: skip


def _words(zh_CN: str, zh_HK: str, en: str) -> Words:
    return Words(zh_CN, zh_HK, en)


def _field(key: str, kind: FieldKind, zh_CN: str, zh_HK: str, en: str) -> QueryField:
    return QueryField(key, kind, Words(zh_CN, zh_HK, en))


_NAME = _field("name", FieldKind.NAME, "姓名", "姓名", "Name")
_NUMBER = _field("number", FieldKind.ID_NUMBER, "证件号码", "證件號碼", "Card number")

INSURANCE = Query(
    nobody=_words("本市没有您的参保记录", "本市沒有您的參保記錄", "You have no social insurance record in this city"),
    choices=(
        Choice("12", _words("近12个月", "近12個月", "Last 12 months")),
        Choice("24", _words("近24个月", "近24個月", "Last 24 months")),
        Choice("36", _words("近36个月", "近36個月", "Last 36 months")),
    ),
    headline="balance",
    fields=(
        _NAME,
        _NUMBER,
        _field("state", FieldKind.TEXT, "参保状态", "參保狀態", "Status"),
        _field(
            "balance", FieldKind.MONEY, "养老保险个人账户（元）", "養老保險個人賬戶（元）", "Pension account (yuan)"
        ),
        _field("months", FieldKind.NUMBER, "累计缴费月数", "累計繳費月數", "Months paid"),
        _field("last", FieldKind.MONTH, "缴至", "繳至", "Paid until"),
        _field("employer", FieldKind.TEXT, "参保单位", "參保單位", "Employer"),
        _field("joined", FieldKind.DATE, "首次参保日期", "首次參保日期", "First insured on"),
    ),
    rows_title=_words("缴费明细", "繳費明細", "Payments"),
    columns=(
        _field("month", FieldKind.MONTH, "月份", "月份", "Month"),
        _field("kind", FieldKind.TEXT, "险种", "險種", "Insurance"),
        _field("base", FieldKind.MONEY, "缴费基数", "繳費基數", "Base"),
        _field("own", FieldKind.MONEY, "个人缴费", "個人繳費", "You paid"),
        _field("theirs", FieldKind.MONEY, "单位缴费", "單位繳費", "Employer paid"),
        _field("paidOn", FieldKind.DATE, "到账日期", "到賬日期", "Received on"),
        _field("employer", FieldKind.TEXT, "缴费单位", "繳費單位", "Paid by"),
    ),
    sheet=Sheet("社会保险参保证明", "本证明由接收单位凭验证码核验。", is_certificate=True),
)
MARRIAGE = Query(
    nobody=_words("没有查到您的婚姻登记", "沒有查到您的婚姻登記", "No marriage registration of yours was found"),
    choices=(),
    headline=None,
    fields=(
        _NAME,
        _NUMBER,
        _field("state", FieldKind.TEXT, "登记状态", "登記狀態", "Status"),
        _field("day", FieldKind.DATE, "登记日期", "登記日期", "Registered on"),
        _field("office", FieldKind.TEXT, "登记机关", "登記機關", "Registered by"),
        _field("paper", FieldKind.ID_NUMBER, "证书编号", "證書編號", "Certificate number"),
    ),
    rows_title=None,
    columns=(),
    sheet=None,
)
PROPERTY = Query(
    nobody=_words(
        "没有查到登记在您名下的不动产", "沒有查到登記在您名下的不動產", "No property is registered in your name"
    ),
    choices=(),
    headline=None,
    fields=(_NAME, _NUMBER, _field("count", FieldKind.NUMBER, "登记套数", "登記套數", "Registered units")),
    rows_title=_words("不动产登记", "不動產登記", "Registered property"),
    columns=(
        _field("paper", FieldKind.ID_NUMBER, "权证号", "權證號", "Title number"),
        _field("place", FieldKind.TEXT, "坐落", "坐落", "Address"),
        _field("owner", FieldKind.NAME, "共有人", "共有人", "Joint owner"),
        _field("area", FieldKind.TEXT, "面积（平方米）", "面積（平方米）", "Area (m²)"),
        _field("since", FieldKind.DATE, "登记日期", "登記日期", "Since"),
    ),
    sheet=Sheet("个人不动产登记信息查询单", "仅供查询人参考。", is_certificate=False),
)


def _item(model: Item, key: str, code: str, name: Words, query: Query, documents: tuple[Document, ...]) -> Item:
    places = _STEPS if documents else tuple(place for place in _STEPS if place is not Place.PRINT)
    return replace(
        model,
        key=key,
        item_code=code,
        name=name,
        query=query,
        steps=tuple(Step(place, OfflineClass.LOCAL) for place in places),
        factor_methods=(FactorMethod.PASSWORD,),
        documents=documents,
    )


BOTH = (Document.SHEET, Document.SLIP)


class SampledCatalogue(Catalogue):
    """The project's own items, and beside them those of the samples, which stand on no list."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        super().__init__(items)
        model = super().find("social-insurance")
        assert model is not None
        made = (
            _item(
                model, "sample-insurance", "A" * 31,
                _words("社保查询和参保证明", "社保查詢及參保證明", "Social insurance query and certificate"), INSURANCE, BOTH,
            ),
            _item(model, "sample-marriage", "B" * 31,
                  _words("婚姻登记信息查询", "婚姻登記資料查詢", "Marriage registration query"), MARRIAGE, ()),
            _item(model, "sample-property", "C" * 31,
                  _words("不动产登记信息查询", "不動產登記資料查詢", "Registered property query"), PROPERTY, BOTH[:1]),
        )  # fmt: skip
        self._samples = {name: item for item in made for name in (item.key, item.item_code)}

    def by_code(self, item_code: str) -> Item | None:
        return self._samples.get(item_code) or super().by_code(item_code)

    def find(self, name: str) -> Item | None:
        return self._samples.get(name) or super().find(name)


@cache
def catalogue() -> SampledCatalogue:
    """Read once."""
    return SampledCatalogue(load_catalogue().items)


def _payment(index: int) -> dict[str, Value]:
    year, month = divmod(2026 * 12 + 9 - index // 3, 12)
    return {
        "month": f"{year}{month + 1:02d}",
        "kind": ("基本养老保险", "基本医疗保险", "失业保险")[index % 3],
        "base": 831_250 + 137 * index,
        "own": (66_500, 16_625, 4_156)[index % 3],
        "theirs": (133_000, 83_125, None)[index % 3],
        "paidOn": f"{year}-{month + 1:02d}-18",
        "employer": "信和区第一人民医院后勤服务有限责任公司",
    }


def insurance(
    rows: int = 36, choice: str = "12", code: str | None = "7K2M-PQ4X-91AB", balance: Value = 9_834_215_06
) -> DepartmentAnswer:
    """What the social insurance answers."""
    return DepartmentAnswer(
        item_code="A" * 31,
        choice=choice,
        as_of=AS_OF,
        values={
            "name": PERSON_NAME,
            "number": PERSON_NUMBER,
            "state": "正常参保",
            "balance": balance,
            "months": 1_234,
            "last": "202610",
            "employer": "信和区第一人民医院后勤服务有限责任公司",
            "joined": "1996-08-01",
        },
        rows=tuple(_payment(index) for index in range(rows)),
        verification_code=code,
    )


def marriage() -> DepartmentAnswer:
    """A few fields and nothing else."""
    return DepartmentAnswer(
        item_code="B" * 31,
        choice="",
        as_of=AS_OF,
        values={
            "name": PERSON_NAME,
            "number": PERSON_NUMBER,
            "state": "已登记结婚",
            "day": "1978-05-04",
            "office": "信和区民政局婚姻登记处",
            "paper": "J990101-1978-000123",
        },
    )


def property_of(rows: int = 3) -> DepartmentAnswer:
    """Rows with names and numbers of people in them, and no headline."""
    return DepartmentAnswer(
        item_code="C" * 31,
        choice="",
        as_of=AS_OF,
        values={"name": PERSON_NAME, "number": PERSON_NUMBER, "count": rows},
        rows=tuple(
            {
                "paper": f"信和区不动产权第{index:07d}号",
                "place": f"信和区人民路{index + 1}号幸福小区3幢2单元{index + 1}01室",
                "owner": PERSON_NAME if index % 2 else None,
                "area": f"{80 + index}.50",
                "since": "2019-03-12",
            }
            for index in range(rows)
        ),
    )
