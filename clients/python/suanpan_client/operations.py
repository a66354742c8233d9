"""What the shop's program can do: one class an area, one method an operation.

Made from the API description by ./dev check --fix; edits here are lost.
"""

# ruff: noqa
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from .connection import Connection


DataAlarmsReplyAlarms = TypedDict("DataAlarmsReplyAlarms", {
    "en": "str",
    "field": "str",
    "kind": "str",
    "load_id": "int",
    "raised_at": "str",
    "source": "str",
    "threshold": "float",
    "value": "float",
    "zh": "str",
})

DataAlarmsReply = TypedDict("DataAlarmsReply", {
    "alarms": "list[DataAlarmsReplyAlarms]",
})

DataCheckReplyAlarms = TypedDict("DataCheckReplyAlarms", {
    "en": "str",
    "field": "str",
    "kind": "str",
    "load_id": "int",
    "source": "str",
    "threshold": "float",
    "value": "float",
    "zh": "str",
})

DataCheckReply = TypedDict("DataCheckReply", {
    "alarms": "list[DataCheckReplyAlarms]",
    "flagged": "int",
    "stock_outs": "int",
})

DataEraseCustomerReplyErased = TypedDict("DataEraseCustomerReplyErased", {
    "column": "str",
    "how": "str",
    "rows": "int",
    "table": "str",
})

DataEraseCustomerReplyFiles = TypedDict("DataEraseCustomerReplyFiles", {
    "file": "str",
    "why": "str",
})

DataEraseCustomerReplyRemaining = TypedDict("DataEraseCustomerReplyRemaining", {
    "column": "str",
    "rows": "int",
    "table": "str",
    "why": "str",
})

DataEraseCustomerReply = TypedDict("DataEraseCustomerReply", {
    "advice": "str",
    "columns_searched": "int",
    "erased": "list[DataEraseCustomerReplyErased]",
    "files": "list[DataEraseCustomerReplyFiles]",
    "overwritten": "bool",
    "pseudonyms": "list[str]",
    "remaining": "list[DataEraseCustomerReplyRemaining]",
})

DataEventsReplyReasons = TypedDict("DataEventsReplyReasons", {
    "event_id": "str",
    "index": "int",
    "reason": "str",
})

DataEventsReply = TypedDict("DataEventsReply", {
    "reasons": "list[DataEventsReplyReasons]",
    "refused": "int",
    "repeated": "int",
    "stored": "int",
})

DataExportReplyTables = TypedDict("DataExportReplyTables", {
    "bytes": "int",
    "files": "int",
    "partitioned_by": "str",
    "rows": "int",
    "table": "str",
})

DataExportReply = TypedDict("DataExportReply", {
    "currency": "str",
    "exported_at": "str",
    "folder": "str",
    "format": "str",
    "tables": "list[DataExportReplyTables]",
    "time_zone": "str",
})

DataFlagsReplyRows = TypedDict("DataFlagsReplyRows", {
    "expected": "float",
    "item_id": "str",
    "load_id": "int",
    "rule": "str",
    "score": "float",
    "source_line": "int",
    "table_name": "str",
    "value": "float",
})

DataFlagsReply = TypedDict("DataFlagsReply", {
    "rows": "list[DataFlagsReplyRows]",
})

DataInboxReplyFiles = TypedDict("DataInboxReplyFiles", {
    "file": "str",
    "loaded": "int",
    "moved_to": "str",
    "quarantined": "int",
    "read": "int",
    "refused": "str",
    "unchanged": "int",
})

DataInboxReply = TypedDict("DataInboxReply", {
    "files": "list[DataInboxReplyFiles]",
    "loaded": "int",
    "refused": "int",
})

DataLoadReplyFilesRules = TypedDict("DataLoadReplyFilesRules", {
    "action": "str",
    "rows": "int",
    "rule": "str",
})

DataLoadReplyFilesTests = TypedDict("DataLoadReplyFilesTests", {
    "name": "str",
    "rows": "int",
    "sample": "str",
    "severity": "str",
})

DataLoadReplyFiles = TypedDict("DataLoadReplyFiles", {
    "encoding": "str",
    "file": "str",
    "format": "str",
    "left_out": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "removed": "int",
    "replaced": "int",
    "rules": "list[DataLoadReplyFilesRules]",
    "seconds": "float",
    "source": "str",
    "tests": "list[DataLoadReplyFilesTests]",
    "unchanged": "int",
})

DataLoadReplyRules = TypedDict("DataLoadReplyRules", {
    "action": "str",
    "rows": "int",
    "rule": "str",
})

DataLoadReply = TypedDict("DataLoadReply", {
    "files": "list[DataLoadReplyFiles]",
    "left_out": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "removed": "int",
    "replaced": "int",
    "rules": "list[DataLoadReplyRules]",
    "unchanged": "int",
})

DataLoadsReplyLoads = TypedDict("DataLoadsReplyLoads", {
    "file": "str",
    "load_id": "int",
    "loaded": "int",
    "loaded_at": "str",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "source": "str",
    "unchanged": "int",
})

DataLoadsReply = TypedDict("DataLoadsReply", {
    "loads": "list[DataLoadsReplyLoads]",
})

DataMappingReply = TypedDict("DataMappingReply", {
    "sources": "list[str]",
    "text": "str",
})

DataPullReply = TypedDict("DataPullReply", {
    "batches": "int",
    "compared": "bool",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "removed": "int",
    "unchanged": "int",
    "up_to": "str",
})

DataPushReplyRules = TypedDict("DataPushReplyRules", {
    "action": "str",
    "rows": "int",
    "rule": "str",
})

DataPushReply = TypedDict("DataPushReply", {
    "left_out": "int",
    "load_id": "int",
    "loaded": "int",
    "mended": "int",
    "online": "int",
    "online_failure": "str",
    "quarantined": "int",
    "read": "int",
    "rules": "list[DataPushReplyRules]",
    "unchanged": "int",
})

DataQualityReplyAlarms = TypedDict("DataQualityReplyAlarms", {
    "en": "str",
    "field": "str",
    "kind": "str",
    "load_id": "int",
    "source": "str",
    "threshold": "float",
    "value": "float",
    "zh": "str",
})

DataQualityReplyEarlier = TypedDict("DataQualityReplyEarlier", {
    "file": "str",
    "load_id": "int",
    "loaded": "int",
    "loaded_at": "str",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "source": "str",
    "unchanged": "int",
})

DataQualityReplyFieldsHistogram = TypedDict("DataQualityReplyFieldsHistogram", {
    "earlier": "list[float]",
    "labels": "list[str]",
    "now": "list[float]",
})

DataQualityReplyFields = TypedDict("DataQualityReplyFields", {
    "earlier_high": "float | None",
    "earlier_low": "float | None",
    "earlier_null_share": "float",
    "earlier_rows": "int",
    "field": "str",
    "high": "float | None",
    "histogram": "DataQualityReplyFieldsHistogram",
    "low": "float | None",
    "null_share": "float",
    "psi": "float | None",
    "psi_by_chance": "float | None",
    "rows": "int",
    "table": "str",
})

DataQualityReplyFreshness = TypedDict("DataQualityReplyFreshness", {
    "hours_since": "float",
    "newest_event": "str | None",
    "usual_hours": "float | None",
})

DataQualityReplyLoad = TypedDict("DataQualityReplyLoad", {
    "file": "str",
    "load_id": "int",
    "loaded": "int",
    "loaded_at": "str",
    "mended": "int",
    "quarantined": "int",
    "read": "int",
    "source": "str",
    "unchanged": "int",
})

DataQualityReplyRules = TypedDict("DataQualityReplyRules", {
    "action": "str",
    "rows": "int",
    "rule": "str",
})

DataQualityReplyTests = TypedDict("DataQualityReplyTests", {
    "name": "str",
    "rows": "int",
    "sample": "str",
    "severity": "str",
})

DataQualityReply = TypedDict("DataQualityReply", {
    "alarms": "list[DataQualityReplyAlarms]",
    "earlier": "list[DataQualityReplyEarlier]",
    "fields": "list[DataQualityReplyFields]",
    "freshness": "DataQualityReplyFreshness",
    "load": "DataQualityReplyLoad",
    "rules": "list[DataQualityReplyRules]",
    "tests": "list[DataQualityReplyTests]",
})

DataQualityPageReply = TypedDict("DataQualityPageReply", {
    "file": "str",
})

DataQuarantineReplyRows = TypedDict("DataQuarantineReplyRows", {
    "column_name": "str",
    "file": "str",
    "load_id": "int",
    "raw": "str",
    "reason": "str",
    "replaced": "bool",
    "rule": "str",
    "source": "str",
    "source_line": "int",
})

DataQuarantineReply = TypedDict("DataQuarantineReply", {
    "next_cursor": "str",
    "rows": "list[DataQuarantineReplyRows]",
})

DataReplaceMappingReply = TypedDict("DataReplaceMappingReply", {
    "replaced": "bool",
    "sources": "list[str]",
    "sources_gone": "list[str]",
})

DataReplayReplyLoads = TypedDict("DataReplayReplyLoads", {
    "file": "str",
    "left_out": "int",
    "load_id": "int",
    "loaded": "int",
    "mended": "int",
    "problem": "str",
    "quarantined": "int",
    "replay_id": "int",
    "source": "str",
    "taken": "int",
    "unchanged": "int",
})

DataReplayReply = TypedDict("DataReplayReply", {
    "left_out": "int",
    "loaded": "int",
    "loads": "list[DataReplayReplyLoads]",
    "mended": "int",
    "quarantined": "int",
    "taken": "int",
    "unchanged": "int",
})

DataRowsReply = TypedDict("DataRowsReply", {
    "next_cursor": "str",
    "rows": "list[str]",
})

DataSummaryReplyTables = TypedDict("DataSummaryReplyTables", {
    "rows": "int",
    "table": "str",
})

DataSummaryReply = TypedDict("DataSummaryReply", {
    "currency": "str",
    "first_day": "str | None",
    "last_day": "str | None",
    "shop": "str",
    "tables": "list[DataSummaryReplyTables]",
    "time_zone": "str",
})

DataTestReplyTests = TypedDict("DataTestReplyTests", {
    "name": "str",
    "rows": "int",
    "sample": "str",
    "severity": "str",
})

DataTestReply = TypedDict("DataTestReply", {
    "passed": "bool",
    "tests": "list[DataTestReplyTests]",
})

DataTraceReplyRows = TypedDict("DataTraceReplyRows", {
    "file": "str",
    "file_state": "str",
    "line_text": "str",
    "load_id": "int",
    "loaded_at": "str",
    "path": "str",
    "replaced_by": "int",
    "replay_of": "int",
    "row": "str",
    "source": "str",
    "source_line": "int",
})

DataTraceReply = TypedDict("DataTraceReply", {
    "rows": "list[DataTraceReplyRows]",
})

DecisionsActReply = TypedDict("DecisionsActReply", {
    "dead": "int",
    "decisions": "int",
    "delivered": "int",
    "failed": "int",
    "failed_attempts": "int",
    "files": "list[str]",
})

DecisionsApproveReplyDecisions = TypedDict("DecisionsApproveReplyDecisions", {
    "error": "str | None",
    "error_code": "str | None",
    "id": "str",
    "state": "str",
})

DecisionsApproveReply = TypedDict("DecisionsApproveReply", {
    "decisions": "list[DecisionsApproveReplyDecisions]",
    "done": "int",
    "failed": "int",
})

DecisionsCheckReply = TypedDict("DecisionsCheckReply", {
    "differences": "list[str]",
    "sound": "bool",
})

DecisionsCountsReplyCountsValue = TypedDict("DecisionsCountsReplyCountsValue", {
    "currency": "str",
    "minor": "int",
})

DecisionsCountsReplyCounts = TypedDict("DecisionsCountsReplyCounts", {
    "decisions": "int",
    "kind": "str",
    "state": "str",
    "value": "DecisionsCountsReplyCountsValue",
})

DecisionsCountsReplyKindsTitle = TypedDict("DecisionsCountsReplyKindsTitle", {
    "en": "str",
    "zh": "str",
})

DecisionsCountsReplyKinds = TypedDict("DecisionsCountsReplyKinds", {
    "kind": "str",
    "title": "DecisionsCountsReplyKindsTitle",
})

DecisionsCountsReply = TypedDict("DecisionsCountsReply", {
    "counts": "list[DecisionsCountsReplyCounts]",
    "kinds": "list[DecisionsCountsReplyKinds]",
})

DecisionsDeliverReply = TypedDict("DecisionsDeliverReply", {
    "dead": "int",
    "delivered": "int",
    "failed_attempts": "int",
})

DecisionsDeliveriesReplyDeliveries = TypedDict("DecisionsDeliveriesReplyDeliveries", {
    "attempts": "int",
    "created_at": "str",
    "decision": "str",
    "event": "str",
    "id": "str",
    "kind": "str",
    "last_at": "str",
    "next_at": "str",
    "reason": "str",
    "state": "str",
    "status": "int",
})

DecisionsDeliveriesReply = TypedDict("DecisionsDeliveriesReply", {
    "deliveries": "list[DecisionsDeliveriesReplyDeliveries]",
    "next_after": "str",
})

DecisionsExpireReply = TypedDict("DecisionsExpireReply", {
    "expired": "int",
})

DecisionsListReplyDecisionsSummary = TypedDict("DecisionsListReplyDecisionsSummary", {
    "en": "str",
    "zh": "str",
})

DecisionsListReplyDecisionsValue = TypedDict("DecisionsListReplyDecisionsValue", {
    "currency": "str",
    "minor": "int",
})

