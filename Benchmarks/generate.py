#!/usr/bin/env python3
"""Makes records for the benchmarks: generate.py COUNT FORM > FILE

FORM is json (one compact array), spaced (the same array, indented by two spaces) or jsonl. Equal arguments give equal
bytes, and the first records of a longer file are those of a shorter one. All people, addresses and identifiers are
invented. A record takes about 0.9 kB of compact JSON.
"""

import json
import random
import sys

SEED = 20250917
FIRST_DAY = 1_700_000_000  # seconds since 1970, as the API counts them

TEAMS = ["billing", "returns", "travel desk", "claims", "onboarding", "night shift", "back office", "field service"]
PLACES = ["Köln", "Kraków", "Århus", "大阪", "São Luís", "İzmir", "Cork", "Zürich", "القاهرة", "Tromsø"]
SENTENCES = [
    "Answers first-line questions and hands over when unsure.",
    'Speaks plainly; the house style says "no jargon".',
    "Summarises calls into three bullet points.\nKeeps names out of them.",
    "Cheap and quick, good enough for routing.",
    "Bills per token, so long inputs go elsewhere.",
    "Pilot in the 東京 office – results due in spring ☀️.",
    "Path of the prompt: C:\\prompts\\v7",
    "Fällt bei Überlast auf das kleinere Modell zurück.",
    "Reviewed by legal, security and data protection.",
    "Used for long documents; slow on Mondays.",
]
MAILBOXES = ["ops", "oncall", "llm-alerts", "platform", "duty.manager"]

# Provider: share of the records, its models, and what its own object holds.
PROVIDERS = {
    "openAI": (26, ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-5"]),
    "azureOpenAI": (24, ["gpt-4o", "gpt-4.1-nano", "gpt-35-turbo"]),
    "anthropic": (14, ["claude-3-5-haiku-20241022", "claude-sonnet-4-0"]),
    "googleVertexAI": (9, ["gemini-2.0-flash", "gemini-1.5-pro"]),
    "googleGemini": (8, ["gemini-2.5-pro", "gemini-2.0-flash-lite"]),
    "googleGenAI": (6, ["gemini-2.5-flash"]),
    "mistral": (5, ["mistral-small-2503", "mistral-large-2411"]),
    "awsBedrock": (4, ["custom-model"]),
    "alephAlpha": (4, ["luminous-base-control", "luminous-supreme"]),
}


class Maker:
    def __init__(self):
        self.random = random.Random(SEED)

    def digits(self, count):
        return f"{self.random.getrandbits(4 * count):0{count}x}"

    def uuid(self):
        return "-".join(self.digits(count) for count in (8, 4, 4, 4, 12))

    def one_in(self, count):
        return self.random.randrange(count) == 0

    def provider_members(self, provider, model):
        pick, custom = self.random.choice, model == "custom-model"
        slug = f"{pick(TEAMS).replace(' ', '-')}-{self.random.randrange(1000)}"
        if provider == "openAI":
            if self.one_in(5):
                return {
                    "openAICompatible": {
                        "customModel": f"{slug}-instruct",
                        "baseCustomUrl": f"https://{slug}.models.example/v1",
                        "customAuthHeader": "x-api-key",
                    }
                }
            return {"openAI": {"customModel": f"ft:{model}:{slug}" if self.one_in(4) else ""}}
        if provider == "azureOpenAI":
            members = {
                "resourceName": f"{slug}-west",
                "deploymentName": f"{model}-{self.random.randrange(90) + 10}",
                "apiVersion": pick(["2024-06-01", "2024-10-21", "2025-01-01-preview"]),
            }
            if self.one_in(3):
                members["baseCustomUrl"] = f"https://{slug}.gateway.example/openai?tier={self.random.randrange(4)}"
            return {"azureOpenAI": members}
        if provider == "anthropic":
            return {"anthropic": {"customModel": slug if custom else ""}}
        if provider == "googleVertexAI":
            region = pick(["europe-west3", "us-central1", "asia-northeast1"])
            return {
                "googleVertexAI": {
                    "location": region,
                    "apiEndpoint": f"{region}-aiplatform.googleapis.com",
                    "publisher": "google",
                }
            }
        if provider in ("googleGemini", "googleGenAI"):
            return {provider: {"location": pick(["global", "europe-west1", "us-east4"])}}
        if provider == "alephAlpha":
            return {
                "alephAlpha": {"customModel": "", "baseCustomUrl": f"https://{slug}.inference.example"},
            }
        return {}

    def fallback(self):
        boxes = self.random.sample(MAILBOXES, self.random.randrange(4))
        return {
            "isFallbackEnabled": not self.one_in(4),
            "fallbackLLMReferenceId": self.uuid(),
            "immediateFallBack": {
                "failedRequests": self.random.randrange(1, 11),
                "durationInMinutes": self.random.choice([1, 5, 15, 60]),
                "emailNotificationList": [f"{box}@team{self.random.randrange(100)}.example" for box in boxes],
            },
        }

    def record(self):
        pick = self.random.choice
        provider = self.random.choices(list(PROVIDERS), [share for share, _ in PROVIDERS.values()])[0]
        model = pick(PROVIDERS[provider][1])
        record = {"name": f"{pick(TEAMS).title()} {pick(PLACES)} {self.random.randrange(10_000)}"}
        if not self.one_in(12):
            record["description"] = " ".join(self.random.sample(SENTENCES, self.random.randrange(1, 4)))
        record["modelType"] = model
        record["modelGroup"] = "embedding" if self.one_in(9) else "chat"
        if provider in ("openAI", "azureOpenAI") and self.one_in(3):
            record["apiType"] = pick(["chatCompletion", "responses"])
        record["isCustomModel"] = model == "custom-model"
        record["provider"] = provider
        record["connectionId"] = self.uuid()
        record.update(self.provider_members(provider, model))
        is_project = self.one_in(3)
        record["resourceLevel"] = "project" if is_project else "organisation"
        record["isDefault"] = self.one_in(20)
        record["fallbacks"] = [self.fallback() for _ in range(pick([0, 1, 1, 2]))]
        if is_project:
            record["projectId"] = self.digits(24)
        else:
            record["assignedToProjects"] = [self.digits(24) for _ in range(pick([0, 0, 1, 2]))]
        record["referenceId"] = self.uuid()
        record["_id"] = self.digits(24)
        created = FIRST_DAY + self.random.randrange(60_000_000)
        record["createdAt"] = created
        record["lastChanged"] = created + self.random.randrange(9_000_000)
        record["createdBy"] = self.digits(24)
        record["lastChangedBy"] = self.digits(24)
        return record


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("json", "spaced", "jsonl"):
        sys.exit(__doc__)
    count, form = int(sys.argv[1]), sys.argv[2]
    maker = Maker()
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", buffering=1 << 20, closefd=False)
    compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for index in range(count):
        record = maker.record()
        if form == "jsonl":
            out.write(compact(record) + "\n")
        elif form == "json":
            out.write(("," if index else "[") + compact(record))
        else:
            text = json.dumps(record, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            out.write((",\n  " if index else "[\n  ") + text)
    if form == "json":
        out.write("]\n" if count else "[]\n")
    elif form == "spaced":
        out.write("\n]\n" if count else "[]\n")
    out.flush()


main()
