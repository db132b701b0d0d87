"""dbt's own JSON schemas for every adapter and the strict bundled ones, on each YAML file of a dbt project.

dbt 1.12 checks these only for some adapters; a project built on DuckDB would never see a deprecated shape.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

import yaml
from dbt.jsonschemas import jsonschemas

ADAPTERS = ("bigquery", "databricks", "redshift", "snowflake")
SKIPPED_FOLDERS = {"target", "dbt_packages", "logs"}
SKIPPED_FILES = {"profiles.yml", "packages.yml", "selectors.yml"}


def findings(root: Path) -> set[str]:
    """One line for each deprecated or unknown key."""
    found: set[str] = set()
    for path in sorted(root.rglob("*.yml")):
        name = path.relative_to(root)
        if name.parts[0] in SKIPPED_FOLDERS or path.name in SKIPPED_FILES:
            continue
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        is_project = path.name == "dbt_project.yml"
        schema = jsonschemas.project_schema() if is_project else jsonschemas.resources_schema()
        for error in jsonschemas._validate_with_schema(schema, content):
            found.add(f"strict {name} {list(error.path)} {error.message[:160]}")
        for adapter in ADAPTERS:
            warned: list[str] = []
            jsonschemas.deprecations = SimpleNamespace(warn=lambda code, warned=warned, **details: warned.append(f"{code} {sorted(details.items())}"))
            jsonschemas.get_invocation_context = lambda adapter=adapter: SimpleNamespace(adapter_types={adapter})
            jsonschemas.jsonschema_validate(schema, content, str(name))
            found |= {f"{adapter} {one}" for one in warned}
    return found


problems = sorted(findings(Path(sys.argv[1])))
print("\n".join(problems))
sys.exit(bool(problems))