DecisionsListReplyDecisions = TypedDict("DecisionsListReplyDecisions", {
    "arguments": "Any",
    "as_of": "str",
    "deadline": "str",
    "evidence": "Any",
    "expected": "Any",
    "hash": "str",
    "id": "str",
    "kind": "str",
    "proposed_by": "str",
    "reason": "str",
    "state": "str",
    "subject": "str",
    "summary": "DecisionsListReplyDecisionsSummary",
    "urgency": "float",
    "value": "DecisionsListReplyDecisionsValue",
})

DecisionsListReply = TypedDict("DecisionsListReply", {
    "decisions": "list[DecisionsListReplyDecisions]",
    "next_cursor": "str",
})

DecisionsMeasureReplyActed = TypedDict("DecisionsMeasureReplyActed", {
    "absolute_error": "float",
    "baseline_absolute_error": "float",
    "bias": "float",
    "decisions": "int",
    "within_share": "float",
})

DecisionsMeasureReplyActedByPolicy = TypedDict("DecisionsMeasureReplyActedByPolicy", {
    "absolute_error": "float",
    "baseline_absolute_error": "float",
    "bias": "float",
    "decisions": "int",
    "within_share": "float",
})

DecisionsMeasureReplyDecisions = TypedDict("DecisionsMeasureReplyDecisions", {
    "baseline": "float",
    "expected": "float",
    "high": "float",
    "id": "str",
    "low": "float",
    "outcome": "float",
    "unit": "str",
    "within": "bool",
})

DecisionsMeasureReplyHeldOut = TypedDict("DecisionsMeasureReplyHeldOut", {
    "absolute_error": "float",
    "baseline_absolute_error": "float",
    "bias": "float",
    "decisions": "int",
    "within_share": "float",
})

DecisionsMeasureReplyNotActed = TypedDict("DecisionsMeasureReplyNotActed", {
    "absolute_error": "float",
    "baseline_absolute_error": "float",
    "bias": "float",
    "decisions": "int",
    "within_share": "float",
})

DecisionsMeasureReply = TypedDict("DecisionsMeasureReply", {
    "acted": "DecisionsMeasureReplyActed",
    "acted_by_policy": "DecisionsMeasureReplyActedByPolicy",
    "decisions": "list[DecisionsMeasureReplyDecisions]",
    "held_out": "DecisionsMeasureReplyHeldOut",
    "measured": "int",
    "not_acted": "DecisionsMeasureReplyNotActed",
})

DecisionsPoliciesReplyChanges = TypedDict("DecisionsPoliciesReplyChanges", {
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "kind": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
})

DecisionsPoliciesReplyPolicies = TypedDict("DecisionsPoliciesReplyPolicies", {
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "kind": "str",
    "origin": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "title_en": "str",
    "title_zh": "str",
})

DecisionsPoliciesReply = TypedDict("DecisionsPoliciesReply", {
    "changes": "list[DecisionsPoliciesReplyChanges]",
    "policies": "list[DecisionsPoliciesReplyPolicies]",
})

DecisionsRedeliverReplyDecisions = TypedDict("DecisionsRedeliverReplyDecisions", {
    "error": "str | None",
    "error_code": "str | None",
    "id": "str",
    "state": "str",
})

DecisionsRedeliverReply = TypedDict("DecisionsRedeliverReply", {
    "decisions": "list[DecisionsRedeliverReplyDecisions]",
    "done": "int",
    "failed": "int",
})

DecisionsRejectReplyDecisions = TypedDict("DecisionsRejectReplyDecisions", {
    "error": "str | None",
    "error_code": "str | None",
    "id": "str",
    "state": "str",
})

DecisionsRejectReply = TypedDict("DecisionsRejectReply", {
    "decisions": "list[DecisionsRejectReplyDecisions]",
    "done": "int",
    "failed": "int",
})

DecisionsRollBackReplyDecisions = TypedDict("DecisionsRollBackReplyDecisions", {
    "error": "str | None",
    "error_code": "str | None",
    "id": "str",
    "state": "str",
})

DecisionsRollBackReply = TypedDict("DecisionsRollBackReply", {
    "decisions": "list[DecisionsRollBackReplyDecisions]",
    "done": "int",
    "failed": "int",
})

DecisionsSetPolicyReply = TypedDict("DecisionsSetPolicyReply", {
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "kind": "str",
    "origin": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "title_en": "str",
    "title_zh": "str",
})

DecisionsShowReplyDecisionSummary = TypedDict("DecisionsShowReplyDecisionSummary", {
    "en": "str",
    "zh": "str",
})

DecisionsShowReplyDecisionValue = TypedDict("DecisionsShowReplyDecisionValue", {
    "currency": "str",
    "minor": "int",
})

DecisionsShowReplyDecision = TypedDict("DecisionsShowReplyDecision", {
    "arguments": "Any",
    "as_of": "str",
    "deadline": "str",
    "evidence": "Any",
    "expected": "Any",
    "hash": "str",
    "id": "str",
    "kind": "str",
    "proposed_by": "str",
    "reason": "str",
    "state": "str",
    "subject": "str",
    "summary": "DecisionsShowReplyDecisionSummary",
    "urgency": "float",
    "value": "DecisionsShowReplyDecisionValue",
})

DecisionsShowReplyEvents = TypedDict("DecisionsShowReplyEvents", {
    "actor": "str",
    "event": "str",
    "happened_at": "str",
    "payload": "Any",
    "reason": "str",
    "state": "str",
})

DecisionsShowReply = TypedDict("DecisionsShowReply", {
    "decision": "DecisionsShowReplyDecision",
    "events": "list[DecisionsShowReplyEvents]",
})

DecisionsWebhookSecretReply = TypedDict("DecisionsWebhookSecretReply", {
    "kind": "str",
    "secret": "str",
})

DemandBiasReplyAlarms = TypedDict("DemandBiasReplyAlarms", {
    "en": "str",
    "forecast": "float",
    "item": "str",
    "mean_error": "float",
    "periods": "int",
    "signal": "float",
    "sold": "float",
    "zh": "str",
})

DemandBiasReply = TypedDict("DemandBiasReply", {
    "alarms": "list[DemandBiasReplyAlarms]",
    "items": "int",
})

DemandExplainReplyParts = TypedDict("DemandExplainReplyParts", {
    "en": "str",
    "name": "str",
    "units": "float",
    "zh": "str",
})

DemandExplainReplyPlanned = TypedDict("DemandExplainReplyPlanned", {
    "days": "int",
    "high": "float",
    "low": "float",
    "units": "float",
    "usual_share": "float",
})

DemandExplainReplySeason = TypedDict("DemandExplainReplySeason", {
    "from": "str",
    "units": "float",
})

DemandExplainReplyUplift = TypedDict("DemandExplainReplyUplift", {
    "days": "int",
    "episodes": "int",
    "factor": "float",
    "high": "float",
    "low": "float",
    "of": "str",
})

DemandExplainReply = TypedDict("DemandExplainReply", {
    "as_of": "str",
    "from": "str",
    "item": "str",
    "last_weeks_units": "float | None",
    "last_year_units": "float | None",
    "method": "str",
    "model_units": "float",
    "neighbours": "list[str]",
    "parts": "list[DemandExplainReplyParts]",
    "planned": "DemandExplainReplyPlanned",
    "promoted_days_before": "int",
    "season": "list[DemandExplainReplySeason]",
    "sentence_en": "str",
    "sentence_zh": "str",
    "title": "str",
    "to": "str",
    "units": "float",
    "uplift": "DemandExplainReplyUplift",
})

DemandForecastReplyPeriods = TypedDict("DemandForecastReplyPeriods", {
    "from": "str",
    "model_units": "float",
    "units": "float",
})

DemandForecastReplyWindow = TypedDict("DemandForecastReplyWindow", {
    "level": "float",
    "units": "float",
})

DemandForecastReply = TypedDict("DemandForecastReply", {
    "as_of": "str",
    "backtest_error": "float",
    "backtest_windows": "int",
    "baseline_error": "float",
    "baseline_units": "float",
    "history_periods": "int",
    "item": "str",
    "method": "str",
    "model": "str",
    "model_version": "str",
    "model_window_units": "float",
    "override_id": "int | None",
    "period": "str",
    "periods": "list[DemandForecastReplyPeriods]",
    "window": "list[DemandForecastReplyWindow]",
    "window_periods": "int",
    "window_units": "float",
})

DemandNewItemsReplyAges = TypedDict("DemandNewItemsReplyAges", {
    "all_items_wape": "float",
    "bias": "float",
    "category_wape": "float",
    "chosen": "str",
    "coverage": "float",
    "judged_before": "int",
    "neighbours_wape": "float",
    "today_bias": "float",
    "today_coverage": "float",
    "today_wape": "float",
    "units": "float",
    "wape": "float",
    "weeks": "str",
    "windows": "int",
})

DemandNewItemsReply = TypedDict("DemandNewItemsReply", {
    "ages": "list[DemandNewItemsReplyAges]",
    "as_of": "str",
    "fresh": "int",
    "launches": "int",
    "split": "str",
    "with_category": "int",
    "with_vector": "int",
})

DemandOverrideReply = TypedDict("DemandOverrideReply", {
    "item": "str",
    "made_on": "str",
    "model_window_units": "float",
    "override_id": "int",
    "window_units": "float",
})

DemandOverridesReplyOverrides = TypedDict("DemandOverridesReplyOverrides", {
    "factor": "float | None",
    "from": "str",
    "item": "str",
    "made_at": "str",
    "made_by": "str",
    "made_on": "str",
    "override_id": "int",
    "reason": "str",
    "units": "float | None",
    "until": "str",
    "withdrawn_on": "str",
})

DemandOverridesReply = TypedDict("DemandOverridesReply", {
    "overrides": "list[DemandOverridesReplyOverrides]",
})

DemandRunReplyMethods = TypedDict("DemandRunReplyMethods", {
    "items": "int",
    "method": "str",
})

DemandRunReply = TypedDict("DemandRunReply", {
    "as_of": "str",
    "baseline_error": "float",
    "error": "float",
    "items": "int",
    "kept": "int",
    "methods": "list[DemandRunReplyMethods]",
    "model": "str",
    "model_version": "str",
    "period": "str",
    "periods": "int",
    "promotion": "str",
    "promotion_message": "str",
    "trained_version": "str",
})

DemandValueAddedReplyAll = TypedDict("DemandValueAddedReplyAll", {
    "method": "str",
    "model_added": "float",
    "model_wape": "float",
    "naive_wape": "float",
    "override_added": "float",
    "planned_wape": "float",
    "units": "float",
    "windows": "int",
})

DemandValueAddedReplyMethods = TypedDict("DemandValueAddedReplyMethods", {
    "method": "str",
    "model_added": "float",
    "model_wape": "float",
    "naive_wape": "float",
    "override_added": "float",
    "planned_wape": "float",
    "units": "float",
    "windows": "int",
})

DemandValueAddedReplyOverrides = TypedDict("DemandValueAddedReplyOverrides", {
    "helped": "bool",
    "item": "str",
    "made_by": "str",
    "model_error": "float",
    "override_id": "int",
    "planned_error": "float",
    "reason": "str",
    "units": "float",
    "windows": "int",
})

DemandValueAddedReply = TypedDict("DemandValueAddedReply", {
    "all": "DemandValueAddedReplyAll",
    "left_out": "int",
    "methods": "list[DemandValueAddedReplyMethods]",
    "overrides": "list[DemandValueAddedReplyOverrides]",
})

DemandWithdrawReply = TypedDict("DemandWithdrawReply", {
    "override_id": "int",
})

FeaturesApplyReply = TypedDict("FeaturesApplyReply", {
    "changed_keys": "int",
    "events": "int",
    "repeated": "int",
})

FeaturesApplyEvents = TypedDict("FeaturesApplyEvents", {
    "at": "str",
    "customer_id": "str | None",
    "id": "str",
    "item_id": "str",
    "kind": "str",
    "order_id": "str | None",
    "place_id": "str | None",
    "quantity": "int",
    "unit_price": "int",
})

FeaturesComputeReplyBlocks = TypedDict("FeaturesComputeReplyBlocks", {
    "block": "str",
    "computed": "int",
    "kept": "int",
    "rows": "int",
    "seconds": "float",
})

FeaturesComputeReply = TypedDict("FeaturesComputeReply", {
    "blocks": "list[FeaturesComputeReplyBlocks]",
    "computed": "int",
    "kept": "int",
    "moment": "str",
    "seconds": "float",
})

FeaturesForgetReply = TypedDict("FeaturesForgetReply", {
    "customers": "int",
})

FeaturesListReplyFeatures = TypedDict("FeaturesListReplyFeatures", {
    "en": "str",
    "entity": "str",
    "freshness_minutes": "int",
    "from_events": "bool",
    "name": "str",
    "owner": "str",
    "type": "str",
    "unit": "str",
    "window_days": "int | None",
    "zh": "str",
})

FeaturesListReply = TypedDict("FeaturesListReply", {
    "features": "list[FeaturesListReplyFeatures]",
})

FeaturesReadReplyRows = TypedDict("FeaturesReadReplyRows", {
    "found": "bool",
    "id": "str",
    "second": "str",
    "values": "list[bool | int | float | str | None]",
})

FeaturesReadReply = TypedDict("FeaturesReadReply", {
    "entity": "str",
    "features": "list[str]",
    "moment": "str",
    "rows": "list[FeaturesReadReplyRows]",
})

