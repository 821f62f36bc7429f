"""The demo's regions: a province with its cities and counties by their GB/T 2260 codes (Jiangsu), towns with invented names."""

import random

from offline_cache.reference.rows import PlaceRow

PROVINCE = ("320000", "江苏省")
_CITIES = {
    "3201": (
        "南京市",
        "02玄武区 04秦淮区 05建邺区 06鼓楼区 11浦口区 13栖霞区 14雨花台区 15江宁区 16六合区 17溧水区 18高淳区",
    ),
    "3202": ("无锡市", "05锡山区 06惠山区 11滨湖区 13梁溪区 14新吴区 81江阴市 82宜兴市"),
    "3203": ("徐州市", "02鼓楼区 03云龙区 05贾汪区 11泉山区 12铜山区 21丰县 22沛县 24睢宁县 81新沂市 82邳州市"),
    "3204": ("常州市", "02天宁区 04钟楼区 11新北区 12武进区 13金坛区 81溧阳市"),
    "3205": ("苏州市", "05虎丘区 06吴中区 07相城区 08姑苏区 09吴江区 81常熟市 82张家港市 83昆山市 85太仓市"),
    "3206": ("南通市", "12通州区 13崇川区 14海门区 23如东县 81启东市 82如皋市 85海安市"),
    "3207": ("连云港市", "03连云区 06海州区 07赣榆区 22东海县 23灌云县 24灌南县"),
    "3208": ("淮安市", "03淮安区 04淮阴区 12清江浦区 13洪泽区 26涟水县 30盱眙县 31金湖县"),
    "3209": ("盐城市", "02亭湖区 03盐都区 04大丰区 21响水县 22滨海县 23阜宁县 24射阳县 25建湖县 81东台市"),
    "3210": ("扬州市", "02广陵区 03邗江区 12江都区 23宝应县 81仪征市 84高邮市"),
    "3211": ("镇江市", "02京口区 11润州区 12丹徒区 81丹阳市 82扬中市 83句容市"),
    "3212": ("泰州市", "02海陵区 04姜堰区 81兴化市 82靖江市 83泰兴市"),
    "3213": ("宿迁市", "02宿城区 11宿豫区 22沭阳县 23泗阳县 24泗洪县"),
}
_FIRST = "东西南北新大小上下金白青石龙凤平长清永双"
_SECOND = "河桥港庄湖山塘沟埠店坊洲岗湾堰林泉渡闸集"
_ENDS = ("镇", "镇", "镇", "街道", "乡")
_VILLAGES = ("村", "社区", "社区居民委员会")


def regions() -> list[PlaceRow]:
    """The province, its cities and counties, from the top."""
    code, name = PROVINCE
    found = [PlaceRow(code=code, name=name, parent="", level=2, romanised="")]
    for prefix, (city, counties) in _CITIES.items():
        found.append(PlaceRow(code=prefix + "00", name=city, parent=code, level=3, romanised=""))
        found.extend(
            PlaceRow(code=prefix + county[:2], name=county[2:], parent=prefix + "00", level=4, romanised="")
            for county in counties.split()
        )
    return found


def towns(chance: random.Random, counties: list[PlaceRow]) -> list[PlaceRow]:
    """Invented towns and villages below the counties."""
    found = []
    for county in counties:
        names = chance.sample([one + other for one in _FIRST for other in _SECOND], 40)
        for number in range(1, 13):
            town = f"{county.code}{number:03d}000"
            name = names.pop() + chance.choice(_ENDS)
            found.append(PlaceRow(code=town, name=name, parent=county.code, level=5, romanised=""))
            for village in range(1, 3):
                own = names.pop() + chance.choice(_VILLAGES)
                found.append(PlaceRow(code=f"{town[:9]}{village:03d}", name=own, parent=town, level=6, romanised=""))
    return found
