"""Which of the eight kinds of fact a figure is: by its unit, its label, and the words around them."""

from __future__ import annotations

import re

from govfin_extract.text.cues import cue

_PEOPLE = frozenset("人名位员个")
_DIRECT = {
    "amount": "amount",
    "score": "score",
    "percent": "ratio",
    "percentage_point": "ratio",
    "ratio": "ratio",
    "grade": "grade",
}
_STRONG = cue(r"{staffing.strong}")
_STAFF = cue(r"{staffing.nouns}")
SERVED_PEOPLE = cue(r"{staffing.events}")
_INSTITUTION = cue(r"{institution.nouns}")
_HOLDER = cue(r"{institution.holders}")
_UNIT_EVENT = cue(r"(?:{institution.events})(?!中心|站|大厅|局|所|部|委|科|处|室|股|宣传|人事)")
_HELD_UNDER = cue(r"{institution.under}")
_BRANCH = re.compile(r"分(?:宫|馆|园|校|院|所|站|局|中心|支机构)$")
INSTITUTION_UNITS = frozenset(("个", "家", "户", "所", "股", "科", "室", "处", "委", "局", "站", "大队", "中队"))
_ESTABLISHED = cue(r"^(?:编制)?(?:核定|核编|核准)$")
_ASSET = cue(r"{asset.nouns}")
_BODY_ENDS = ("股", "科", "处", "室", "庭", "队", "所", "站")
_SHORT_NAME = 8
BUYS = cue(r"{asset.buy}")
ACTION = cue(r"{lead.actions}")
_BODIES = cue(r"(?:行政|事业|预算|决算|编报|参公)单位$|会计制度的单位$|(?:机构|编制户)数$")
_HOLD = cue(r"{asset.hold}")
_KEPT = cue(r"{asset.kept}")
WORKED_ON = cue(r"{asset.worked_on}")
_WITHOUT_NOTE = re.compile(r"（[^）]{0,12}）$")
_STANDS = frozenset(("辆", "台", "套", "台（套）", "台套", "艘", "架", "部", "册", "平方米"))
ASSET_UNITS = frozenset(
    (
        "辆",
        "台",
        "套",
        "台（套）",
        "台套",
        "台/套",
        "台(套)",
        "栋",
        "幢",
        "平方米",
        "㎡",
        "亩",
        "处",
        "座",
        "间",
        "件",
        "张",
        "卷",
        "艘",
        "架",
        "部",
        "册",
        "宗",
        "万册",
    )
)
_ZERO_AMOUNT = cue(
    r"费|采购|投入|支出|收入|经费|预算|资金|决算|金额|款|收支|余额|结余|补助|购置$|运行(?:维护)?$|（境）$|出境$|^(?:货物|工程|服务)类?$|债务"
)
_ZERO_STAFF = cue(r"人员|编制|退休|雇员|职工")


def kind_of(kind: str, unit: str, label: str, clause: str, heading: str) -> str:
    """The kind of fact of a quantity, or of a zero or grade said in words, with its label, clause and nearest heading.

    >>> kind_of("count", "人", "在职人员", "年末在职人员", ""), kind_of("count", "条", "信息", "报送信息", "")
    ('staffing', 'event')
    """
    direct = _DIRECT.get(kind)
    if direct:
        return direct
    if kind in ("zero", "bare", "nothing"):
        return _zero_kind(label)
    unit = unit.replace("(", "（").replace(")", "）")
    if unit in _PEOPLE and is_staff(label, clause, heading, unit):
        return "staffing"
    if unit in ASSET_UNITS and is_asset(label, clause, heading, unit):
        return "asset"
    if unit in INSTITUTION_UNITS and is_institution(label, clause, heading):
        return "institution"
    return "event"


def _zero_kind(label: str) -> str:
    if _ZERO_STAFF.search(label) and not _ZERO_AMOUNT.search(label):
        return "staffing"
    if label.endswith(("机构", "单位", "科室")):
        return "institution"
    return "amount" if _ZERO_AMOUNT.search(label) or not label else "event"


def is_staff(label: str, clause: str, heading: str, unit: str) -> bool:
    if unit == "个":
        return bool(_STRONG.search(label)) and not label.endswith(("机构", "单位", "部门", "科室", "岗位"))
    if _STRONG.search(label):
        return not cue(r"培训|慰问|体检|走访|帮扶|招聘|计划招录").search(label)
    if SERVED_PEOPLE.search(label):
        return False
    if _ESTABLISHED.search(label):
        return True
    staff = bool(_STAFF.search(label))
    around = bool(_STRONG.search(clause)) or bool(cue(r"人员|编制|机构设置|基本情况|概况").search(heading))
    if SERVED_PEOPLE.search(clause) and not around:
        return False
    return (staff and (around or not SERVED_PEOPLE.search(clause))) or (around and not label)


def is_asset(label: str, clause: str, heading: str, unit: str = "") -> bool:
    label = _WITHOUT_NOTE.sub("", label)
    if _KEPT.search(label) or (_KEPT.search(clause) and unit in _STANDS and not BUYS.search(clause)):
        return True
    if not _ASSET.search(label) and not _ASSET.search(clause):
        return False
    if cue(r"保有量|用车|资产占|国有资产|占用").search(label + heading):
        return not BUYS.search(label) or bool(cue(r"保有量|存量|现有").search(label))
    if label.endswith(("车", "车辆")) and not BUYS.search(clause) and not ACTION.search(clause):
        return True
    if BUYS.search(clause) and not _HOLD.search(clause):
        return False
    if label.startswith("馆藏") or label.endswith(("占地面积", "业务用房", "建筑面积", "办公用房", "用房面积")):
        return True
    return (
        bool(_HOLD.search(clause))
        or bool(cue(r"资产|车辆|设备").search(heading))
        or label.endswith(("车辆", "设备", "建筑面积", "床位"))
    )


def is_body(label: str) -> bool:
    return label.endswith(("小学", "中学", "幼儿园", "学校", "医院", "卫生院", "高校"))


def is_unit_of(label: str, before: str) -> bool:
    """Whether a label names bodies that the words before it put under the reporting one: 统计范围：局机关、9个监管所.

    >>> is_unit_of("基层监管所", "统计范围：局机关、"), is_unit_of("基层监管所", "检查了局机关、")
    (True, False)
    """
    if not _INSTITUTION.search(label) or _UNIT_EVENT.search(before):
        return False
    return _HELD_UNDER.search(before) is not None


def names_bodies(label: str) -> bool:
    return _INSTITUTION.search(label) is not None


def is_institution(label: str, clause: str, heading: str) -> bool:
    if is_body(label):
        return bool(cue(r"现有|共有|下辖|所属|下属|辖").search(clause))
    if (_BODIES.search(label) or _BODIES.search(clause)) and label in clause and not _UNIT_EVENT.search(clause):
        return True
    if cue(r"内设|下属|二级(?!项目|指标|公路|甲等|以上)|所属(?!项目)|直属").search(label):
        return True
    if not _INSTITUTION.search(label) and not (
        len(label) <= _SHORT_NAME and label.endswith(_BODY_ENDS) and not label.endswith("家庭")
    ):
        return False
    if _UNIT_EVENT.search(clause):
        return False
    if _BRANCH.search(label) and not BUYS.search(clause):
        return True
    return bool(_HOLDER.search(clause)) or bool(cue(r"机构|概况|基本情况|单位构成|部门构成").search(heading))