FeaturesShowReplyFeature = TypedDict("FeaturesShowReplyFeature", {
    "en": "str",
    "entity": "str",
    "freshness_minutes": "int",
    "from_events": "bool",
    "name": "str",
    "owner": "str",
    "type": "str",
    "unit": "str",
    "window_days": "int | None",
    "zh": "str",
})

FeaturesShowReply = TypedDict("FeaturesShowReply", {
    "aggregate": "str",
    "declared_at": "str",
    "feature": "FeaturesShowReplyFeature",
    "hash": "str",
    "sql": "str",
    "stream": "str",
    "stream_sql": "str",
    "used_by": "list[str]",
    "uses": "list[str]",
})

FeaturesSqlReply = TypedDict("FeaturesSqlReply", {
    "dialect": "str",
    "entity": "str",
    "moment": "str",
    "sql": "str",
    "tables": "list[str]",
})

FeaturesStatusReplyEntities = TypedDict("FeaturesStatusReplyEntities", {
    "age_minutes": "int | None",
    "computed_at": "str | None",
    "declared": "int",
    "entity": "str",
    "fresh": "bool",
    "freshness_minutes": "int",
    "keys": "int",
    "moment": "str | None",
})

FeaturesStatusReply = TypedDict("FeaturesStatusReply", {
    "changed_keys": "int",
    "entities": "list[FeaturesStatusReplyEntities]",
})

FeaturesTrainingSetReply = TypedDict("FeaturesTrainingSetReply", {
    "features": "int",
    "file": "str",
    "first_moment": "str",
    "last_moment": "str",
    "rows": "int",
    "sidecar": "str",
})

ItemsSalesReplyWeeks = TypedDict("ItemsSalesReplyWeeks", {
    "revenue": "int | None",
    "units": "int",
    "week": "str",
})

ItemsSalesReply = TypedDict("ItemsSalesReply", {
    "weeks": "list[ItemsSalesReplyWeeks]",
})

ItemsSearchReplyItems = TypedDict("ItemsSearchReplyItems", {
    "category": "str",
    "item_id": "str",
    "title": "str",
    "unit_price": "int | None",
})

ItemsSearchReply = TypedDict("ItemsSearchReply", {
    "items": "list[ItemsSearchReplyItems]",
    "more": "bool",
    "total": "int",
})

ItemsShowReplyItem = TypedDict("ItemsShowReplyItem", {
    "category": "str",
    "currency": "str",
    "item_id": "str",
    "listed_on": "str",
    "supplier": "str",
    "title": "str",
    "unit_cost": "int | None",
    "unit_price": "int | None",
})

ItemsShowReplyStock = TypedDict("ItemsShowReplyStock", {
    "day": "str",
    "on_hand": "int",
    "on_order": "int",
})

ItemsShowReplyWeeks = TypedDict("ItemsShowReplyWeeks", {
    "empty_days": "int | None",
    "on_hand": "int | None",
    "promoted_days": "int",
    "revenue": "int | None",
    "units": "int",
    "week": "str",
})

ItemsShowReply = TypedDict("ItemsShowReply", {
    "item": "ItemsShowReplyItem",
    "stock": "ItemsShowReplyStock | None",
    "weeks": "list[ItemsShowReplyWeeks]",
})

JobsDailyReplySteps = TypedDict("JobsDailyReplySteps", {
    "reply": "Any",
    "resumed": "bool",
    "seconds": "float",
    "step": "str",
})

JobsDailyReply = TypedDict("JobsDailyReply", {
    "as_of": "str",
    "steps": "list[JobsDailyReplySteps]",
})

JobsListReplyRuns = TypedDict("JobsListReplyRuns", {
    "failure": "str",
    "failures": "int",
    "job": "str",
    "key": "str",
    "last_at": "str",
    "run_id": "int",
    "seconds": "float",
    "started_at": "str",
    "state": "str",
    "steps_done": "int",
})

JobsListReply = TypedDict("JobsListReply", {
    "runs": "list[JobsListReplyRuns]",
})

JobsScheduleReplySchedules = TypedDict("JobsScheduleReplySchedules", {
    "last_at": "str | None",
    "next_at": "str | None",
    "operation": "str",
    "schedule": "str",
    "set_by": "str",
})

JobsScheduleReply = TypedDict("JobsScheduleReply", {
    "schedules": "list[JobsScheduleReplySchedules]",
})

JobsSetScheduleReply = TypedDict("JobsSetScheduleReply", {
    "next_at": "str | None",
    "operation": "str",
    "schedule": "str",
})

JobsShowReplyRun = TypedDict("JobsShowReplyRun", {
    "failure": "str",
    "failures": "int",
    "job": "str",
    "key": "str",
    "last_at": "str",
    "run_id": "int",
    "seconds": "float",
    "started_at": "str",
    "state": "str",
    "steps_done": "int",
})

JobsShowReplySteps = TypedDict("JobsShowReplySteps", {
    "attempts": "int",
    "failure": "str",
    "finished_at": "str",
    "reply": "Any",
    "seconds": "float",
    "state": "str",
    "step": "str",
})

JobsShowReply = TypedDict("JobsShowReply", {
    "run": "JobsShowReplyRun",
    "steps": "list[JobsShowReplySteps]",
})

KeysCreateReply = TypedDict("KeysCreateReply", {
    "key": "str",
    "key_id": "str",
    "name": "str",
    "note": "str",
    "role": "str",
})

KeysListReplyKeys = TypedDict("KeysListReplyKeys", {
    "created_at": "str",
    "created_by": "str",
    "key_id": "str",
    "name": "str",
    "revoked_at": "str | None",
    "role": "str",
})

KeysListReply = TypedDict("KeysListReply", {
    "keys": "list[KeysListReplyKeys]",
})

KeysRevokeReply = TypedDict("KeysRevokeReply", {
    "key_id": "str",
    "name": "str",
    "revoked_at": "str",
})

LabelsAgreementReplyAnnotators = TypedDict("LabelsAgreementReplyAnnotators", {
    "accuracy": "float | None",
    "accuracy_high": "float | None",
    "accuracy_low": "float | None",
    "annotator": "str",
    "correct": "int | None",
    "gold": "int | None",
    "labelled": "int",
    "skipped": "int",
})

LabelsAgreementReplyPairs = TypedDict("LabelsAgreementReplyPairs", {
    "agreed": "int",
    "first": "str",
    "kappa": "float | None",
    "kappa_linear": "float | None",
    "kappa_quadratic": "float | None",
    "second": "str",
    "tasks": "int",
})

LabelsAgreementReply = TypedDict("LabelsAgreementReply", {
    "alpha": "float | None",
    "annotators": "list[LabelsAgreementReplyAnnotators]",
    "pairs": "list[LabelsAgreementReplyPairs]",
    "scale": "str",
    "set": "str",
    "tasks": "int",
    "version": "int",
})

LabelsCreateSetReply = TypedDict("LabelsCreateSetReply", {
    "created": "bool",
    "set": "str",
    "version": "int",
})

LabelsCreateSetExamples = TypedDict("LabelsCreateSetExamples", {
    "label": "str",
    "text": "str",
    "why": "str",
})

LabelsExportReply = TypedDict("LabelsExportReply", {
    "file": "str",
    "frozen": "bool",
    "hash": "str",
    "labels": "int",
    "set": "str",
    "version": "int",
})

LabelsFreezeReply = TypedDict("LabelsFreezeReply", {
    "file": "str",
    "frozen": "bool",
    "hash": "str",
    "labels": "int",
    "set": "str",
    "version": "int",
})

LabelsImportReplyReasons = TypedDict("LabelsImportReplyReasons", {
    "file": "str",
    "line": "int",
    "reason": "str",
})

LabelsImportReply = TypedDict("LabelsImportReply", {
    "added": "int",
    "gold": "int",
    "reasons": "list[LabelsImportReplyReasons]",
    "refused": "int",
    "set": "str",
    "unchanged": "int",
    "version": "int",
})

LabelsListSetsReplySets = TypedDict("LabelsListSetsReplySets", {
    "annotations": "int",
    "frozen": "bool",
    "set": "str",
    "settled": "int",
    "tasks": "int",
    "version": "int",
})

LabelsListSetsReply = TypedDict("LabelsListSetsReply", {
    "sets": "list[LabelsListSetsReplySets]",
})

LabelsNextReplyTasks = TypedDict("LabelsNextReplyTasks", {
    "guess": "str | None",
    "lease_expires_at": "str",
    "picture": "str",
    "record": "Any",
    "task_id": "str",
    "text": "str",
})

LabelsNextReply = TypedDict("LabelsNextReply", {
    "annotator": "str",
    "set": "str",
    "tasks": "list[LabelsNextReplyTasks]",
    "version": "int",
})

LabelsRulesReplyRules = TypedDict("LabelsRulesReplyRules", {
    "accuracy": "float | None",
    "conflict": "float",
    "correct": "int | None",
    "coverage": "float",
    "field": "str",
    "gold": "int | None",
    "label": "str",
    "name": "str",
    "overlap": "float",
    "regex": "str",
    "where": "str",
})

LabelsRulesReply = TypedDict("LabelsRulesReply", {
    "accuracy": "float | None",
    "accuracy_high": "float | None",
    "accuracy_low": "float | None",
    "correct": "int | None",
    "coverage": "float",
    "gold": "int | None",
    "guessed": "int",
    "rules": "list[LabelsRulesReplyRules]",
    "set": "str",
    "tasks": "int",
    "version": "int",
})

LabelsRulesRules = TypedDict("LabelsRulesRules", {
    "field": "str",
    "label": "str",
    "name": "str",
    "regex": "str",
    "where": "str",
})

LabelsScoresReplyReasons = TypedDict("LabelsScoresReplyReasons", {
    "error": "str | None",
    "error_code": "str | None",
    "state": "str",
    "task_id": "str",
})

LabelsScoresReply = TypedDict("LabelsScoresReply", {
    "accepted": "int",
    "reasons": "list[LabelsScoresReplyReasons]",
    "refused": "int",
    "set": "str",
    "version": "int",
})

LabelsScoresScores = TypedDict("LabelsScoresScores", {
    "probabilities": "list[float]",
    "task_id": "str",
})

LabelsSettleReplyTasks = TypedDict("LabelsSettleReplyTasks", {
    "error": "str | None",
    "error_code": "str | None",
    "state": "str",
    "task_id": "str",
})

LabelsSettleReply = TypedDict("LabelsSettleReply", {
    "conflicts": "int",
    "refused": "int",
    "set": "str",
    "settled": "int",
    "tasks": "list[LabelsSettleReplyTasks]",
    "unchanged": "int",
    "version": "int",
    "waiting": "int",
})

LabelsSettleAdjudications = TypedDict("LabelsSettleAdjudications", {
    "label": "str",
    "reason": "str",
    "task_id": "str",
})

LabelsShowSetReplyExamples = TypedDict("LabelsShowSetReplyExamples", {
    "label": "str",
    "text": "str",
    "why": "str",
})

LabelsShowSetReply = TypedDict("LabelsShowSetReply", {
    "annotations": "int",
    "annotations_per_task": "int",
    "classes": "list[str]",
    "descriptions": "dict[str, str]",
    "examples": "list[LabelsShowSetReplyExamples]",
    "frozen_at": "str | None",
    "gold": "int",
    "gold_share": "float",
    "hash": "str | None",
    "instructions": "str",
    "kind": "str",
    "lease_minutes": "int",
    "scale": "str",
    "set": "str",
    "settled": "int",
    "show_guess": "bool",
    "tasks": "int",
    "version": "int",
})

LabelsSkipReplyTasks = TypedDict("LabelsSkipReplyTasks", {
    "error": "str | None",
    "error_code": "str | None",
    "state": "str",
    "task_id": "str",
})

LabelsSkipReply = TypedDict("LabelsSkipReply", {
    "accepted": "int",
    "annotator": "str",
    "refused": "int",
    "set": "str",
    "tasks": "list[LabelsSkipReplyTasks]",
    "version": "int",
})

LabelsSubmitReplyTasks = TypedDict("LabelsSubmitReplyTasks", {
    "error": "str | None",
    "error_code": "str | None",
    "state": "str",
    "task_id": "str",
})

LabelsSubmitReply = TypedDict("LabelsSubmitReply", {
    "accepted": "int",
    "annotator": "str",
    "refused": "int",
    "set": "str",
    "tasks": "list[LabelsSubmitReplyTasks]",
    "version": "int",
})

LabelsSubmitLabels = TypedDict("LabelsSubmitLabels", {
    "label": "str",
    "note": "str",
    "task_id": "str",
})

LabelsTasksReplyTasksLabels = TypedDict("LabelsTasksReplyTasksLabels", {
    "annotator": "str",
    "label": "str | None",
    "note": "str",
    "task_id": "str",
})

LabelsTasksReplyTasks = TypedDict("LabelsTasksReplyTasks", {
    "confidence": "float | None",
    "gold": "str | None",
    "guess": "str | None",
    "label": "str | None",
    "labels": "list[LabelsTasksReplyTasksLabels]",
    "method": "str | None",
    "picture": "str",
    "reason": "str | None",
    "record": "Any",
    "state": "str",
    "task_id": "str",
    "text": "str",
    "uncertainty": "float | None",
})

LabelsTasksReply = TypedDict("LabelsTasksReply", {
    "next_cursor": "str",
    "tasks": "list[LabelsTasksReplyTasks]",
})

ModelsListReplyVersions = TypedDict("ModelsListReplyVersions", {
    "baseline_error": "float",
    "created_at": "str",
    "data_to": "str",
    "error": "float",
    "method": "str",
    "name": "str",
    "relative_error": "float",
    "serving": "bool",
    "version": "str",
    "windows": "int",
})

