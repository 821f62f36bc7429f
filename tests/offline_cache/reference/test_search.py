"""The search finds what people type, in the order they need, whatever they type."""

import random
import sqlite3
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from offline_cache.reference import ALL_KINDS, Cancelled, Hits, ItemRow, Kind, Reference, bitmaps
from offline_cache.reference.lattice import find
from offline_cache.reference.publishing.content import Content
from offline_cache.reference.publishing.sounds import folding
from offline_cache.reference.query import pattern_of
from offline_cache.reference.units import QUERY_LIMIT, normalise
from tests.offline_cache.reference.published import OWN

pytestmark = pytest.mark.xdist_group("reference")
MANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def hits_of(hall: Reference, query: str, region: str | None = OWN, limit: int = 50) -> Hits:
    hits = hall.search(query, region, limit)
    assert isinstance(hits, Hits), hits
    return hits


def is_found(hall: Reference, item: ItemRow, query: str) -> bool:
    """Whether the item is among the answers. Where there are too many to show, the index itself is asked."""
    hits = hits_of(hall, query, item.region)
    if any(hit.code == item.item_code for hit in hits.items):
        return True
    entry, known = hall._reader.execute("SELECT entry, search FROM entry WHERE code = ?", (item.item_code,)).fetchone()
    is_shown_further_down = pattern_of(normalise(query, folding(), QUERY_LIMIT)).search(known) is not None
    return hits.is_more and entry in all_of(hall, query) and is_shown_further_down


def all_of(hall: Reference, query: str) -> set[int]:
    search = hall._search
    bitmap = find(normalise(query, search._fold, QUERY_LIMIT), search._postings, search._known, search._beginnings)
    return set(bitmaps.entries(bitmap))


@cache
def sounds_of(name: str) -> list[str]:
    """The syllables of a name, by the library itself."""
    return [sound.lower() for sound in lazy_pinyin(name, errors=list)]  # type: ignore[arg-type]


def pick(content: Content, number: int) -> tuple[ItemRow, str]:
    item = content.items[number % len(content.items)]
    return item, normalise(item.name, folding())


@given(number=st.integers(0, 1 << 20), start=st.integers(0, 60), length=st.integers(1, 3))
@MANY
def test_every_item_is_found_by_any_few_characters_of_its_name(
    hall: Reference, hall_content: Content, number: int, start: int, length: int
) -> None:
    item, name = pick(hall_content, number)
    start %= max(1, len(name) - length + 1)
    assert is_found(hall, item, name[start : start + length])


@given(number=st.integers(0, 1 << 20), start=st.integers(0, 60), length=st.integers(1, 40))
@MANY
def test_every_item_is_found_by_the_sounds_of_any_part_of_its_name(
    hall: Reference, hall_content: Content, number: int, start: int, length: int
) -> None:
    item, name = pick(hall_content, number)
    start %= len(name)
    assert is_found(hall, item, "".join(sounds_of(name)[start : start + length]))


@given(number=st.integers(0, 1 << 20), start=st.integers(0, 60), length=st.integers(1, 40))
@MANY
def test_every_item_is_found_by_the_initials_of_any_part_of_its_name(
    hall: Reference, hall_content: Content, number: int, start: int, length: int
) -> None:
    item, name = pick(hall_content, number)
    start %= len(name)
    assert is_found(hall, item, "".join(sound[0] for sound in sounds_of(name)[start : start + length]))


@given(
    number=st.integers(0, 1 << 20),
    start=st.integers(0, 60),
    ways=st.lists(st.integers(0, 2), min_size=1, max_size=9),
    cut=st.integers(0, 5),
)
@MANY
def test_every_item_is_found_by_characters_sounds_and_initials_mixed_and_at_each_keystroke(
    hall: Reference, hall_content: Content, number: int, start: int, ways: list[int], cut: int
) -> None:
    item, name = pick(hall_content, number)
    start %= len(name)
    sounds = sounds_of(name)
    parts = [
        (name[place], sounds[place], sounds[place][0])[way]
        for place, way in zip(range(start, len(name)), ways, strict=False)
    ]
    last = parts[-1]
    parts[-1] = last[: max(1, len(last) - cut)]  # the last syllable is still being typed
    assert is_found(hall, item, "".join(parts))


