"""Writes openapi.json, the contract as committed: ``python -m provisioning.platform.contract_file``."""

import json
from pathlib import Path

CONTRACT_FILE = Path(__file__).with_name("openapi.json")


def contract_text() -> str:
    """The generated contract, as the file must read."""
    from provisioning.platform.app import openapi_contract

    return json.dumps(openapi_contract(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    CONTRACT_FILE.write_text(contract_text(), encoding="utf-8")