ModelsListReply = TypedDict("ModelsListReply", {
    "versions": "list[ModelsListReplyVersions]",
})

ModelsPromoteReply = TypedDict("ModelsPromoteReply", {
    "decision": "str",
    "message": "str",
    "serving": "str",
    "state": "str",
})

ModelsRollBackReply = TypedDict("ModelsRollBackReply", {
    "decision": "str",
    "message": "str",
    "serving": "str",
    "state": "str",
})

ModelsShowReplyCardMetrics = TypedDict("ModelsShowReplyCardMetrics", {
    "baseline": "float",
    "name": "str",
    "unit": "str",
    "value": "float",
    "windows": "int",
})

ModelsShowReplyCard = TypedDict("ModelsShowReplyCard", {
    "baseline": "str",
    "code_version": "str",
    "created_at": "str",
    "data_fingerprint": "str",
    "files": "dict[str, str]",
    "format": "int",
    "from": "str",
    "method": "str",
    "metrics": "list[ModelsShowReplyCardMetrics]",
    "name": "str",
    "options": "dict[str, str]",
    "seed": "int",
    "to": "str",
    "version": "str",
})

ModelsShowReply = TypedDict("ModelsShowReply", {
    "card": "ModelsShowReplyCard",
    "problem": "str",
    "serving": "bool",
    "sound": "bool",
})

SelectionBacktestReplyMethods = TypedDict("SelectionBacktestReplyMethods", {
    "captured": "float",
    "captured_high": "float",
    "captured_low": "float",
    "method": "str",
    "origins": "int",
    "precision": "float",
    "precision_high": "float",
    "precision_low": "float",
    "recall": "float",
    "recall_high": "float",
    "recall_low": "float",
    "to_buyer": "float",
    "to_buyer_high": "float",
    "to_buyer_low": "float",
    "top": "int",
})

SelectionBacktestReplyOriginsWeights = TypedDict("SelectionBacktestReplyOriginsWeights", {
    "member": "str",
    "weight": "float",
})

SelectionBacktestReplyOrigins = TypedDict("SelectionBacktestReplyOrigins", {
    "candidates": "int",
    "day": "str",
    "training_rows": "int",
    "weights": "list[SelectionBacktestReplyOriginsWeights]",
})

SelectionBacktestReplyRows = TypedDict("SelectionBacktestReplyRows", {
    "captured": "float",
    "day": "str",
    "method": "str",
    "precision": "float",
    "recall": "float",
    "top": "int",
})

SelectionBacktestReply = TypedDict("SelectionBacktestReply", {
    "features": "int",
    "first_day": "str",
    "last_day": "str",
    "methods": "list[SelectionBacktestReplyMethods]",
    "origins": "list[SelectionBacktestReplyOrigins]",
    "rows": "list[SelectionBacktestReplyRows]",
})

SelectionCandidatesReplyCandidatesAlike = TypedDict("SelectionCandidatesReplyCandidatesAlike", {
    "brought": "float",
    "item": "str",
    "likeness": "float",
    "title": "str",
})

SelectionCandidatesReplyCandidates = TypedDict("SelectionCandidatesReplyCandidates", {
    "alike": "list[SelectionCandidatesReplyCandidatesAlike]",
    "category": "str",
    "flags": "str",
    "like_high": "float",
    "like_items": "float",
    "like_low": "float",
    "like_median": "float",
    "line": "int",
    "place": "int",
    "price": "float",
    "rank": "float",
    "reasons_en": "str",
    "reasons_zh": "str",
    "supplier": "str",
    "title": "str",
})

SelectionCandidatesReply = TypedDict("SelectionCandidatesReply", {
    "as_of": "str",
    "candidates": "list[SelectionCandidatesReplyCandidates]",
    "flagged": "int",
    "horizon": "int",
    "known": "int",
    "read": "int",
    "scored": "int",
})

SelectionCandidatesRows = TypedDict("SelectionCandidatesRows", {
    "category": "str",
    "price": "float | None",
    "supplier": "str",
    "title": "str",
})

SelectionColdBacktestReplyMethods = TypedDict("SelectionColdBacktestReplyMethods", {
    "captured": "float",
    "captured_high": "float",
    "captured_low": "float",
    "method": "str",
    "precision": "float",
    "precision_high": "float",
    "precision_low": "float",
})

SelectionColdBacktestReply = TypedDict("SelectionColdBacktestReply", {
    "items": "int",
    "methods": "list[SelectionColdBacktestReplyMethods]",
    "origins": "list[str]",
    "within": "float",
})

SelectionDimensionsReplyDimensions = TypedDict("SelectionDimensionsReplyDimensions", {
    "name": "str",
    "place": "int",
    "source": "str",
    "window": "int",
})

SelectionDimensionsReply = TypedDict("SelectionDimensionsReply", {
    "dimensions": "list[SelectionDimensionsReplyDimensions]",
})

SelectionExplainReplyChanges = TypedDict("SelectionExplainReplyChanges", {
    "expected_profit": "float",
    "found": "bool",
    "from": "float",
    "lever": "str",
    "text_en": "str",
    "text_zh": "str",
    "to": "float",
    "verdict": "str",
})

SelectionExplainReplySimilar = TypedDict("SelectionExplainReplySimilar", {
    "distance": "float",
    "expected_profit": "float",
    "item": "str",
    "title": "str",
    "verdict": "str",
})

SelectionExplainReplyTopics = TypedDict("SelectionExplainReplyTopics", {
    "share": "float",
    "text_en": "str",
    "text_zh": "str",
    "topic": "str",
})

SelectionExplainReply = TypedDict("SelectionExplainReply", {
    "as_of": "str",
    "category": "str",
    "changes": "list[SelectionExplainReplyChanges]",
    "currency": "str",
    "expected_profit": "float",
    "explores": "bool",
    "flags": "str",
    "high": "float",
    "item": "str",
    "items": "int",
    "low": "float",
    "model": "str",
    "model_version": "str",
    "place": "int",
    "reasons_en": "str",
    "reasons_zh": "str",
    "similar": "list[SelectionExplainReplySimilar]",
    "title": "str",
    "topics": "list[SelectionExplainReplyTopics]",
    "verdict": "str",
})

SelectionExportReply = TypedDict("SelectionExportReply", {
    "as_of": "str",
    "bytes": "int",
    "file": "str",
    "items": "int",
})

SelectionLessonsReply = TypedDict("SelectionLessonsReply", {
    "columns": "list[str]",
    "days": "list[str]",
    "folder": "str",
    "origins": "list[str]",
    "rows": "int",
})

SelectionMatchReply = TypedDict("SelectionMatchReply", {
    "by_code": "int",
    "by_title": "int",
    "competitor": "str",
    "day": "str",
    "none": "int",
    "price_move": "float",
    "read": "int",
    "reviewed": "int",
    "suspect": "bool",
    "waiting": "int",
})

SelectionMatchRows = TypedDict("SelectionMatchRows", {
    "code": "str",
    "price": "float | None",
    "title": "str",
})

SelectionNearestReplyItems = TypedDict("SelectionNearestReplyItems", {
    "category": "str",
    "item": "str",
    "likeness": "float",
    "title": "str",
})

SelectionNearestReply = TypedDict("SelectionNearestReply", {
    "as_of": "str",
    "dimensions": "int",
    "items": "list[SelectionNearestReplyItems]",
})

SelectionPastReplyLists = TypedDict("SelectionPastReplyLists", {
    "as_of": "str",
    "before": "float",
    "captured": "float",
    "expected": "float",
    "horizon": "int",
    "items": "int",
    "listed": "int",
    "model_version": "str",
    "outcome": "float",
    "precision": "float",
    "rule_outcome": "float",
    "rule_precision": "float",
    "until": "str",
    "within": "float",
})

SelectionPastReply = TypedDict("SelectionPastReply", {
    "as_of": "str",
    "currency": "str",
    "lists": "list[SelectionPastReplyLists]",
    "text_en": "str",
    "text_zh": "str",
})

SelectionPlanReplyGains = TypedDict("SelectionPlanReplyGains", {
    "category": "str",
    "expected_profit": "float",
    "explores": "bool",
    "item": "str",
    "now": "str",
    "stock_cost": "float",
    "title": "str",
    "verdict": "str",
})

SelectionPlanReplyLoses = TypedDict("SelectionPlanReplyLoses", {
    "category": "str",
    "expected_profit": "float",
    "explores": "bool",
    "item": "str",
    "now": "str",
    "stock_cost": "float",
    "title": "str",
    "verdict": "str",
})

SelectionPlanReply = TypedDict("SelectionPlanReply", {
    "as_of": "str",
    "currency": "str",
    "expected_profit": "float",
    "gains": "list[SelectionPlanReplyGains]",
    "gap": "float",
    "loses": "list[SelectionPlanReplyLoses]",
    "most_profit": "float",
    "places": "int",
    "stock_cost": "float",
    "unmet": "list[str]",
})

SelectionProposeReply = TypedDict("SelectionProposeReply", {
    "approved_by_policy": "int",
    "as_of": "str",
    "held_back": "int",
    "items": "int",
    "known": "int",
    "model_version": "str",
    "pending": "int",
    "promotion": "str",
    "refused_by_guardrails": "int",
    "repeated": "int",
    "skipped": "str",
    "superseded": "int",
    "trained_version": "str",
    "verdicts": "int",
    "withdrawn": "int",
})

SelectionRecommendReplyRecommendations = TypedDict("SelectionRecommendReplyRecommendations", {
    "category": "str",
    "expected_profit": "float",
    "explores": "bool",
    "flags": "str",
    "high": "float",
    "item": "str",
    "low": "float",
    "model_version": "str",
    "place": "int",
    "reasons_en": "str",
    "reasons_zh": "str",
    "stock_cost": "float",
    "title": "str",
    "verdict": "str",
})

SelectionRecommendReply = TypedDict("SelectionRecommendReply", {
    "as_of": "str",
    "currency": "str",
    "horizon": "int",
    "items": "int",
    "recommendations": "list[SelectionRecommendReplyRecommendations]",
})

SelectionReviewMatchReply = TypedDict("SelectionReviewMatchReply", {
    "item": "str",
    "state": "str",
})

SelectionReviewedMatchesReplyMatches = TypedDict("SelectionReviewedMatchesReplyMatches", {
    "competitor": "str",
    "item": "str",
    "item_title": "str",
    "key": "str",
    "reviewed_at": "str",
    "reviewed_by": "str",
    "state": "str",
    "title": "str",
})

SelectionReviewedMatchesReply = TypedDict("SelectionReviewedMatchesReply", {
    "matches": "list[SelectionReviewedMatchesReplyMatches]",
    "reviewed": "int",
})

SelectionRunReplySeconds = TypedDict("SelectionRunReplySeconds", {
    "features": "float",
    "list": "float",
    "model": "float",
    "read": "float",
    "reasons": "float",
    "scores": "float",
    "store": "float",
})

SelectionRunReply = TypedDict("SelectionRunReply", {
    "as_of": "str",
    "clear": "int",
    "drop": "int",
    "expected_profit": "float",
    "explores": "int",
    "flagged": "int",
    "gap": "float",
    "items": "int",
    "keep": "int",
    "list": "int",
    "model": "str",
    "model_days_old": "int",
    "model_version": "str",
    "promotion": "str",
    "promotion_message": "str",
    "push": "int",
    "seconds": "SelectionRunReplySeconds",
    "stock_cost": "float",
    "trained_version": "str",
    "unknown": "int",
    "unmet": "list[str]",
})

SelectionTrendsReplyTrends = TypedDict("SelectionTrendsReplyTrends", {
    "after": "float",
    "before": "float",
    "examples": "list[str]",
    "group": "str",
    "grouping": "str",
    "items": "int",
    "orders": "int",
    "p": "float",
    "q": "float",
    "since": "str",
    "text_en": "str",
    "text_zh": "str",
    "times": "float",
})

SelectionTrendsReply = TypedDict("SelectionTrendsReply", {
    "as_of": "str",
    "falling": "int",
    "rising": "int",
    "tested": "int",
    "trends": "list[SelectionTrendsReplyTrends]",
    "weeks": "int",
})

SelectionUndoReviewReply = TypedDict("SelectionUndoReviewReply", {
    "item": "str",
    "state": "str",
    "waiting": "int",
})

SelectionVectoriseReply = TypedDict("SelectionVectoriseReply", {
    "as_of": "str",
    "dimensions": "int",
    "items": "int",
    "neighbours": "int",
    "skipped": "str",
})

SelectionWaitingMatchesReplyMatches = TypedDict("SelectionWaitingMatchesReplyMatches", {
    "competitor": "str",
    "day": "str",
    "item": "str",
    "item_price": "float",
    "item_title": "str",
    "key": "str",
    "likeness": "float",
    "price": "float",
    "suspect": "bool",
    "title": "str",
})

SelectionWaitingMatchesReply = TypedDict("SelectionWaitingMatchesReply", {
    "matches": "list[SelectionWaitingMatchesReplyMatches]",
    "waiting": "int",
})

SettingsCheckReply = TypedDict("SettingsCheckReply", {
    "problems": "list[str]",
})

SettingsListReplyChanges = TypedDict("SettingsListReplyChanges", {
    "cleared": "bool",
    "option": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "value": "str",
})

SettingsListReplyOptions = TypedDict("SettingsListReplyOptions", {
    "about_en": "str",
    "about_zh": "str",
    "choices": "list[str]",
    "confidential": "bool",
    "group": "str",
    "in_file_only": "bool",
    "kind": "str",
    "least": "float | None",
    "most": "float | None",
    "option": "str",
    "origin": "str",
    "otherwise": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "title_en": "str",
    "title_zh": "str",
    "unit": "str",
    "value": "str",
})