@given(number=st.integers(0, 1 << 20), length=st.integers(4, 33))
@MANY
def test_every_item_is_found_by_the_beginning_of_its_codes(
    hall: Reference, hall_content: Content, number: int, length: int
) -> None:
    item, _ = pick(hall_content, number)
    whole = hits_of(hall, item.business_item_code, item.region)
    assert [hit.code for hit in whole.items] == [item.item_code]
    assert [hit.code for hit in hits_of(hall, item.item_code.lower(), item.region).items] == [item.item_code]
    for code in (item.basic_code, item.item_code):
        hits = hits_of(hall, code[:length], item.region)
        assert hits.items, code
    by_basic = hits_of(hall, item.basic_code, item.region)
    assert by_basic.items[0].code == item.item_code, "the own region's comes first"


def test_what_is_shown_really_holds_the_query(hall: Reference, hall_content: Content) -> None:
    chance = random.Random(3)
    names = {item.item_code: item for item in hall_content.items}
    replaced = [(one.word, one.other) for one in hall_content.synonyms]
    for _ in range(300):
        _, name = pick(hall_content, chance.randrange(1 << 20))
        start = chance.randrange(len(name))
        query = name[start : start + chance.randint(1, 6)]
        if any(one.isascii() and one.isalpha() for one in query):
            continue  # letters may be sounds
        for hit in hits_of(hall, query).items:
            shown = normalise(names[hit.code].name)
            also = [shown.replace(word, other) for word, other in replaced]
            assert any(query in text for text in (shown, *also)), (query, hit.name)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("社保", "社会保"),
        ("sb", None),
        ("shebao", None),
        ("gjj", "公积金"),
        ("GJJ", "公积金"),
        ("ｇｊｊ", "公积金"),
        ("gongjijin", "公积金"),
        ("gong ji jin", "公积金"),
        ("gongjj", "公积金"),
        ("公积jin", "公积金"),
        ("积金", "公积金"),
        ("公積金", "公积金"),
        ("住房公积金。", "住房公积金"),
        ("低保", "最低生活保障"),
        ("驾照", "机动车驾驶证"),
        ("65岁", "65岁以上老年人"),
        ("６５岁", "65岁以上老年人"),
        ("etc", "ETC"),
        ("yinhang", "银行"),
    ],
)
def test_what_people_type_finds_what_they_mean(hall: Reference, query: str, part: str | None) -> None:
    hits = hits_of(hall, query)
    assert hits.items
    if part is not None:
        assert part in hits.items[0].name


def test_characters_of_two_sounds_sound_as_in_their_phrase(hall: Reference) -> None:
    assert not any("银行" in hit.name for hit in hits_of(hall, "yinxing", limit=50).items)


def test_own_region_first_then_those_above_it_then_others(hall: Reference) -> None:
    hits = hits_of(hall, "登记")
    places = [
        ("320613", "320600", "320000").index(hit.region) if hit.region in ("320613", "320600", "320000") else 3
        for hit in hits.items
    ]
    near = [place for place in places if place < 3]
    assert near
    assert places == near + [3] * (len(places) - len(near))


def test_whole_names_come_first_then_beginnings_then_hot_ones(hall: Reference, hall_content: Content) -> None:
    item = min((one for one in hall_content.items if one.region == OWN), key=lambda one: len(one.name))
    assert hits_of(hall, item.name).items[0].name == item.name
    for query in ("住房", "gr", "企业"):
        hits = hits_of(hall, query, None).items
        synonyms = [(one.word, one.other) for one in hall_content.synonyms]
        begins = []
        for hit in hits:
            names = [hit.name, *(hit.name.replace(word, other) for word, other in synonyms)]
            letters = ["".join(sound[0] for sound in sounds_of(normalise(name))) for name in names]
            begins.append(any(name.startswith(query) for name in (*names, *letters)))
        assert begins == sorted(begins, reverse=True), query
        for is_begin in (True, False):
            grades = [hit.hot for hit, begin in zip(hits, begins, strict=True) if begin is is_begin]
            assert grades == sorted(grades, reverse=True), query


def test_the_order_is_the_same_at_every_call(hall: Reference) -> None:
    for query in ("证", "gj", "zhengming", "申请"):
        answers = {tuple(hit.code for hit in hits_of(hall, query).items) for _ in range(3)}
        assert len(answers) == 1


def test_a_longer_limit_only_adds_at_the_end(hall: Reference) -> None:
    for query in ("证", "gj", "登记"):
        ten, fifty = hits_of(hall, query, limit=10), hits_of(hall, query, limit=50)
        assert fifty.items[:10] == ten.items
        assert ten.is_more
        assert len(fifty.items) == 50


