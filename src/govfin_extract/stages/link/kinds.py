"""Which of the eight kinds a figure is: by its unit, its label, and the words around them."""

from __future__ import annotations

from govfin_extract.stages.link.figures import Figure
from govfin_extract.stages.link.scene import Link, Scene
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
_STAFF_EVENT = cue(r"{staffing.events}")
_INSTITUTION = cue(r"{institution.nouns}")
_HOLDER = cue(r"{institution.holders}")
_UNIT_EVENT = cue(r"(?:{institution.events})(?!中心|站|大厅|局|所)")
_ASSET = cue(r"{asset.nouns}")
_BODY_ENDS = ("股", "科", "处", "室", "庭", "队", "所", "站")
_SHORT_NAME = 8
_BUY = cue(r"{asset.buy}")
_ACTION = cue(r"{lead.actions}")
_CHANGES_HANDS = cue(r"取消|报废|拟购置|处置了?|淘汰|封存|安排购置")
_BODIES = cue(r"(?:行政|事业|预算|决算|编报|参公)单位$|会计制度的单位$|(?:机构|编制户)数$")
_HOLD = cue(r"{asset.hold}")
_ASSET_UNITS = frozenset(
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
_ZERO_AMOUNT = cue(r"费|采购|投入|支出|收入|经费|预算|资金|决算|金额|款|收支|余额|结余|补助")
_ZERO_STAFF = cue(r"人员|编制|退休|雇员|职工")


def kind_in(scene: Scene, link: Link) -> str:
    """The kind of a figure in its scene; a list of people, bodies or vehicles keeps the kind of its first."""
    words = scene.words(link.label)
    kind = kind_of(scene.figure, words, scene.clause, scene.situation.heading)
    previous = scene.previous
    if kind == "asset" and _CHANGES_HANDS.search(scene.clause):
        return "event"
    if kind != "event" or previous is None:
        return kind
    if previous.kind == "institution" and scene.text[scene.figure.start - 1] == "、" and _is_body(words):
        return "institution"  # 下辖8个乡镇卫生院、1所县医院
    if previous.figure.unit != scene.figure.unit:
        return kind
    if previous.kind == "institution" and link.label == previous.label:
        return "institution"
    end = previous.label[1] if previous.label and previous.how == "noun after" else previous.figure.end
    if len(scene.text[max(end, previous.figure.end) : scene.left.clause]) > 2:
        return kind
    if previous.kind == "institution" or (previous.kind == "staffing" and not _STAFF_EVENT.search(words)):
        return previous.kind
    return "asset" if previous.kind == "asset" and not _BUY.search(words) else kind


def kind_of(figure: Figure, label: str, clause: str, heading: str) -> str:
    """The kind of a figure whose label, clause and nearest heading are given."""
    direct = _DIRECT.get(figure.kind)
    if direct:
        return direct
    if figure.kind in ("zero", "bare", "nothing"):
        return _zero_kind(label)
    unit = figure.unit.replace("(", "（").replace(")", "）")
    if unit in _PEOPLE and is_staff(label, clause, heading, unit):
        return "staffing"
    if unit in _ASSET_UNITS and is_asset(label, clause, heading):
        return "asset"
    if unit in ("个", "家", "户", "所", "股", "科", "室", "处", "委", "局", "站", "大队", "中队") and is_institution(
        label, clause, heading
    ):
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
    if _STAFF_EVENT.search(label):
        return False
    staff = bool(_STAFF.search(label))
    around = bool(_STRONG.search(clause)) or bool(cue(r"人员|编制|机构设置|基本情况|概况").search(heading))
    if _STAFF_EVENT.search(clause) and not around:
        return False
    return (staff and (around or not _STAFF_EVENT.search(clause))) or (around and not label)


def is_asset(label: str, clause: str, heading: str) -> bool:
    if not _ASSET.search(label) and not _ASSET.search(clause):
        return False
    if cue(r"保有量|用车|资产占|国有资产|占用").search(label + heading):
        return not _BUY.search(label) or bool(cue(r"保有量|存量|现有").search(label))
    if label.endswith(("车", "车辆")) and not _BUY.search(clause) and not _ACTION.search(clause):
        return True
    if _BUY.search(clause) and not _HOLD.search(clause):
        return False
    if label.startswith("馆藏") or label.endswith(("占地面积", "业务用房", "建筑面积", "办公用房", "用房面积")):
        return True
    return (
        bool(_HOLD.search(clause))
        or bool(cue(r"资产|车辆|设备").search(heading))
        or label.endswith(("车辆", "设备", "建筑面积", "床位"))
    )


def _is_body(label: str) -> bool:
    return label.endswith(("小学", "中学", "幼儿园", "学校", "医院", "卫生院", "高校"))


def is_institution(label: str, clause: str, heading: str) -> bool:
    if _is_body(label):
        return bool(cue(r"现有|共有|下辖|所属|下属|辖").search(clause))
    if (_BODIES.search(label) or _BODIES.search(clause)) and label in clause and not _UNIT_EVENT.search(clause):
        return True
    if cue(r"内设|下属|二级|所属|直属").search(label):
        return True
    if not _INSTITUTION.search(label) and not (len(label) <= _SHORT_NAME and label.endswith(_BODY_ENDS)):
        return False
    if _UNIT_EVENT.search(clause):
        return False
    return bool(_HOLDER.search(clause)) or bool(cue(r"机构|概况|基本情况|单位构成|部门构成").search(heading))