SettingsListReply = TypedDict("SettingsListReply", {
    "changes": "list[SettingsListReplyChanges]",
    "options": "list[SettingsListReplyOptions]",
})

SettingsResetReply = TypedDict("SettingsResetReply", {
    "about_en": "str",
    "about_zh": "str",
    "choices": "list[str]",
    "confidential": "bool",
    "group": "str",
    "in_file_only": "bool",
    "kind": "str",
    "least": "float | None",
    "most": "float | None",
    "option": "str",
    "origin": "str",
    "otherwise": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "title_en": "str",
    "title_zh": "str",
    "unit": "str",
    "value": "str",
})

SettingsSetReply = TypedDict("SettingsSetReply", {
    "about_en": "str",
    "about_zh": "str",
    "choices": "list[str]",
    "confidential": "bool",
    "group": "str",
    "in_file_only": "bool",
    "kind": "str",
    "least": "float | None",
    "most": "float | None",
    "option": "str",
    "origin": "str",
    "otherwise": "str",
    "reason": "str",
    "set_at": "str",
    "set_by": "str",
    "title_en": "str",
    "title_zh": "str",
    "unit": "str",
    "value": "str",
})

ShopBackupReply = TypedDict("ShopBackupReply", {
    "folder": "str",
})

ShopCheckReplySchemas = TypedDict("ShopCheckReplySchemas", {
    "area": "str",
    "version": "int",
})

ShopCheckReplyTables = TypedDict("ShopCheckReplyTables", {
    "name": "str",
    "problem": "str",
    "rows": "int",
})

ShopCheckReply = TypedDict("ShopCheckReply", {
    "problems": "list[str]",
    "schemas": "list[ShopCheckReplySchemas]",
    "sound": "bool",
    "tables": "list[ShopCheckReplyTables]",
})

StockExceptionsReplyExceptions = TypedDict("StockExceptionsReplyExceptions", {
    "at_stake": "float",
    "chance": "float",
    "days_until_empty": "float",
    "item": "str",
    "lead_time_days": "float",
    "on_hand": "int",
    "on_order": "int",
    "quiet_days": "int",
    "text_en": "str",
    "text_zh": "str",
    "title": "str",
    "trouble": "str",
})

StockExceptionsReply = TypedDict("StockExceptionsReply", {
    "as_of": "str",
    "counted_items": "int",
    "currency": "str",
    "exceptions": "list[StockExceptionsReplyExceptions]",
    "never_sells": "int",
    "overstock": "int",
    "runs_out": "int",
})

StockProjectionReplyDays = TypedDict("StockProjectionReplyDays", {
    "arriving": "float",
    "chance_of_empty": "float",
    "day": "str",
    "expected": "float",
    "high": "float",
    "low": "float",
})

StockProjectionReplyOnTheWay = TypedDict("StockProjectionReplyOnTheWay", {
    "day": "str",
    "source": "str",
    "units": "int",
})

StockProjectionReply = TypedDict("StockProjectionReply", {
    "as_of": "str",
    "chance_of_running_out": "float",
    "days": "list[StockProjectionReplyDays]",
    "item": "str",
    "lead_time_days": "float",
    "lead_time_receipts": "int",
    "lead_time_sd_days": "float",
    "method": "str",
    "model": "str",
    "model_version": "str",
    "on_hand": "int",
    "on_order": "int",
    "on_the_way": "list[StockProjectionReplyOnTheWay]",
    "order_units": "int",
    "order_up_to": "int",
    "stock_assumed": "bool",
    "title": "str",
})

StockProposeReply = TypedDict("StockProposeReply", {
    "approved_by_policy": "int",
    "as_of": "str",
    "assumed_stock": "int",
    "budget_gap": "float",
    "items": "int",
    "known": "int",
    "limited": "int",
    "pending": "int",
    "refused_by_guardrails": "int",
    "superseded": "int",
})

StockSimulateReplyPoliciesAt = TypedDict("StockSimulateReplyPoliciesAt", {
    "in_stock": "float",
    "stock_days": "float",
})

StockSimulateReplyPoliciesCurve = TypedDict("StockSimulateReplyPoliciesCurve", {
    "in_stock": "float",
    "served": "float",
    "settled_days": "float",
    "stock_days": "float",
})

StockSimulateReplyPolicies = TypedDict("StockSimulateReplyPolicies", {
    "at": "list[StockSimulateReplyPoliciesAt]",
    "curve": "list[StockSimulateReplyPoliciesCurve]",
    "name": "str",
})

StockSimulateReply = TypedDict("StockSimulateReply", {
    "from": "str",
    "history_days": "int",
    "inside_everywhere": "bool",
    "policies": "list[StockSimulateReplyPolicies]",
    "ridge": "float",
    "series": "int",
    "sharing": "str",
    "smoothing": "float",
    "test_error": "float",
    "to": "str",
    "validation_error": "float",
})


class Data:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alarms(
        self,
        *,
        limit: int | None = None,
        source: str | None = None,
    ) -> DataAlarmsReply:
        """Lists what is alarming about loads. Role: viewer.

        limit: at most so many, the newest first
        source: only of this source
        """
        return self._connection.read("data.alarms", {"limit": limit, "source": source})

    def check(
        self,
    ) -> DataCheckReply:
        """Flags unusual rows, marks stock-outs, and compares the newest load of each source with the earlier ones. Role: operator."""
        return self._connection.work("data.check", {})

    def erase_customer(
        self,
        *,
        customer_id: str,
        also: list[str] | None = None,
    ) -> DataEraseCustomerReply:
        """Removes a person from every table, proves it by a search, and keeps later files from bringing the person back. Role: admin.

        customer_id: as the shop's files number the person, or the pseudonym
        also: further texts that tell the person: an e-mail address, a telephone number, a name
        """
        return self._connection.work("data.erase_customer", {"customer_id": customer_id, "also": also})

    def events(
        self,
        *,
        events: list[Any],
        client_id: str | None = None,
        user_id: str | None = None,
    ) -> DataEventsReply:
        """Takes in what visitors do, as it happens; answered when it is safe on disk. Role: operator.

        events: each {name, event_id, timestamp_micros, params: {session_id, transaction_id, currency, value, item_list_id, items: [{item_id, quantity, price, index or position, propensity}]}}
        client_id: the visitor, for events that tell none
        user_id: the customer, for events that tell none
        """
        return self._connection.write("data.events", {"events": events, "client_id": client_id, "user_id": user_id})

    def export(
        self,
        *,
        folder: str | None = None,
        parquet: bool | None = None,
        tables: list[str] | None = None,
    ) -> DataExportReply:
        """Writes the shop's tables as files for other engines: Parquet by month, into exports/. Role: operator.

        folder: a new folder within the shop's exports/; empty: one named by the time
        parquet: Parquet, as DuckDB and Spark read it; false: CSV
        tables: as the store names them, such as order_line; empty: all
        """
        return self._connection.work("data.export", {"folder": folder, "parquet": parquet, "tables": tables})

    def flags(
        self,
        *,
        item_id: str | None = None,
        limit: int | None = None,
        rule: str | None = None,
    ) -> DataFlagsReply:
        """Lists rows that look wrong and count all the same. Role: viewer.

        item_id: only of this item
        limit: at most so many, the most unusual first
        rule: quantity outlier, price outlier or price far off; empty: all
        """
        return self._connection.read("data.flags", {"item_id": item_id, "limit": limit, "rule": rule})

    def inbox(
        self,
        *,
        settled_seconds: int | None = None,
    ) -> DataInboxReply:
        """Loads the files that have settled in the shop's inbox/; a server does it every few seconds. Role: operator.

        settled_seconds: files that were written to since then are still on their way
        """
        return self._connection.write("data.inbox", {"settled_seconds": settled_seconds})

    def load(
        self,
        *,
        files: list[str],
    ) -> DataLoadReply:
        """Loads files into the shop's tables; what cannot be used is set aside with line and reason. Role: operator.

        files: CSV or TSV files, plain or gzip; several are taken in the order of the mapping
        """
        return self._connection.work("data.load", {"files": files})

    def loads(
        self,
        *,
        limit: int | None = None,
    ) -> DataLoadsReply:
        """Lists the files that were loaded. Role: viewer.

        limit: at most so many, the newest first
        """
        return self._connection.read("data.loads", {"limit": limit})

    def mapping(
        self,
    ) -> DataMappingReply:
        """Shows how the shop's files become its tables. Role: operator."""
        return self._connection.read("data.mapping", {})

    def pull(
        self,
        *,
        source: str,
    ) -> DataPullReply:
        """Reads what is new in a table of a PostgreSQL server. Role: operator.

        source: of the mapping; one with `postgres`
        """
        return self._connection.work("data.pull", {"source": source})

    def push(
        self,
        *,
        records: list[Any],
        batch_id: str | None = None,
        source: str | None = None,
        table: str | None = None,
    ) -> DataPushReply:
        """Takes in records of a table or a mapped source; answered when they are safe on disk. Role: operator.

        records: JSON objects; amounts in the shop's currency, times in its zone or with Z
        batch_id: the same one again changes nothing; empty: the content tells
        source: a source of the mapping, whose columns the records name
        table: or a table as mappings say it, whose fields the records name: order_lines, items
        """
        return self._connection.write("data.push", {"records": records, "batch_id": batch_id, "source": source, "table": table})

    def quality(
        self,
        *,
        load_id: int | None = None,
        source: str | None = None,
    ) -> DataQualityReply:
        """Reports on a load: what became of its rows, what differs from earlier loads, what is alarming. Role: viewer.

        load_id: of this load; 0: the newest
        source: the newest load of this source
        """
        return self._connection.read("data.quality", {"load_id": load_id, "source": source})

    def quality_page(
        self,
        *,
        language: str | None = None,
        load_id: int | None = None,
        source: str | None = None,
    ) -> DataQualityPageReply:
        """Writes the quality report of a load as a page with charts into exports/quality/. Role: operator.

        language: zh or en; empty: the shop's
        load_id: of this load; 0: the newest
        source: the newest load of this source
        """
        return self._connection.write("data.quality_page", {"language": language, "load_id": load_id, "source": source})

    def quarantine(
        self,
        *,
        column: str | None = None,
        cursor: str | None = None,
        file: str | None = None,
        limit: int | None = None,
        load_id: int | None = None,
        rule: str | None = None,
        source: str | None = None,
    ) -> DataQuarantineReply:
        """Lists rows that were set aside, with file, line, column and reason. Role: viewer.

        column: only where this column of the file, or this expression, was at fault
        cursor: next_cursor of the reply before
        file: only of files of this name
        limit: at most so many
        load_id: only of this load; 0: of all
        rule: only of this rule
        source: only of this source of the mapping
        """
        return self._connection.read("data.quarantine", {"column": column, "cursor": cursor, "file": file, "limit": limit, "load_id": load_id, "rule": rule, "source": source})

    def replace_mapping(
        self,
        *,
        check_only: bool | None = None,
        file: str | None = None,
        text: str | None = None,
    ) -> DataReplaceMappingReply:
        """Checks a mapping and puts it in the place of the shop's; the rows set aside come again with data.replay. Role: admin.

        check_only: only say whether it could be put in place
        file: or a file of the machine that holds it
        text: the new mapping as YAML
        """
        return self._connection.write("data.replace_mapping", {"check_only": check_only, "file": file, "text": text})

    def replay(
        self,
        *,
        load_id: int | None = None,
        rule: str | None = None,
        source: str | None = None,
    ) -> DataReplayReply:
        """Judges rows that were set aside again, after the mapping was mended; loads those that are good. Role: operator.

        load_id: only rows that this load had set aside; 0: of all
        rule: only rows that this rule had set aside
        source: only rows of this source of the mapping
        """
        return self._connection.work("data.replay", {"load_id": load_id, "rule": rule, "source": source})

    def rows(
        self,
        *,
        table: str,
        cursor: str | None = None,
        item_id: str | None = None,
        limit: int | None = None,
    ) -> DataRowsReply:
        """Shows rows of a table, with the load and line each came from. Role: viewer.

        table: as mappings say it: order_lines, items, sales and so on; see the reference of the tables
        cursor: next_cursor of the reply before
        item_id: only of this item; empty: of all
        limit: at most so many
        """
        return self._connection.read("data.rows", {"table": table, "cursor": cursor, "item_id": item_id, "limit": limit})

    def summary(
        self,
    ) -> DataSummaryReply:
        """Says what the shop's tables hold. Role: viewer."""
        return self._connection.read("data.summary", {})

    def test(
        self,
    ) -> DataTestReply:
        """Runs the tests of the mapping: each finds the rows that should not be there. Role: operator."""
        return self._connection.read("data.test", {})

    def trace(
        self,
        *,
        table: str,
        key: list[str] | None = None,
        load_id: int | None = None,
        source_line: int | None = None,
    ) -> DataTraceReply:
        """Says which file and line a row came from, and shows that line where the file is still there. Role: operator.

        table: as mappings say it: order_lines, items, sales and so on
        key: the values of the table's key, in its order, such as an order and its line; fewer: all rows that begin so
        load_id: instead of a key: what became of a line of this load, also where it was set aside and replayed
        source_line: the line of its file, from 1
        """
        return self._connection.read("data.trace", {"table": table, "key": key, "load_id": load_id, "source_line": source_line})