def test_the_count_is_never_too_small(hall: Reference, hall_content: Content) -> None:
    for query in ("证", "社会", "公积金"):
        real = sum(query in normalise(item.name) for item in hall_content.items)
        assert hits_of(hall, query).count >= real > 0
    nothing = hits_of(hall, "饕餮")
    assert (nothing.items, nothing.count, nothing.is_more) == ((), 0, False)


def test_policies_and_places_are_found_by_the_same_search(hall: Reference) -> None:
    places = hall.search("崇川", None, 10, frozenset({Kind.PLACE}))
    assert isinstance(places, Hits)
    assert (places.items[0].name, places.items[0].note) == ("崇川区", "南通市")
    by_sound = hall.search("ccq", None, 10, frozenset({Kind.PLACE}))
    assert isinstance(by_sound, Hits)
    assert "崇川区" in [hit.name for hit in by_sound.items]
    by_code = hall.search("320613", None, 10, frozenset({Kind.PLACE}))
    assert isinstance(by_code, Hits)
    assert by_code.items[0].name == "崇川区"
    policies = hall.search("住房公积金", None, 10, frozenset({Kind.POLICY}))
    assert isinstance(policies, Hits)
    assert policies.items[0].kind is Kind.POLICY
    article = hall.policy(policies.items[0].code)
    assert article is not None
    assert not hasattr(article, "key")
    mixed = hall.search("登记", None, 50, ALL_KINDS)
    assert isinstance(mixed, Hits)


HOSTILE = [
    "", " ", "'", '"', "''; DROP TABLE entry; --", "%", "_", "*", "?", "\\", "[", "(", ")", "^", "|", "~", "~公", "公|积", "公~积", "a~", "\0", "\0公\0", "公\0积金",
    "😀", "公😀积金", "\ud800", "\udfff公积金", "\u202e公积金", "\ufeff", "ﷺ" * 50, "公" * 10_000, "a" * 10_000, "z" * 64, "zh" * 5000, "ng" * 5000, "xian" * 2000,
    "1" * 10_000, "g" * 10_000, "证 " * 5000, "\n" * 10_000, "e\u0301" * 5000, "１２３２", "１２３２０６００ＭＢ", "٣٤٥٦", "Ⅷ", "㎏", "ß", "İ", "-" * 40, "1-2-3-4", "{", "K1", "R320613",
    "u证", "=证", "^u证", "p zheng", "lv", "nv", "aaaaaaaa", "eeee", "oooo", "shishishishishishishi", "NEAR(公 积)", "公 OR 积", "公*", "(?:a+)+$", "a{9999}",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_and_bounded(hall: Reference, query: str) -> None:
    hits = hits_of(hall, query)
    assert len(hits.items) <= 50
    assert hits.took_s < 1, "a bound of the algorithm, generous for a busy machine"
    assert len(hits_of(hall, query, region=query[:100], limit=10**9).items) <= 50
    assert hits_of(hall, query, limit=-1).items == ()
    for answer in (hall.item(query), hall.guide(query), hall.policy(query), hall.place(query)):
        assert answer is None
    assert isinstance(hall.places(query), tuple)


@given(query=st.text(max_size=300))
@MANY
def test_no_text_breaks_the_search(hall: Reference, query: str) -> None:
    hits = hall.search(query, OWN, 50, ALL_KINDS)
    assert isinstance(hits, Hits)


@given(query=st.text(alphabet="aeioughnzcsxjl1公积", min_size=1, max_size=70))
@MANY
def test_no_run_of_letters_takes_long(hall: Reference, query: str) -> None:
    assert hits_of(hall, query).took_s < 1


def test_a_search_that_is_not_wanted_any_more_ends(hall: Reference) -> None:
    asked = iter([False, True])
    assert hall.search("gongjijin", OWN, is_cancelled=lambda: next(asked, True)) == Cancelled()
    assert isinstance(hall.search("gongjijin", OWN), Hits), "and leaves nothing behind"


def test_fts5_would_not_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Why the index is our own: what SQLite's says of the same names. Falls when SQLite has learnt it."""
    connection = sqlite3.connect(":memory:")
    for tokenizer in ("trigram", "unicode61"):
        connection.execute(f"CREATE VIRTUAL TABLE {tokenizer} USING fts5 (name, tokenize = '{tokenizer}')")
        connection.execute(f"INSERT INTO {tokenizer} VALUES ('城乡居民社保缴费')")
        found = connection.execute(f"SELECT count(*) FROM {tokenizer} WHERE {tokenizer} MATCH '\"社保\"'").fetchone()
        assert found == (0,)
    connection.close()
