"""A whole configuration file around a ``devices:`` section."""

from pathlib import Path

import yaml

_TEXT = """\
profile: demo
terminal:
  id: XH-01
  site: {{zh_CN: 样本大厅, zh_HK: 樣本大堂, en: Sample hall}}
panel: {{width_mm: 520, orientation: portrait}}
language: {language}
{devices}
platform: {{url: "http://127.0.0.1:1"}}
state_dir: state
keys:
  attestation_key_id: XH-01-1
  attestation_private: keys/attestation.pem
  key_list: keys/list.json
  key_list_public: keys/list.pem
"""


def write_configuration(folder: Path, devices: dict[str, dict[str, object]] | str, language: str = "zh_CN") -> Path:
    """Writes ``terminal.yaml``; `devices` as data, or as the text of the whole section."""
    section = devices if isinstance(devices, str) else yaml.safe_dump({"devices": devices}, allow_unicode=True)
    path = folder / "terminal.yaml"
    path.write_text(_TEXT.format(language=language, devices=section), encoding="utf-8")
    return path