class Decisions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def act(
        self,
    ) -> DecisionsActReply:
        """Carries out what is approved: writes the export files, tells the webhooks. Role: operator."""
        return self._connection.write("decisions.act", {})

    def approve(
        self,
        *,
        all: bool | None = None,
        hashes: list[str] | None = None,
        ids: list[str] | None = None,
        kind: str | None = None,
        reason: str | None = None,
    ) -> DecisionsApproveReply:
        """Approves decisions; each for itself, so that one that is stale holds up no other. Role: approver.

        all: every pending decision, of the given kind if one is given
        hashes: what was seen, in the order of ids; a decision with another hash is left alone
        ids: the decisions
        kind: with all: only this kind
        reason: why, for whoever reads it later
        """
        return self._connection.write("decisions.approve", {"all": all, "hashes": hashes, "ids": ids, "kind": kind, "reason": reason})

    def check(
        self,
    ) -> DecisionsCheckReply:
        """Replays every event, letter and hash, and compares the states. Role: viewer."""
        return self._connection.read("decisions.check", {})

    def counts(
        self,
    ) -> DecisionsCountsReply:
        """Counts decisions by kind and state, and names the kinds. Role: viewer."""
        return self._connection.read("decisions.counts", {})

    def deliver(
        self,
    ) -> DecisionsDeliverReply:
        """Sends the letters to webhooks that are due. Role: operator."""
        return self._connection.write("decisions.deliver", {})

    def deliveries(
        self,
        *,
        after: str | None = None,
        decision: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        state: str | None = None,
    ) -> DecisionsDeliveriesReply:
        """Lists letters to webhooks and what came of them. Role: viewer.

        after: next_after of the reply before
        decision: the letters of this decision
        kind: such as stock.order
        limit: at most so many, in the order of their ids
        state: waiting, delivered, dead or withdrawn; empty: all
        """
        return self._connection.read("decisions.deliveries", {"after": after, "decision": decision, "kind": kind, "limit": limit, "state": state})

    def expire(
        self,
    ) -> DecisionsExpireReply:
        """Expires what waited beyond its deadline. Role: operator."""
        return self._connection.write("decisions.expire", {})

    def list(
        self,
        *,
        cursor: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        search: str | None = None,
        sort: str | None = None,
        state: str | None = None,
        subject: str | None = None,
    ) -> DecisionsListReply:
        """Lists decisions: the newest day first, then by urgency times value. Role: viewer.

        cursor: next_cursor of the reply before
        kind: such as stock.order
        limit: at most so many
        search: a text that the sentence or the subject holds, in capitals or not
        sort: urgency_value (within the newest day), value, urgency, deadline, changed or subject; empty: urgency_value
        state: pending, or proposed, guarded, audited, approved, rejected, expired, acted, failed, measured, rolled_back
        subject: such as item:85123A
        """
        return self._connection.read("decisions.list", {"cursor": cursor, "kind": kind, "limit": limit, "search": search, "sort": sort, "state": state, "subject": subject})

    def measure(
        self,
        *,
        as_of: str | None = None,
    ) -> DecisionsMeasureReply:
        """Compares what decisions expected with what happened. Role: operator.

        as_of: the shop's day, as 2011-11-14; empty: today
        """
        return self._connection.write("decisions.measure", {"as_of": as_of})

    def policies(
        self,
    ) -> DecisionsPoliciesReply:
        """Lists which decisions are approved by themselves, up to where, and who set it. Role: viewer."""
        return self._connection.read("decisions.policies", {})

    def redeliver(
        self,
        *,
        all: bool | None = None,
        ids: list[str] | None = None,
    ) -> DecisionsRedeliverReply:
        """Sends dead letters again. Role: approver.

        all: every dead letter
        ids: dead letters, from decisions.deliveries
        """
        return self._connection.write("decisions.redeliver", {"all": all, "ids": ids})

    def reject(
        self,
        *,
        all: bool | None = None,
        hashes: list[str] | None = None,
        ids: list[str] | None = None,
        kind: str | None = None,
        reason: str | None = None,
    ) -> DecisionsRejectReply:
        """Rejects decisions, with a reason. Role: approver.

        all: every pending decision, of the given kind if one is given
        hashes: what was seen, in the order of ids; a decision with another hash is left alone
        ids: the decisions
        kind: with all: only this kind
        reason: why, for whoever reads it later
        """
        return self._connection.write("decisions.reject", {"all": all, "hashes": hashes, "ids": ids, "kind": kind, "reason": reason})

    def roll_back(
        self,
        *,
        ids: list[str],
        reason: str | None = None,
    ) -> DecisionsRollBackReply:
        """Takes back what was acted: its lines leave the export file, and a webhook is told. Role: approver.

        ids: the decisions
        reason: why, for whoever reads it later
        """
        return self._connection.write("decisions.roll_back", {"ids": ids, "reason": reason})

    def set_policy(
        self,
        *,
        approve_below: float,
        daily_limit: float,
        kind: str,
        reason: str,
        expire_after_hours: int | None = None,
    ) -> DecisionsSetPolicyReply:
        """Sets up to where decisions of a kind are approved by themselves, from now on. Role: admin.

        approve_below: in the shop's currency; 0: a person decides on every one
        daily_limit: in the shop's currency, for all of a day
        kind: a kind of decision; decisions.policies lists them
        reason: why; kept with the change
        expire_after_hours: how long a decision waits for a person
        """
        return self._connection.write("decisions.set_policy", {"approve_below": approve_below, "daily_limit": daily_limit, "kind": kind, "reason": reason, "expire_after_hours": expire_after_hours})

    def show(
        self,
        *,
        id: str,
    ) -> DecisionsShowReply:
        """Shows one decision with all that happened to it. Role: viewer."""
        return self._connection.read("decisions.show", {"id": id})

    def webhook_secret(
        self,
        *,
        kind: str,
        renew: bool | None = None,
    ) -> DecisionsWebhookSecretReply:
        """Makes the secret that signs the letters of a webhook, and shows it this once. Role: admin.

        kind: of decisions, such as stock.order
        renew: makes a new one; the one before signs beside it until the next renewal
        """
        return self._connection.write("decisions.webhook_secret", {"kind": kind, "renew": renew})


class Demand:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bias(
        self,
        *,
        days: int | None = None,
        least_periods: int | None = None,
        limit: int | None = None,
        signal: float | None = None,
    ) -> DemandBiasReply:
        """Lists items whose forecasts lean to one side, by the tracking signal. Role: viewer.

        days: of forecasts made in so many days before the newest
        least_periods: items with fewer are not judged
        limit: at most so many alarms, the largest first
        signal: alarms from this size of the tracking signal on
        """
        return self._connection.read("demand.bias", {"days": days, "least_periods": least_periods, "limit": limit, "signal": signal})

    def explain(
        self,
        *,
        item: str,
    ) -> DemandExplainReply:
        """Why an item's forecast is what it is: its parts, other times beside it, and what promotions did. Role: viewer.

        item: the item's id
        """
        return self._connection.read("demand.explain", {"item": item})

    def forecast(
        self,
        *,
        item: str,
    ) -> DemandForecastReply:
        """Shows the forecast of an item. Role: viewer.

        item: the item's id
        """
        return self._connection.read("demand.forecast", {"item": item})

    def new_items(
        self,
        *,
        as_of: str | None = None,
        split: str | None = None,
    ) -> DemandNewItemsReply:
        """How well items were forecast in their first weeks, from how others began, on launches held back. Role: viewer.

        as_of: the day that the data end; empty: today, or where the data end
        split: choices and intervals come from windows over by then, errors from windows after it; empty: after two thirds of the data
        """
        return self._connection.read("demand.new_items", {"as_of": as_of, "split": split})

    def override(
        self,
        *,
        item: str,
        reason: str,
        until: str,
        factor: float | None = None,
        from_: str | None = None,
        units: float | None = None,
    ) -> DemandOverrideReply:
        """Puts a planner's number beside the model's until a day; orders are made from it. Role: operator.

        item: the item's id
        reason: why the planner knows better; kept and shown beside the number
        until: the last day it speaks of; then it ends by itself
        factor: a multiple of the model's number, as 1.3, instead of units; below 0: not said
        from_: the first day it speaks of, as 2011-11-14; empty: the forecast's first
        units: units a period (a week or a day) instead of the model's number; below 0: not said
        """
        return self._connection.write("demand.override", {"item": item, "reason": reason, "until": until, "factor": factor, "from": from_, "units": units})

    def overrides(
        self,
        *,
        ended: bool | None = None,
        item: str | None = None,
        limit: int | None = None,
    ) -> DemandOverridesReply:
        """Lists overrides of forecasts with their reasons. Role: viewer.

        ended: also those that ended or were withdrawn
        item: only of this item
        limit: at most so many, the newest first
        """
        return self._connection.read("demand.overrides", {"ended": ended, "item": item, "limit": limit})

    def run(
        self,
        *,
        as_of: str | None = None,
    ) -> DemandRunReply:
        """Forecasts every product; the method is picked per item by a rolling backtest. Role: operator.

        as_of: the day to forecast from, as 2011-11-14; empty: today, or where the data end
        """
        return self._connection.work("demand.run", {"as_of": as_of})

    def value_added(
        self,
        *,
        days: int | None = None,
    ) -> DemandValueAddedReply:
        """Says what the model took off the seasonal naive's error, and overrides off the model's. Role: viewer.

        days: of forecasts made in so many days before the newest
        """
        return self._connection.read("demand.value_added", {"days": days})

    def withdraw(
        self,
        *,
        override_id: int,
    ) -> DemandWithdrawReply:
        """Withdraws an override: the model's number counts again. Role: operator."""
        return self._connection.write("demand.withdraw", {"override_id": override_id})


class Features:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def apply(
        self,
        *,
        events: list[FeaturesApplyEvents],
    ) -> FeaturesApplyReply:
        """Counts pushed events into the online values of the features that follow them. Role: operator.

        events: as they happen; the caller has stored them
        """
        return self._connection.write("features.apply", {"events": events})

    def compute(
        self,
        *,
        entities: list[str] | None = None,
        moment: str | None = None,
    ) -> FeaturesComputeReply:
        """Computes the features at a moment and serves them; what has not changed is kept. Role: operator.

        entities: item, customer, item_place, customer_item; empty: all
        moment: a day (its beginning) or an instant; empty: now, or the end of the data if earlier
        """
        return self._connection.work("features.compute", {"entities": entities, "moment": moment})

    def forget(
        self,
        *,
        customer_ids: list[str],
    ) -> FeaturesForgetReply:
        """Takes erased people out of the values in memory; data.erase_customer calls it. Role: admin."""
        return self._connection.write("features.forget", {"customer_ids": customer_ids})

    def list(
        self,
        *,
        entity: str | None = None,
    ) -> FeaturesListReply:
        """Lists the declared features. Role: viewer.

        entity: item, customer, item_place or customer_item; empty: all
        """
        return self._connection.read("features.list", {"entity": entity})

    def read(
        self,
        *,
        entity: str,
        ids: list[str],
        features: list[str] | None = None,
        seconds: list[str] | None = None,
    ) -> FeaturesReadReply:
        """Reads feature values by key from memory, in batches. Role: viewer.

        entity: item, customer, item_place or customer_item
        ids: first keys
        features: names of features; empty: all of the entity
        seconds: second keys, as many as ids: place_id of an item_place, item_id of a customer_item
        """
        return self._connection.read("features.read", {"entity": entity, "ids": ids, "features": features, "seconds": seconds})

    def show(
        self,
        *,
        feature: str,
    ) -> FeaturesShowReply:
        """Shows how a feature is declared, what it uses and what uses it. Role: viewer.

        feature: its name, such as item_units_28d
        """
        return self._connection.read("features.show", {"feature": feature})

    def sql(
        self,
        *,
        entity: str,
        dialect: str | None = None,
        features: list[str] | None = None,
        moment: str | None = None,
    ) -> FeaturesSqlReply:
        """Writes the features of an entity as one SQL query, for DuckDB or for Spark. Role: viewer.

        entity: item, customer, item_place or customer_item
        dialect: duckdb, or spark over the files of data.export with its session in UTC
        features: names of features; empty: all of the entity
        moment: a day (its beginning) or an instant; empty: now, or the end of the data if earlier
        """
        return self._connection.read("features.sql", {"entity": entity, "dialect": dialect, "features": features, "moment": moment})

    def status(
        self,
    ) -> FeaturesStatusReply:
        """Says when the features were computed and whether they are fresh. Role: viewer."""
        return self._connection.read("features.status", {})

    def training_set(
        self,
        *,
        entity: str,
        labels: list[str],
        features: list[str] | None = None,
        format: str | None = None,
        sample: int | None = None,
        seed: int | None = None,
    ) -> FeaturesTrainingSetReply:
        """Joins labels with the features as they were known at each row's moment, into exports/. Role: operator.

        entity: what a row of the labels is about: item, customer, item_place or customer_item
        labels: CSV or Parquet with the entity's keys and `moment`; other columns are kept
        features: names of features; empty: all of the entity
        format: parquet or csv
        sample: so many rows, drawn by the seed; 0: all
        seed: of the sample; kept in the file beside
        """
        return self._connection.work("features.training_set", {"entity": entity, "labels": labels, "features": features, "format": format, "sample": sample, "seed": seed})


class Items:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sales(
        self,
        *,
        weeks: int | None = None,
    ) -> ItemsSalesReply:
        """Shows what the whole shop sold by week. Role: viewer.

        weeks: at most so many of the newest whole weeks
        """
        return self._connection.read("items.sales", {"weeks": weeks})

    def search(
        self,
        *,
        limit: int | None = None,
        query: str | None = None,
    ) -> ItemsSearchReply:
        """Finds items as somebody types, by id or title. Role: viewer.

        limit: at most so many, the best first
        query: words that the id or the title holds
        """
        return self._connection.read("items.search", {"limit": limit, "query": query})

    def show(
        self,
        *,
        item: str,
        weeks: int | None = None,
    ) -> ItemsShowReply:
        """Shows an item with its stock and what it sold by week. Role: viewer.

        item: the item's id
        weeks: at most so many of the newest weeks
        """
        return self._connection.read("items.show", {"item": item, "weeks": weeks})


class Jobs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def daily(
        self,
        *,
        as_of: str | None = None,
    ) -> JobsDailyReply:
        """Runs the loop up to a day: forecast, propose, expire, measure. Role: operator.

        as_of: run the loop up to this day, as 2011-11-14; empty: today, or where the data end
        """
        return self._connection.work("jobs.daily", {"as_of": as_of})

    def list(
        self,
        *,
        limit: int | None = None,
    ) -> JobsListReply:
        """Lists runs of jobs, the newest first. Role: viewer.

        limit: at most so many, the newest first
        """
        return self._connection.read("jobs.list", {"limit": limit})

    def schedule(
        self,
    ) -> JobsScheduleReply:
        """Shows what runs by itself, and when. Role: viewer."""
        return self._connection.read("jobs.schedule", {})

    def set_schedule(
        self,
        *,
        operation: str,
        schedule: str | None = None,
    ) -> JobsSetScheduleReply:
        """Sets when an operation runs by itself, over what shop.yaml says. Role: admin.

        operation: one that can run without a request, such as jobs.daily
        schedule: every 15 minutes, every 2 hours, daily at 05:30, weekly on monday at 06:00; empty: not by itself any more
        """
        return self._connection.write("jobs.set_schedule", {"operation": operation, "schedule": schedule})

    def show(
        self,
        *,
        run_id: int,
    ) -> JobsShowReply:
        """Shows one run of a job with its steps. Role: viewer.

        run_id: from jobs.list
        """
        return self._connection.read("jobs.show", {"run_id": run_id})


class Keys:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self,
        *,
        name: str,
        role: str | None = None,
    ) -> KeysCreateReply:
        """Makes a key for a program and shows it once. Role: admin.

        name: what the key is for, such as the name of the program that uses it
        role: viewer, operator, approver or admin
        """
        return self._connection.write("keys.create", {"name": name, "role": role})

    def list(
        self,
        *,
        revoked: bool | None = None,
    ) -> KeysListReply:
        """Lists the keys and their roles. Role: admin.

        revoked: also the keys that no longer work
        """
        return self._connection.read("keys.list", {"revoked": revoked})

    def revoke(
        self,
        *,
        key_id: str,
    ) -> KeysRevokeReply:
        """Makes a key useless from now on. Role: admin.

        key_id: the id that keys.list shows
        """
        return self._connection.write("keys.revoke", {"key_id": key_id})


class Labels:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def agreement(
        self,
        *,
        set: str,
        version: int | None = None,
    ) -> LabelsAgreementReply:
        """Says how far annotators agree, with one another and with gold. Role: viewer.

        version: 0: the newest
        """
        return self._connection.read("labels.agreement", {"set": set, "version": version})

    def create_set(
        self,
        *,
        classes: list[str],
        set: str,
        annotations_per_task: int | None = None,
        descriptions: dict[str, str] | None = None,
        examples: list[LabelsCreateSetExamples] | None = None,
        gold_share: float | None = None,
        instructions: str | None = None,
        kind: str | None = None,
        lease_minutes: int | None = None,
        scale: str | None = None,
        show_guess: bool | None = None,
        version: int | None = None,
    ) -> LabelsCreateSetReply:
        """Makes a label set, or the next version of one. Role: operator.

        classes: names of the classes, in order
        set: name: a-z, 0-9, _ and -
        annotations_per_task: by different annotators
        descriptions: by class: what belongs to it
        examples: text, label and why
        gold_share: of the tasks given, up to 0.5: those with a known label, to measure annotators
        instructions: what annotators read before they begin
        kind: text, picture (a path in the shop or an https address) or record
        lease_minutes: for which a task is kept for one annotator
        scale: nominal, ordinal (the order counts) or interval (the classes are rising numbers)
        show_guess: show annotators the first guess of the rules
        version: the version this is; 0: the first, or the same as the newest
        """
        return self._connection.write("labels.create_set", {"classes": classes, "set": set, "annotations_per_task": annotations_per_task, "descriptions": descriptions, "examples": examples, "gold_share": gold_share, "instructions": instructions, "kind": kind, "lease_minutes": lease_minutes, "scale": scale, "show_guess": show_guess, "version": version})

    def export(
        self,
        *,
        set: str,
        version: int | None = None,
    ) -> LabelsExportReply:
        """Writes the labels that stand into a file of the shop's exports/. Role: approver.

        version: 0: the newest
        """
        return self._connection.write("labels.export", {"set": set, "version": version})

    def freeze(
        self,
        *,
        set: str,
        version: int | None = None,
    ) -> LabelsFreezeReply:
        """Freezes a version and exports it as training labels; it never changes again. Role: approver.

        version: 0: the newest
        """
        return self._connection.write("labels.freeze", {"set": set, "version": version})

    def import_(
        self,
        *,
        set: str,
        files: list[str] | None = None,
        gold_field: str | None = None,
        id_field: str | None = None,
        limit: int | None = None,
        picture_field: str | None = None,
        tasks: list[Any] | None = None,
        text_field: str | None = None,
        values: list[str] | None = None,
        view: str | None = None,
        where: str | None = None,
    ) -> LabelsImportReply:
        """Adds tasks from files, from the request, or from the rows of a view. Role: operator.

        files: JSON lines (.jsonl) or tables with a header (.csv, .tsv, also .gz)
        gold_field: the field with the label that is known, where it is
        id_field: the field that identifies a task; without it, a hash of its content does
        limit: at most so many rows of the view
        picture_field: the field with the reference to a picture
        tasks: objects with task_id, text, picture, gold; other fields become the record
        text_field: the field with the text
        values: of the question marks in the condition, in order
        view: make tasks from the rows of this view, such as data.product
        where: a condition on the view's columns, such as category = 'toys' AND length(title) > ?
        """
        return self._connection.write("labels.import", {"set": set, "files": files, "gold_field": gold_field, "id_field": id_field, "limit": limit, "picture_field": picture_field, "tasks": tasks, "text_field": text_field, "values": values, "view": view, "where": where})

    def list_sets(
        self,
    ) -> LabelsListSetsReply:
        """Lists the label sets with their versions and progress. Role: viewer."""
        return self._connection.read("labels.list_sets", {})

    def next(
        self,
        *,
        set: str,
        annotator: str | None = None,
        limit: int | None = None,
    ) -> LabelsNextReply:
        """Gives an annotator the next tasks, kept for them for a while. Role: operator.

        annotator: for whom; empty: who asks. Another than oneself needs the role approver
        limit: tasks to hold; those held already come first
        """
        return self._connection.write("labels.next", {"set": set, "annotator": annotator, "limit": limit})

    def rules(
        self,
        *,
        set: str,
        rules: list[LabelsRulesRules] | None = None,
    ) -> LabelsRulesReply:
        """Sets weak rules and applies them: a first guess for each task that they know. Role: operator.

        rules: name, label, and regex (with field) or where; none: apply those there are again
        """
        return self._connection.write("labels.rules", {"set": set, "rules": rules})

    def scores(
        self,
        *,
        model: str,
        scores: list[LabelsScoresScores],
        set: str,
        explore: float | None = None,
        seed: int | None = None,
        strategy: str | None = None,
    ) -> LabelsScoresReply:
        """Takes a model's probabilities, so that what it is least sure of is labelled first. Role: operator.

        model: the model and its version, for the record
        scores: task_id and probabilities of the classes, in their order
        explore: share of places for tasks drawn at random
        seed: of these draws
        strategy: least_confidence, margin or entropy
        """
        return self._connection.write("labels.scores", {"model": model, "scores": scores, "set": set, "explore": explore, "seed": seed, "strategy": strategy})

    def settle(
        self,
        *,
        set: str,
        adjudications: list[LabelsSettleAdjudications] | None = None,
        reason: str | None = None,
    ) -> LabelsSettleReply:
        """Settles tasks by majority, or by an approver's word with a reason. Role: approver.

        adjudications: task_id, label, reason; none: settle all that have a majority
        reason: of adjudications that give none
        """
        return self._connection.write("labels.settle", {"set": set, "adjudications": adjudications, "reason": reason})

    def show_set(
        self,
        *,
        set: str,
        version: int | None = None,
    ) -> LabelsShowSetReply:
        """Shows what a label set asks, and how far it is. Role: viewer.

        version: 0: the newest
        """
        return self._connection.read("labels.show_set", {"set": set, "version": version})

    def skip(
        self,
        *,
        set: str,
        task_ids: list[str],
        annotator: str | None = None,
        reason: str | None = None,
    ) -> LabelsSkipReply:
        """Leaves tasks to other annotators. Role: operator.

        task_ids: tasks to leave to others
        annotator: who skips; empty: who asks. Another than oneself needs the role approver
        reason: why
        """
        return self._connection.write("labels.skip", {"set": set, "task_ids": task_ids, "annotator": annotator, "reason": reason})

    def submit(
        self,
        *,
        labels: list[LabelsSubmitLabels],
        set: str,
        annotator: str | None = None,
    ) -> LabelsSubmitReply:
        """Takes labels of an annotator, each for itself. Role: operator.

        labels: task_id, label and, where wanted, note; another label than before corrects it
        annotator: whose labels; empty: who asks. Another than oneself needs the role approver
        """
        return self._connection.write("labels.submit", {"labels": labels, "set": set, "annotator": annotator})

    def tasks(
        self,
        *,
        set: str,
        cursor: str | None = None,
        limit: int | None = None,
        state: str | None = None,
        version: int | None = None,
    ) -> LabelsTasksReply:
        """Lists tasks with who labelled them how; for approvers, since it shows which are gold. Role: approver.

        cursor: next_cursor of the reply before
        limit: at most so many
        state: only waiting, conflict, ready (has a majority), settled or gold ones
        version: 0: the newest
        """
        return self._connection.read("labels.tasks", {"set": set, "cursor": cursor, "limit": limit, "state": state, "version": version})


class Models:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        name: str | None = None,
    ) -> ModelsListReply:
        """Lists trained versions of models. Role: viewer.

        name: only this model, such as demand.weekly
        """
        return self._connection.read("models.list", {"name": name})

    def promote(
        self,
        *,
        name: str,
        version: str,
    ) -> ModelsPromoteReply:
        """Proposes that a version serves; a decision with guardrails. Role: approver."""
        return self._connection.write("models.promote", {"name": name, "version": version})

    def roll_back(
        self,
        *,
        name: str,
        reason: str | None = None,
    ) -> ModelsRollBackReply:
        """Goes back to the version that served before; a decision. Role: approver.

        name: the model
        reason: why, for whoever reads it later
        """
        return self._connection.write("models.roll_back", {"name": name, "reason": reason})

    def show(
        self,
        *,
        name: str,
        version: str | None = None,
    ) -> ModelsShowReply:
        """Shows a version's card and checks its files. Role: viewer.

        name: the model, such as demand.weekly
        version: empty: the one that serves
        """
        return self._connection.read("models.show", {"name": name, "version": version})


class Selection:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def backtest(
        self,
        *,
        horizon: int | None = None,
        origins: int | None = None,
        step: int | None = None,
        top: str | None = None,
    ) -> SelectionBacktestReply:
        """Judges lists of items on past weeks: rules, single models and the ensemble, with intervals. Role: viewer.

        horizon: days that a list is judged by
        origins: days on which a list is made and judged
        step: days from one origin to the next
        top: lengths of the lists, with commas between
        """
        return self._connection.work("selection.backtest", {"horizon": horizon, "origins": origins, "step": step, "top": top})

    def candidates(
        self,
        *,
        as_of: str | None = None,
        files: list[str] | None = None,
        horizon: int | None = None,
        rows: list[SelectionCandidatesRows] | None = None,
        top: int | None = None,
    ) -> SelectionCandidatesReply:
        """Ranks a catalogue of items that the shop never sold by how items like them began here. Role: viewer.

        as_of: the morning; only days before it are learned from; empty: the day after the last sale
        files: a supplier's catalogue or a competitor's listing: one CSV file with a header and the column title; category, supplier and price (the shop's currency) where there are
        horizon: days after the first sale that are foreseen
        rows: such a catalogue itself, in place of a file
        top: candidates in the reply, the best first
        """
        return self._connection.work("selection.candidates", {"as_of": as_of, "files": files, "horizon": horizon, "rows": rows, "top": top})

    def cold_backtest(
        self,
        *,
        horizon: int | None = None,
        list_share: float | None = None,
        origins: int | None = None,
        step: int | None = None,
    ) -> SelectionColdBacktestReply:
        """Judges the ranking of new items on items that were held back whole, beside rules and chance. Role: viewer.

        horizon: days after its first sale that an item is judged by
        list_share: of the new items, so many are listed
        origins: mornings at which new items are listed
        step: days from one to the next; items first sold in them are judged
        """
        return self._connection.work("selection.cold_backtest", {"horizon": horizon, "list_share": list_share, "origins": origins, "step": step})

    def dimensions(
        self,
    ) -> SelectionDimensionsReply:
        """The dimensions of an item's vector, each with its source and window. Role: viewer."""
        return self._connection.read("selection.dimensions", {})

    def explain(
        self,
        *,
        item: str,
        as_of: str | None = None,
    ) -> SelectionExplainReply:
        """Why an item has its verdict, items like it, and the smallest change that would move it. Role: viewer.

        item: the item's id
        as_of: the morning of the scores, as 2011-11-14; empty: the newest
        """
        return self._connection.read("selection.explain", {"item": item, "as_of": as_of})

    def export(
        self,
        *,
        as_of: str | None = None,
        format: str | None = None,
        language: str | None = None,
        verdict: str | None = None,
    ) -> SelectionExportReply:
        """Writes a morning's scores and reasons as a CSV file or a spreadsheet. Role: operator.

        as_of: the morning of the scores, as 2011-11-14; empty: the newest
        format: csv or xlsx
        language: en or zh; empty: the shop's
        verdict: only this verdict; empty: all
        """
        return self._connection.write("selection.export", {"as_of": as_of, "format": format, "language": language, "verdict": verdict})

    def lessons(
        self,
        *,
        horizon: int | None = None,
        origins: int | None = None,
        step: int | None = None,
    ) -> SelectionLessonsReply:
        """Writes the features and outcomes that a backtest learns from and is judged by, for other models. Role: operator.

        horizon: days that a list is judged by
        origins: days on which a list is made and judged, as in selection.backtest
        step: days from one origin to the next
        """
        return self._connection.work("selection.lessons", {"horizon": horizon, "origins": origins, "step": step})

    def match(
        self,
        *,
        competitor: str,
        day: str,
        files: list[str] | None = None,
        rows: list[SelectionMatchRows] | None = None,
    ) -> SelectionMatchReply:
        """Matches a competitor's listing to the shop's items by code and title; doubtful ones wait for a person. Role: operator.

        competitor: whose listing it is
        day: the day it was seen; a listing of the same day takes the place of the earlier one
        files: a competitor's listing: one CSV file with a header and the column title; code (barcode or the shop's item id) and price (the shop's currency) where there are
        rows: such a listing itself, in place of a file
        """
        return self._connection.work("selection.match", {"competitor": competitor, "day": day, "files": files, "rows": rows})

    def nearest(
        self,
        *,
        category: str | None = None,
        item: str | None = None,
        price: float | None = None,
        supplier: str | None = None,
        title: str | None = None,
        top: int | None = None,
    ) -> SelectionNearestReply:
        """The items most like one of the shop, or like one that it does not know yet. Role: viewer.

        category: of such an item, as the shop writes it, with / or > between levels
        item: an item of the shop; all dimensions count
        price: of such an item, in the shop's currency; 0: unknown
        supplier: of such an item, the supplier's id
        title: of an item that the shop does not know; attributes alone count
        top: items in the reply
        """
        return self._connection.read("selection.nearest", {"category": category, "item": item, "price": price, "supplier": supplier, "title": title, "top": top})

    def past(
        self,
        *,
        as_of: str | None = None,
        weeks: int | None = None,
    ) -> SelectionPastReply:
        """How past weeks' lists did beside what they expected and a simple rule. Role: viewer.

        as_of: the morning to look back from, as 2011-11-14; empty: today
        weeks: lists of so many weeks before
        """
        return self._connection.read("selection.past", {"as_of": as_of, "weeks": weeks})

    def plan(
        self,
        *,
        as_of: str | None = None,
        budget: float | None = None,
        cannibalisation: float | None = None,
        category_share: float | None = None,
        exploration_share: float | None = None,
        most_alike: int | None = None,
        slots: int | None = None,
        supplier_share: float | None = None,
    ) -> SelectionPlanReply:
        """What the list would be with another budget, other places or other limits; changes nothing. Role: viewer.

        as_of: the morning of the scores, as 2011-11-14; empty: the newest
        budget: money for the stock of all places, in the shop's currency; 0: no limit
        cannibalisation: share of its profit that an item loses for each better one like it
        category_share: of the places, one category's at most
        exploration_share: of the places, for what might bring much
        most_alike: places for items of like titles; 0: no limit
        slots: places on the list; -1: the shop's setting, as with all below
        supplier_share: of the places, one supplier's at most
        """
        return self._connection.read("selection.plan", {"as_of": as_of, "budget": budget, "cannibalisation": cannibalisation, "category_share": category_share, "exploration_share": exploration_share, "most_alike": most_alike, "slots": slots, "supplier_share": supplier_share})

    def propose(
        self,
        *,
        as_of: str,
        horizon: int | None = None,
    ) -> SelectionProposeReply:
        """Scores a morning and proposes what to list, push, clear or drop, where that is new. Role: operator.

        as_of: the morning to decide for, as 2011-11-14
        horizon: days that profit is expected for
        """
        return self._connection.work("selection.propose", {"as_of": as_of, "horizon": horizon})

    def recommend(
        self,
        *,
        as_of: str | None = None,
        category: str | None = None,
        item: str | None = None,
        limit: int | None = None,
        skip: int | None = None,
        verdict: str | None = None,
    ) -> SelectionRecommendReply:
        """Items by their scores: which to list, push, keep, clear or drop, and why. Role: viewer.

        as_of: the morning of the scores, as 2011-11-14; empty: the newest
        category: only items of this category; empty: all
        item: only this item's id; empty: all
        limit: how many at most
        skip: how many of the first to leave out, for the next page
        verdict: list, push, keep, clear, drop or unknown; empty: all
        """
        return self._connection.read("selection.recommend", {"as_of": as_of, "category": category, "item": item, "limit": limit, "skip": skip, "verdict": verdict})

    def review_match(
        self,
        *,
        competitor: str,
        key: str,
        verdict: str,
        item: str | None = None,
    ) -> SelectionReviewMatchReply:
        """Accepts or refuses a match of a competitor's offer, for all its later listings, too. Role: operator.

        key: the offer's key, as selection.waiting_matches has it
        verdict: accept or refuse
        item: the shop's item that was seen; where another one waits by now, nothing is said
        """
        return self._connection.write("selection.review_match", {"competitor": competitor, "key": key, "verdict": verdict, "item": item})

    def reviewed_matches(
        self,
        *,
        competitor: str | None = None,
        limit: int | None = None,
    ) -> SelectionReviewedMatchesReply:
        """Matches of competitors' offers that a person accepted or refused, as it stands. Role: viewer.

        competitor: of one competitor alone; empty: of all
        limit: rows in the reply, the latest said first
        """
        return self._connection.read("selection.reviewed_matches", {"competitor": competitor, "limit": limit})

    def run(
        self,
        *,
        as_of: str,
        horizon: int | None = None,
        learn: str | None = None,
    ) -> SelectionRunReply:
        """Scores every item on a morning: verdict, expected profit with its interval, and reasons. Role: operator.

        as_of: the morning to score, as 2011-11-14; nothing from this day on is looked at
        horizon: days that profit is expected for
        learn: when to learn a new model: when due (see selection.retrain_days), always or never
        """
        return self._connection.work("selection.run", {"as_of": as_of, "horizon": horizon, "learn": learn})

    def trends(
        self,
        *,
        as_of: str | None = None,
        direction: str | None = None,
        discovery_share: float | None = None,
        top: int | None = None,
        weeks: int | None = None,
    ) -> SelectionTrendsReply:
        """Categories, words and price bands whose share of the orders changed, with false finds held down. Role: viewer.

        as_of: the morning; only days before it are read; empty: the day after the last sale
        direction: rising, falling or both
        discovery_share: of all found, so many may be chance, on average
        top: trends in the reply, the surest first
        weeks: weeks before the morning that are looked at
        """
        return self._connection.read("selection.trends", {"as_of": as_of, "direction": direction, "discovery_share": discovery_share, "top": top, "weeks": weeks})

    def undo_review(
        self,
        *,
        competitor: str,
        key: str,
        item: str | None = None,
    ) -> SelectionUndoReviewReply:
        """Takes back what a person said of a match; the offer waits again, and both words stay recorded. Role: operator.

        key: the offer's key, as selection.reviewed_matches has it
        item: the shop's item that was judged; where another was judged since, nothing is undone
        """
        return self._connection.write("selection.undo_review", {"competitor": competitor, "key": key, "item": item})

    def vectorise(
        self,
        *,
        as_of: str,
        neighbours: int | None = None,
    ) -> SelectionVectoriseReply:
        """Makes every item's vector of attributes and history on a morning, and keeps the items most like each. Role: operator.

        as_of: the morning; only days before it are read
        neighbours: of each item, so many most like it are kept; none given: 10, or 0 of more than 200,000 items, whose graph takes long
        """
        return self._connection.work("selection.vectorise", {"as_of": as_of, "neighbours": neighbours})

    def waiting_matches(
        self,
        *,
        competitor: str | None = None,
        limit: int | None = None,
    ) -> SelectionWaitingMatchesReply:
        """Matches of competitors' offers that wait for a person. Role: viewer.

        competitor: of one competitor alone; empty: of all
        limit: rows in the reply, the likeliest first
        """
        return self._connection.read("selection.waiting_matches", {"competitor": competitor, "limit": limit})


class Settings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(
        self,
    ) -> SettingsCheckReply:
        """Says what of the shop's settings does not fit: options nobody knows, values out of range. Role: admin."""
        return self._connection.read("settings.check", {})

    def list(
        self,
        *,
        group: str | None = None,
    ) -> SettingsListReply:
        """Lists every option of the shop: its value, range and default, and who set it. Role: viewer.

        group: only these, such as guardrails; empty: all
        """
        return self._connection.read("settings.list", {"group": group})

    def reset(
        self,
        *,
        option: str,
        reason: str,
    ) -> SettingsResetReply:
        """Puts an option back to what shop.yaml says, or to its default. Role: admin.

        option: goes back to what shop.yaml says, or its default
        reason: why; kept with the change
        """
        return self._connection.write("settings.reset", {"option": option, "reason": reason})

    def set(
        self,
        *,
        option: str,
        reason: str,
        value: str | None = None,
    ) -> SettingsSetReply:
        """Sets an option of the shop, over what shop.yaml says, from now on. Role: admin.

        option: such as stock.lead_time_days; settings.list has them
        reason: why; kept with the change
        value: in full, as it would stand in shop.yaml; empty: of a text, none
        """
        return self._connection.write("settings.set", {"option": option, "reason": reason, "value": value})


class Shop:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def backup(
        self,
        *,
        folder: str | None = None,
    ) -> ShopBackupReply:
        """Copies the shop into a new folder while it runs; the copy is a shop, and `suanpan restore` makes a new one of it. Role: admin.

        folder: a new folder for the copy; empty: one in the shop's backups/, named by the time
        """
        return self._connection.work("shop.backup", {"folder": folder})

    def check(
        self,
    ) -> ShopCheckReply:
        """Reads every value of every table and replays every decision; says what is damaged. Role: operator."""
        return self._connection.work("shop.check", {})


class Stock:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def exceptions(
        self,
        *,
        as_of: str | None = None,
        limit: int | None = None,
        skip: int | None = None,
        trouble: str | None = None,
    ) -> StockExceptionsReply:
        """What to look at first: what will run out before it can arrive, what never sells, what lasts too long. Role: viewer.

        as_of: the day of the forecast, as 2011-11-14; empty: the newest
        limit: how many at most
        skip: how many of the first to leave out, for the next page
        trouble: runs_out, never_sells or overstock; empty: all
        """
        return self._connection.read("stock.exceptions", {"as_of": as_of, "limit": limit, "skip": skip, "trouble": trouble})

    def projection(
        self,
        *,
        item: str,
        as_of: str | None = None,
    ) -> StockProjectionReply:
        """An item's expected stock day by day with its band, and what is on the way. Role: viewer.

        item: the item's id
        as_of: the day of the forecast, as 2011-11-14; empty: the newest
        """
        return self._connection.read("stock.projection", {"item": item, "as_of": as_of})

    def propose(
        self,
        *,
        as_of: str,
    ) -> StockProposeReply:
        """Proposes purchase orders from a day's forecast. Role: operator.

        as_of: the day of the forecast to order from, as 2011-11-14
        """
        return self._connection.write("stock.propose", {"as_of": as_of})

    def simulate(
        self,
        *,
        end: str | None = None,
        lead_time_days: int | None = None,
        series: int | None = None,
        test_days: int | None = None,
    ) -> StockSimulateReply:
        """Replays past sales under order policies: how much stock each needs for a share of days in stock. Role: viewer.

        end: the day after the last that is replayed, as 2015-06-19; empty: all there is
        lead_time_days: from order to delivery
        series: items at places, those that sell most
        test_days: days of orders at the end; what is before is learned from
        """
        return self._connection.work("stock.simulate", {"end": end, "lead_time_days": lead_time_days, "series": series, "test_days": test_days})


class Suanpan:
    """All areas of one shop. Errors: `Problem`, and OSError where the server is out of reach."""

    def __init__(self, url: str, key: str, *, timeout: float = 60.0, attempts: int = 5) -> None:
        self.connection = Connection(url, key, timeout=timeout, attempts=attempts)
        self.data = Data(self.connection)
        self.decisions = Decisions(self.connection)
        self.demand = Demand(self.connection)
        self.features = Features(self.connection)
        self.items = Items(self.connection)
        self.jobs = Jobs(self.connection)
        self.keys = Keys(self.connection)
        self.labels = Labels(self.connection)
        self.models = Models(self.connection)
        self.selection = Selection(self.connection)
        self.settings = Settings(self.connection)
        self.shop = Shop(self.connection)
        self.stock = Stock(self.connection)
