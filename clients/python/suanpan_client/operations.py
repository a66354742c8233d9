"""What the shop's program can do: one class an area, one method an operation.

Made from the API description by ./dev check --fix; edits here are lost.
"""

# ruff: noqa
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from .connection import Connection


DataAlarmsReplyAlarms = TypedDict("DataAlarmsReplyAlarms", {
    "load_id": "int",
    "source": "str",
    "kind": "str",
    "field": "str",
    "value": "float",
    "threshold": "float",
    "en": "str",
    "zh": "str",
    "raised_at": "str",
})

DataAlarmsReply = TypedDict("DataAlarmsReply", {
    "alarms": "list[DataAlarmsReplyAlarms]",
})

DataCheckReplyAlarms = TypedDict("DataCheckReplyAlarms", {
    "load_id": "int",
    "source": "str",
    "kind": "str",
    "field": "str",
    "value": "float",
    "threshold": "float",
    "en": "str",
    "zh": "str",
})

DataCheckReply = TypedDict("DataCheckReply", {
    "flagged": "int",
    "stock_outs": "int",
    "alarms": "list[DataCheckReplyAlarms]",
})

DataEraseCustomerReplyErased = TypedDict("DataEraseCustomerReplyErased", {
    "table": "str",
    "column": "str",
    "how": "str",
    "rows": "int",
})

DataEraseCustomerReplyRemaining = TypedDict("DataEraseCustomerReplyRemaining", {
    "table": "str",
    "column": "str",
    "rows": "int",
    "why": "str",
})

DataEraseCustomerReplyFiles = TypedDict("DataEraseCustomerReplyFiles", {
    "file": "str",
    "why": "str",
})

DataEraseCustomerReply = TypedDict("DataEraseCustomerReply", {
    "pseudonyms": "list[str]",
    "erased": "list[DataEraseCustomerReplyErased]",
    "columns_searched": "int",
    "remaining": "list[DataEraseCustomerReplyRemaining]",
    "files": "list[DataEraseCustomerReplyFiles]",
    "overwritten": "bool",
    "advice": "str",
})

DataEventsReplyReasons = TypedDict("DataEventsReplyReasons", {
    "index": "int",
    "event_id": "str",
    "reason": "str",
})

DataEventsReply = TypedDict("DataEventsReply", {
    "stored": "int",
    "repeated": "int",
    "refused": "int",
    "reasons": "list[DataEventsReplyReasons]",
})

DataExportReplyTables = TypedDict("DataExportReplyTables", {
    "table": "str",
    "partitioned_by": "str",
    "rows": "int",
    "files": "int",
    "bytes": "int",
})

DataExportReply = TypedDict("DataExportReply", {
    "folder": "str",
    "format": "str",
    "exported_at": "str",
    "currency": "str",
    "time_zone": "str",
    "tables": "list[DataExportReplyTables]",
})

DataFlagsReplyRows = TypedDict("DataFlagsReplyRows", {
    "table_name": "str",
    "load_id": "int",
    "source_line": "int",
    "item_id": "str",
    "rule": "str",
    "value": "float",
    "expected": "float",
    "score": "float",
})

DataFlagsReply = TypedDict("DataFlagsReply", {
    "rows": "list[DataFlagsReplyRows]",
})

DataInboxReplyFiles = TypedDict("DataInboxReplyFiles", {
    "file": "str",
    "moved_to": "str",
    "refused": "str",
    "read": "int",
    "loaded": "int",
    "quarantined": "int",
    "unchanged": "int",
})

DataInboxReply = TypedDict("DataInboxReply", {
    "loaded": "int",
    "refused": "int",
    "files": "list[DataInboxReplyFiles]",
})

DataLoadReplyFilesRules = TypedDict("DataLoadReplyFilesRules", {
    "rule": "str",
    "action": "str",
    "rows": "int",
})

DataLoadReplyFilesTests = TypedDict("DataLoadReplyFilesTests", {
    "name": "str",
    "severity": "str",
    "rows": "int",
    "sample": "str",
})

DataLoadReplyFiles = TypedDict("DataLoadReplyFiles", {
    "file": "str",
    "source": "str",
    "format": "str",
    "encoding": "str",
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
    "left_out": "int",
    "seconds": "float",
    "rules": "list[DataLoadReplyFilesRules]",
    "replaced": "int",
    "tests": "list[DataLoadReplyFilesTests]",
    "removed": "int",
})

DataLoadReplyRules = TypedDict("DataLoadReplyRules", {
    "rule": "str",
    "action": "str",
    "rows": "int",
})

DataLoadReply = TypedDict("DataLoadReply", {
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
    "left_out": "int",
    "replaced": "int",
    "removed": "int",
    "files": "list[DataLoadReplyFiles]",
    "rules": "list[DataLoadReplyRules]",
})

DataLoadsReplyLoads = TypedDict("DataLoadsReplyLoads", {
    "load_id": "int",
    "source": "str",
    "file": "str",
    "loaded_at": "str",
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
})

DataLoadsReply = TypedDict("DataLoadsReply", {
    "loads": "list[DataLoadsReplyLoads]",
})

DataMappingReply = TypedDict("DataMappingReply", {
    "text": "str",
    "sources": "list[str]",
})

DataPullReply = TypedDict("DataPullReply", {
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
    "removed": "int",
    "batches": "int",
    "compared": "bool",
    "up_to": "str",
})

DataPushReplyRules = TypedDict("DataPushReplyRules", {
    "rule": "str",
    "action": "str",
    "rows": "int",
})

DataPushReply = TypedDict("DataPushReply", {
    "load_id": "int",
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
    "left_out": "int",
    "rules": "list[DataPushReplyRules]",
    "online": "int",
    "online_failure": "str",
})

DataQualityReplyLoad = TypedDict("DataQualityReplyLoad", {
    "load_id": "int",
    "source": "str",
    "file": "str",
    "loaded_at": "str",
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
})

DataQualityReplyEarlier = TypedDict("DataQualityReplyEarlier", {
    "load_id": "int",
    "source": "str",
    "file": "str",
    "loaded_at": "str",
    "read": "int",
    "loaded": "int",
    "mended": "int",
    "quarantined": "int",
    "unchanged": "int",
})

DataQualityReplyRules = TypedDict("DataQualityReplyRules", {
    "rule": "str",
    "action": "str",
    "rows": "int",
})

DataQualityReplyFieldsHistogram = TypedDict("DataQualityReplyFieldsHistogram", {
    "labels": "list[str]",
    "earlier": "list[float]",
    "now": "list[float]",
})

DataQualityReplyFields = TypedDict("DataQualityReplyFields", {
    "table": "str",
    "field": "str",
    "rows": "int",
    "earlier_rows": "int",
    "null_share": "float",
    "earlier_null_share": "float",
    "low": "float | None",
    "high": "float | None",
    "earlier_low": "float | None",
    "earlier_high": "float | None",
    "psi": "float | None",
    "psi_by_chance": "float | None",
    "histogram": "DataQualityReplyFieldsHistogram",
})

DataQualityReplyTests = TypedDict("DataQualityReplyTests", {
    "name": "str",
    "severity": "str",
    "sample": "str",
    "rows": "int",
})

DataQualityReplyFreshness = TypedDict("DataQualityReplyFreshness", {
    "hours_since": "float",
    "usual_hours": "float | None",
    "newest_event": "str | None",
})

DataQualityReplyAlarms = TypedDict("DataQualityReplyAlarms", {
    "load_id": "int",
    "source": "str",
    "kind": "str",
    "field": "str",
    "value": "float",
    "threshold": "float",
    "en": "str",
    "zh": "str",
})

DataQualityReply = TypedDict("DataQualityReply", {
    "load": "DataQualityReplyLoad",
    "earlier": "list[DataQualityReplyEarlier]",
    "rules": "list[DataQualityReplyRules]",
    "fields": "list[DataQualityReplyFields]",
    "tests": "list[DataQualityReplyTests]",
    "freshness": "DataQualityReplyFreshness",
    "alarms": "list[DataQualityReplyAlarms]",
})

DataQualityPageReply = TypedDict("DataQualityPageReply", {
    "file": "str",
})

DataQuarantineReplyRows = TypedDict("DataQuarantineReplyRows", {
    "load_id": "int",
    "source_line": "int",
    "source": "str",
    "file": "str",
    "column_name": "str",
    "rule": "str",
    "reason": "str",
    "raw": "str",
    "replaced": "bool",
})

DataQuarantineReply = TypedDict("DataQuarantineReply", {
    "rows": "list[DataQuarantineReplyRows]",
    "next_cursor": "str",
})

DataReplaceMappingReply = TypedDict("DataReplaceMappingReply", {
    "replaced": "bool",
    "sources": "list[str]",
    "sources_gone": "list[str]",
})

DataReplayReplyLoads = TypedDict("DataReplayReplyLoads", {
    "load_id": "int",
    "replay_id": "int",
    "source": "str",
    "file": "str",
    "problem": "str",
    "taken": "int",
    "loaded": "int",
    "mended": "int",
    "unchanged": "int",
    "left_out": "int",
    "quarantined": "int",
})

DataReplayReply = TypedDict("DataReplayReply", {
    "taken": "int",
    "loaded": "int",
    "mended": "int",
    "unchanged": "int",
    "left_out": "int",
    "quarantined": "int",
    "loads": "list[DataReplayReplyLoads]",
})

DataRowsReply = TypedDict("DataRowsReply", {
    "rows": "list[str]",
    "next_cursor": "str",
})

DataSummaryReplyTables = TypedDict("DataSummaryReplyTables", {
    "table": "str",
    "rows": "int",
})

DataSummaryReply = TypedDict("DataSummaryReply", {
    "shop": "str",
    "currency": "str",
    "time_zone": "str",
    "first_day": "str | None",
    "last_day": "str | None",
    "tables": "list[DataSummaryReplyTables]",
})

DataTestReplyTests = TypedDict("DataTestReplyTests", {
    "name": "str",
    "severity": "str",
    "rows": "int",
    "sample": "str",
})

DataTestReply = TypedDict("DataTestReply", {
    "passed": "bool",
    "tests": "list[DataTestReplyTests]",
})

DataTraceReplyRows = TypedDict("DataTraceReplyRows", {
    "row": "str",
    "load_id": "int",
    "source_line": "int",
    "source": "str",
    "file": "str",
    "path": "str",
    "loaded_at": "str",
    "replay_of": "int",
    "replaced_by": "int",
    "file_state": "str",
    "line_text": "str",
})

DataTraceReply = TypedDict("DataTraceReply", {
    "rows": "list[DataTraceReplyRows]",
})

DecisionsActReply = TypedDict("DecisionsActReply", {
    "decisions": "int",
    "failed": "int",
    "files": "list[str]",
    "delivered": "int",
    "failed_attempts": "int",
    "dead": "int",
})

DecisionsApproveReplyDecisions = TypedDict("DecisionsApproveReplyDecisions", {
    "id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

DecisionsApproveReply = TypedDict("DecisionsApproveReply", {
    "done": "int",
    "failed": "int",
    "decisions": "list[DecisionsApproveReplyDecisions]",
})

DecisionsCheckReply = TypedDict("DecisionsCheckReply", {
    "sound": "bool",
    "differences": "list[str]",
})

DecisionsCountsReplyCountsValue = TypedDict("DecisionsCountsReplyCountsValue", {
    "minor": "int",
    "currency": "str",
})

DecisionsCountsReplyCounts = TypedDict("DecisionsCountsReplyCounts", {
    "kind": "str",
    "state": "str",
    "decisions": "int",
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
    "delivered": "int",
    "failed_attempts": "int",
    "dead": "int",
})

DecisionsDeliveriesReplyDeliveries = TypedDict("DecisionsDeliveriesReplyDeliveries", {
    "id": "str",
    "decision": "str",
    "kind": "str",
    "event": "str",
    "state": "str",
    "attempts": "int",
    "status": "int",
    "reason": "str",
    "created_at": "str",
    "last_at": "str",
    "next_at": "str",
})

DecisionsDeliveriesReply = TypedDict("DecisionsDeliveriesReply", {
    "deliveries": "list[DecisionsDeliveriesReplyDeliveries]",
    "next_after": "str",
})

DecisionsExpireReply = TypedDict("DecisionsExpireReply", {
    "expired": "int",
})

DecisionsListReplyDecisionsValue = TypedDict("DecisionsListReplyDecisionsValue", {
    "minor": "int",
    "currency": "str",
})

DecisionsListReplyDecisionsSummary = TypedDict("DecisionsListReplyDecisionsSummary", {
    "en": "str",
    "zh": "str",
})

DecisionsListReplyDecisions = TypedDict("DecisionsListReplyDecisions", {
    "id": "str",
    "kind": "str",
    "subject": "str",
    "state": "str",
    "urgency": "float",
    "value": "DecisionsListReplyDecisionsValue",
    "summary": "DecisionsListReplyDecisionsSummary",
    "arguments": "Any",
    "evidence": "Any",
    "expected": "Any",
    "as_of": "str",
    "deadline": "str",
    "proposed_by": "str",
    "hash": "str",
    "reason": "str",
})

DecisionsListReply = TypedDict("DecisionsListReply", {
    "decisions": "list[DecisionsListReplyDecisions]",
    "next_cursor": "str",
})

DecisionsMeasureReplyActed = TypedDict("DecisionsMeasureReplyActed", {
    "decisions": "int",
    "absolute_error": "float",
    "bias": "float",
    "baseline_absolute_error": "float",
    "within_share": "float",
})

DecisionsMeasureReplyActedByPolicy = TypedDict("DecisionsMeasureReplyActedByPolicy", {
    "decisions": "int",
    "absolute_error": "float",
    "bias": "float",
    "baseline_absolute_error": "float",
    "within_share": "float",
})

DecisionsMeasureReplyNotActed = TypedDict("DecisionsMeasureReplyNotActed", {
    "decisions": "int",
    "absolute_error": "float",
    "bias": "float",
    "baseline_absolute_error": "float",
    "within_share": "float",
})

DecisionsMeasureReplyHeldOut = TypedDict("DecisionsMeasureReplyHeldOut", {
    "decisions": "int",
    "absolute_error": "float",
    "bias": "float",
    "baseline_absolute_error": "float",
    "within_share": "float",
})

DecisionsMeasureReplyDecisions = TypedDict("DecisionsMeasureReplyDecisions", {
    "id": "str",
    "unit": "str",
    "expected": "float",
    "low": "float",
    "high": "float",
    "outcome": "float",
    "baseline": "float",
    "within": "bool",
})

DecisionsMeasureReply = TypedDict("DecisionsMeasureReply", {
    "measured": "int",
    "acted": "DecisionsMeasureReplyActed",
    "acted_by_policy": "DecisionsMeasureReplyActedByPolicy",
    "not_acted": "DecisionsMeasureReplyNotActed",
    "held_out": "DecisionsMeasureReplyHeldOut",
    "decisions": "list[DecisionsMeasureReplyDecisions]",
})

DecisionsPoliciesReplyPolicies = TypedDict("DecisionsPoliciesReplyPolicies", {
    "kind": "str",
    "title_en": "str",
    "title_zh": "str",
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "origin": "str",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
})

DecisionsPoliciesReplyChanges = TypedDict("DecisionsPoliciesReplyChanges", {
    "kind": "str",
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
})

DecisionsPoliciesReply = TypedDict("DecisionsPoliciesReply", {
    "policies": "list[DecisionsPoliciesReplyPolicies]",
    "changes": "list[DecisionsPoliciesReplyChanges]",
})

DecisionsRedeliverReplyDecisions = TypedDict("DecisionsRedeliverReplyDecisions", {
    "id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

DecisionsRedeliverReply = TypedDict("DecisionsRedeliverReply", {
    "done": "int",
    "failed": "int",
    "decisions": "list[DecisionsRedeliverReplyDecisions]",
})

DecisionsRejectReplyDecisions = TypedDict("DecisionsRejectReplyDecisions", {
    "id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

DecisionsRejectReply = TypedDict("DecisionsRejectReply", {
    "done": "int",
    "failed": "int",
    "decisions": "list[DecisionsRejectReplyDecisions]",
})

DecisionsRollBackReplyDecisions = TypedDict("DecisionsRollBackReplyDecisions", {
    "id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

DecisionsRollBackReply = TypedDict("DecisionsRollBackReply", {
    "done": "int",
    "failed": "int",
    "decisions": "list[DecisionsRollBackReplyDecisions]",
})

DecisionsSetPolicyReply = TypedDict("DecisionsSetPolicyReply", {
    "kind": "str",
    "title_en": "str",
    "title_zh": "str",
    "approve_below": "float",
    "daily_limit": "float",
    "expire_after_hours": "int",
    "origin": "str",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
})

DecisionsShowReplyDecisionValue = TypedDict("DecisionsShowReplyDecisionValue", {
    "minor": "int",
    "currency": "str",
})

DecisionsShowReplyDecisionSummary = TypedDict("DecisionsShowReplyDecisionSummary", {
    "en": "str",
    "zh": "str",
})

DecisionsShowReplyDecision = TypedDict("DecisionsShowReplyDecision", {
    "id": "str",
    "kind": "str",
    "subject": "str",
    "state": "str",
    "urgency": "float",
    "value": "DecisionsShowReplyDecisionValue",
    "summary": "DecisionsShowReplyDecisionSummary",
    "arguments": "Any",
    "evidence": "Any",
    "expected": "Any",
    "as_of": "str",
    "deadline": "str",
    "proposed_by": "str",
    "hash": "str",
    "reason": "str",
})

DecisionsShowReplyEvents = TypedDict("DecisionsShowReplyEvents", {
    "event": "str",
    "state": "str",
    "actor": "str",
    "reason": "str",
    "happened_at": "str",
    "payload": "Any",
})

DecisionsShowReply = TypedDict("DecisionsShowReply", {
    "decision": "DecisionsShowReplyDecision",
    "events": "list[DecisionsShowReplyEvents]",
})

DecisionsWebhookSecretReply = TypedDict("DecisionsWebhookSecretReply", {
    "kind": "str",
    "secret": "str",
})

DemandAccuracyReplyAll = TypedDict("DemandAccuracyReplyAll", {
    "name": "str",
    "windows": "int",
    "units": "float",
    "naive_wape": "float",
    "model_wape": "float",
    "planned_wape": "float",
    "bias": "float",
    "within": "float",
    "model_added": "float",
    "override_added": "float",
})

DemandAccuracyReplyGroups = TypedDict("DemandAccuracyReplyGroups", {
    "name": "str",
    "windows": "int",
    "units": "float",
    "naive_wape": "float",
    "model_wape": "float",
    "planned_wape": "float",
    "bias": "float",
    "within": "float",
    "model_added": "float",
    "override_added": "float",
})

DemandAccuracyReplyAhead = TypedDict("DemandAccuracyReplyAhead", {
    "ahead": "int",
    "periods": "int",
    "units": "float",
    "model_wape": "float",
    "planned_wape": "float",
    "bias": "float",
})

DemandAccuracyReply = TypedDict("DemandAccuracyReply", {
    "by": "str",
    "items": "int",
    "all": "DemandAccuracyReplyAll",
    "groups": "list[DemandAccuracyReplyGroups]",
    "ahead": "list[DemandAccuracyReplyAhead]",
})

DemandBiasReplyAlarms = TypedDict("DemandBiasReplyAlarms", {
    "item": "str",
    "periods": "int",
    "sold": "float",
    "forecast": "float",
    "mean_error": "float",
    "signal": "float",
    "en": "str",
    "zh": "str",
})

DemandBiasReply = TypedDict("DemandBiasReply", {
    "items": "int",
    "alarms": "list[DemandBiasReplyAlarms]",
})

DemandExplainReplyParts = TypedDict("DemandExplainReplyParts", {
    "name": "str",
    "units": "float",
    "en": "str",
    "zh": "str",
})

DemandExplainReplySeason = TypedDict("DemandExplainReplySeason", {
    "from": "str",
    "units": "float",
})

DemandExplainReplyUplift = TypedDict("DemandExplainReplyUplift", {
    "of": "str",
    "episodes": "int",
    "days": "int",
    "factor": "float",
    "low": "float",
    "high": "float",
})

DemandExplainReplyPlanned = TypedDict("DemandExplainReplyPlanned", {
    "days": "int",
    "usual_share": "float",
    "units": "float",
    "low": "float",
    "high": "float",
})

DemandExplainReply = TypedDict("DemandExplainReply", {
    "item": "str",
    "title": "str",
    "as_of": "str",
    "method": "str",
    "from": "str",
    "to": "str",
    "units": "float",
    "model_units": "float",
    "parts": "list[DemandExplainReplyParts]",
    "season": "list[DemandExplainReplySeason]",
    "last_year_units": "float | None",
    "last_weeks_units": "float | None",
    "promoted_days_before": "int",
    "neighbours": "list[str]",
    "uplift": "DemandExplainReplyUplift",
    "planned": "DemandExplainReplyPlanned",
    "sentence_en": "str",
    "sentence_zh": "str",
})

DemandForecastReplyPeriods = TypedDict("DemandForecastReplyPeriods", {
    "from": "str",
    "units": "float",
    "model_units": "float",
})

DemandForecastReplyWindow = TypedDict("DemandForecastReplyWindow", {
    "level": "float",
    "units": "float",
})

DemandForecastReply = TypedDict("DemandForecastReply", {
    "item": "str",
    "as_of": "str",
    "method": "str",
    "model": "str",
    "model_version": "str",
    "period": "str",
    "history_periods": "int",
    "window_periods": "int",
    "window_units": "float",
    "model_window_units": "float",
    "baseline_units": "float",
    "backtest_error": "float",
    "baseline_error": "float",
    "backtest_windows": "int",
    "override_id": "int | None",
    "periods": "list[DemandForecastReplyPeriods]",
    "window": "list[DemandForecastReplyWindow]",
})

DemandNewItemsReplyAges = TypedDict("DemandNewItemsReplyAges", {
    "weeks": "str",
    "chosen": "str",
    "judged_before": "int",
    "windows": "int",
    "units": "float",
    "wape": "float",
    "today_wape": "float",
    "neighbours_wape": "float",
    "category_wape": "float",
    "all_items_wape": "float",
    "bias": "float",
    "today_bias": "float",
    "coverage": "float",
    "today_coverage": "float",
})

DemandNewItemsReply = TypedDict("DemandNewItemsReply", {
    "as_of": "str",
    "split": "str",
    "launches": "int",
    "with_vector": "int",
    "with_category": "int",
    "fresh": "int",
    "ages": "list[DemandNewItemsReplyAges]",
})

DemandOverrideReply = TypedDict("DemandOverrideReply", {
    "override_id": "int",
    "item": "str",
    "made_on": "str",
    "model_window_units": "float",
    "window_units": "float",
})

DemandOverridesReplyOverrides = TypedDict("DemandOverridesReplyOverrides", {
    "override_id": "int",
    "item": "str",
    "from": "str",
    "until": "str",
    "reason": "str",
    "made_by": "str",
    "made_at": "str",
    "made_on": "str",
    "withdrawn_on": "str",
    "units": "float | None",
    "factor": "float | None",
})

DemandOverridesReply = TypedDict("DemandOverridesReply", {
    "overrides": "list[DemandOverridesReplyOverrides]",
})

DemandPlacesReplyPlaces = TypedDict("DemandPlacesReplyPlaces", {
    "place": "str",
    "title": "str",
    "method": "str",
    "units": "float",
    "low": "float",
    "high": "float",
    "own_units": "float",
    "baseline_units": "float",
    "backtest_error": "float",
    "sold": "int",
    "periods": "list[float]",
})

DemandPlacesReply = TypedDict("DemandPlacesReply", {
    "item": "str",
    "as_of": "str",
    "from": "str",
    "period_days": "int",
    "window_days": "int",
    "units": "float",
    "places": "list[DemandPlacesReplyPlaces]",
})

DemandRunReplyMethods = TypedDict("DemandRunReplyMethods", {
    "method": "str",
    "items": "int",
})

DemandRunReply = TypedDict("DemandRunReply", {
    "as_of": "str",
    "period": "str",
    "model": "str",
    "model_version": "str",
    "trained_version": "str",
    "promotion": "str",
    "promotion_message": "str",
    "items": "int",
    "kept": "int",
    "shared_items": "int",
    "place_forecasts": "int",
    "periods": "int",
    "shared": "str",
    "error": "float",
    "baseline_error": "float",
    "methods": "list[DemandRunReplyMethods]",
    "spread": "str",
    "bottom_up": "bool",
})

DemandSignalsReply = TypedDict("DemandSignalsReply", {
    "as_of": "str",
    "mornings": "int",
    "items": "int",
    "networks": "int",
    "without": "str",
})

DemandSumsReplySums = TypedDict("DemandSumsReplySums", {
    "name": "str",
    "title": "str",
    "items": "int",
    "units": "float",
    "model_units": "float",
    "baseline_units": "float",
    "sold": "int",
})

DemandSumsReply = TypedDict("DemandSumsReply", {
    "by": "str",
    "as_of": "str",
    "from": "str",
    "window_days": "int",
    "sums": "list[DemandSumsReplySums]",
})

DemandValueAddedReplyAll = TypedDict("DemandValueAddedReplyAll", {
    "method": "str",
    "windows": "int",
    "units": "float",
    "naive_wape": "float",
    "model_wape": "float",
    "planned_wape": "float",
    "model_added": "float",
    "override_added": "float",
})

DemandValueAddedReplyMethods = TypedDict("DemandValueAddedReplyMethods", {
    "method": "str",
    "windows": "int",
    "units": "float",
    "naive_wape": "float",
    "model_wape": "float",
    "planned_wape": "float",
    "model_added": "float",
    "override_added": "float",
})

DemandValueAddedReplyOverrides = TypedDict("DemandValueAddedReplyOverrides", {
    "override_id": "int",
    "item": "str",
    "reason": "str",
    "made_by": "str",
    "windows": "int",
    "units": "float",
    "model_error": "float",
    "planned_error": "float",
    "helped": "bool",
})

DemandValueAddedReply = TypedDict("DemandValueAddedReply", {
    "all": "DemandValueAddedReplyAll",
    "methods": "list[DemandValueAddedReplyMethods]",
    "overrides": "list[DemandValueAddedReplyOverrides]",
    "left_out": "int",
})

DemandWithdrawReply = TypedDict("DemandWithdrawReply", {
    "override_id": "int",
})

FeaturesApplyReply = TypedDict("FeaturesApplyReply", {
    "events": "int",
    "repeated": "int",
    "changed_keys": "int",
})

FeaturesApplyEvents = TypedDict("FeaturesApplyEvents", {
    "id": "str",
    "kind": "str",
    "item_id": "str",
    "customer_id": "str | None",
    "place_id": "str | None",
    "order_id": "str | None",
    "quantity": "int",
    "unit_price": "int",
    "at": "str",
})

FeaturesComputeReplyBlocks = TypedDict("FeaturesComputeReplyBlocks", {
    "block": "str",
    "computed": "int",
    "kept": "int",
    "rows": "int",
    "seconds": "float",
})

FeaturesComputeReply = TypedDict("FeaturesComputeReply", {
    "moment": "str",
    "computed": "int",
    "kept": "int",
    "seconds": "float",
    "blocks": "list[FeaturesComputeReplyBlocks]",
})

FeaturesForgetReply = TypedDict("FeaturesForgetReply", {
    "customers": "int",
})

FeaturesListReplyFeatures = TypedDict("FeaturesListReplyFeatures", {
    "name": "str",
    "entity": "str",
    "type": "str",
    "unit": "str",
    "owner": "str",
    "en": "str",
    "zh": "str",
    "window_days": "int | None",
    "freshness_minutes": "int",
    "from_events": "bool",
})

FeaturesListReply = TypedDict("FeaturesListReply", {
    "features": "list[FeaturesListReplyFeatures]",
})

FeaturesReadReplyRows = TypedDict("FeaturesReadReplyRows", {
    "id": "str",
    "second": "str",
    "found": "bool",
    "values": "list[float | str | bool]",
})

FeaturesReadReply = TypedDict("FeaturesReadReply", {
    "entity": "str",
    "moment": "str",
    "features": "list[str]",
    "rows": "list[FeaturesReadReplyRows]",
})

FeaturesShowReplyFeature = TypedDict("FeaturesShowReplyFeature", {
    "name": "str",
    "entity": "str",
    "type": "str",
    "unit": "str",
    "owner": "str",
    "en": "str",
    "zh": "str",
    "window_days": "int | None",
    "freshness_minutes": "int",
    "from_events": "bool",
})

FeaturesShowReply = TypedDict("FeaturesShowReply", {
    "feature": "FeaturesShowReplyFeature",
    "declared_at": "str",
    "hash": "str",
    "stream": "str",
    "aggregate": "str",
    "sql": "str",
    "stream_sql": "str",
    "uses": "list[str]",
    "used_by": "list[str]",
})

FeaturesSqlReply = TypedDict("FeaturesSqlReply", {
    "entity": "str",
    "dialect": "str",
    "moment": "str",
    "tables": "list[str]",
    "sql": "str",
})

FeaturesStatusReplyEntities = TypedDict("FeaturesStatusReplyEntities", {
    "entity": "str",
    "declared": "int",
    "keys": "int",
    "moment": "str | None",
    "computed_at": "str | None",
    "age_minutes": "int | None",
    "freshness_minutes": "int",
    "fresh": "bool",
})

FeaturesStatusReply = TypedDict("FeaturesStatusReply", {
    "entities": "list[FeaturesStatusReplyEntities]",
    "changed_keys": "int",
})

FeaturesTrainingSetReply = TypedDict("FeaturesTrainingSetReply", {
    "file": "str",
    "sidecar": "str",
    "rows": "int",
    "features": "int",
    "first_moment": "str",
    "last_moment": "str",
})

ItemsSalesReplyWeeks = TypedDict("ItemsSalesReplyWeeks", {
    "week": "str",
    "units": "int",
    "revenue": "int | None",
})

ItemsSalesReply = TypedDict("ItemsSalesReply", {
    "weeks": "list[ItemsSalesReplyWeeks]",
})

ItemsSearchReplyItems = TypedDict("ItemsSearchReplyItems", {
    "item_id": "str",
    "title": "str",
    "category": "str",
    "unit_price": "int | None",
})

ItemsSearchReply = TypedDict("ItemsSearchReply", {
    "items": "list[ItemsSearchReplyItems]",
    "more": "bool",
    "total": "int",
})

ItemsShowReplyItem = TypedDict("ItemsShowReplyItem", {
    "item_id": "str",
    "title": "str",
    "category": "str",
    "supplier": "str",
    "unit_cost": "int | None",
    "unit_price": "int | None",
    "currency": "str",
    "listed_on": "str",
})

ItemsShowReplyStock = TypedDict("ItemsShowReplyStock", {
    "day": "str",
    "on_hand": "int",
    "on_order": "int",
})

ItemsShowReplyWeeks = TypedDict("ItemsShowReplyWeeks", {
    "week": "str",
    "units": "int",
    "revenue": "int | None",
    "promoted_days": "int",
    "empty_days": "int | None",
    "on_hand": "int | None",
})

ItemsShowReply = TypedDict("ItemsShowReply", {
    "item": "ItemsShowReplyItem",
    "stock": "ItemsShowReplyStock | None",
    "weeks": "list[ItemsShowReplyWeeks]",
})

JobsDailyReplySteps = TypedDict("JobsDailyReplySteps", {
    "step": "str",
    "resumed": "bool",
    "seconds": "float",
    "reply": "Any",
})

JobsDailyReply = TypedDict("JobsDailyReply", {
    "as_of": "str",
    "steps": "list[JobsDailyReplySteps]",
})

JobsListReplyRuns = TypedDict("JobsListReplyRuns", {
    "run_id": "int",
    "job": "str",
    "key": "str",
    "state": "str",
    "started_at": "str",
    "last_at": "str",
    "seconds": "float",
    "steps_done": "int",
    "failures": "int",
    "failure": "str",
})

JobsListReply = TypedDict("JobsListReply", {
    "runs": "list[JobsListReplyRuns]",
})

JobsScheduleReplySchedules = TypedDict("JobsScheduleReplySchedules", {
    "operation": "str",
    "schedule": "str",
    "set_by": "str",
    "last_at": "str | None",
    "next_at": "str | None",
})

JobsScheduleReply = TypedDict("JobsScheduleReply", {
    "schedules": "list[JobsScheduleReplySchedules]",
})

JobsSetScheduleReply = TypedDict("JobsSetScheduleReply", {
    "operation": "str",
    "schedule": "str",
    "next_at": "str | None",
})

JobsShowReplyRun = TypedDict("JobsShowReplyRun", {
    "run_id": "int",
    "job": "str",
    "key": "str",
    "state": "str",
    "started_at": "str",
    "last_at": "str",
    "seconds": "float",
    "steps_done": "int",
    "failures": "int",
    "failure": "str",
})

JobsShowReplySteps = TypedDict("JobsShowReplySteps", {
    "step": "str",
    "state": "str",
    "attempts": "int",
    "seconds": "float",
    "finished_at": "str",
    "failure": "str",
    "reply": "Any",
})

JobsShowReply = TypedDict("JobsShowReply", {
    "run": "JobsShowReplyRun",
    "steps": "list[JobsShowReplySteps]",
})

KeysCreateReply = TypedDict("KeysCreateReply", {
    "key_id": "str",
    "name": "str",
    "role": "str",
    "key": "str",
    "note": "str",
})

KeysListReplyKeys = TypedDict("KeysListReplyKeys", {
    "key_id": "str",
    "name": "str",
    "role": "str",
    "created_by": "str",
    "created_at": "str",
    "revoked_at": "str | None",
})

KeysListReply = TypedDict("KeysListReply", {
    "keys": "list[KeysListReplyKeys]",
})

KeysRevokeReply = TypedDict("KeysRevokeReply", {
    "key_id": "str",
    "name": "str",
    "revoked_at": "str",
})

LabelsAgreementReplyPairs = TypedDict("LabelsAgreementReplyPairs", {
    "first": "str",
    "second": "str",
    "tasks": "int",
    "agreed": "int",
    "kappa": "float | None",
    "kappa_linear": "float | None",
    "kappa_quadratic": "float | None",
})

LabelsAgreementReplyAnnotators = TypedDict("LabelsAgreementReplyAnnotators", {
    "annotator": "str",
    "labelled": "int",
    "skipped": "int",
    "gold": "int | None",
    "correct": "int | None",
    "accuracy": "float | None",
    "accuracy_low": "float | None",
    "accuracy_high": "float | None",
})

LabelsAgreementReply = TypedDict("LabelsAgreementReply", {
    "set": "str",
    "version": "int",
    "scale": "str",
    "tasks": "int",
    "alpha": "float | None",
    "pairs": "list[LabelsAgreementReplyPairs]",
    "annotators": "list[LabelsAgreementReplyAnnotators]",
})

LabelsCreateSetReply = TypedDict("LabelsCreateSetReply", {
    "set": "str",
    "version": "int",
    "created": "bool",
})

LabelsCreateSetExamples = TypedDict("LabelsCreateSetExamples", {
    "text": "str",
    "label": "str",
    "why": "str",
})

LabelsExportReply = TypedDict("LabelsExportReply", {
    "set": "str",
    "version": "int",
    "labels": "int",
    "frozen": "bool",
    "file": "str",
    "hash": "str",
})

LabelsFreezeReply = TypedDict("LabelsFreezeReply", {
    "set": "str",
    "version": "int",
    "labels": "int",
    "frozen": "bool",
    "file": "str",
    "hash": "str",
})

LabelsImportReplyReasons = TypedDict("LabelsImportReplyReasons", {
    "file": "str",
    "line": "int",
    "reason": "str",
})

LabelsImportReply = TypedDict("LabelsImportReply", {
    "set": "str",
    "version": "int",
    "added": "int",
    "unchanged": "int",
    "gold": "int",
    "refused": "int",
    "reasons": "list[LabelsImportReplyReasons]",
})

LabelsListSetsReplySets = TypedDict("LabelsListSetsReplySets", {
    "set": "str",
    "version": "int",
    "tasks": "int",
    "annotations": "int",
    "settled": "int",
    "frozen": "bool",
})

LabelsListSetsReply = TypedDict("LabelsListSetsReply", {
    "sets": "list[LabelsListSetsReplySets]",
})

LabelsNextReplyTasks = TypedDict("LabelsNextReplyTasks", {
    "task_id": "str",
    "text": "str",
    "picture": "str",
    "record": "Any",
    "lease_expires_at": "str",
    "guess": "str | None",
})

LabelsNextReply = TypedDict("LabelsNextReply", {
    "set": "str",
    "annotator": "str",
    "version": "int",
    "tasks": "list[LabelsNextReplyTasks]",
})

LabelsRulesReplyRules = TypedDict("LabelsRulesReplyRules", {
    "name": "str",
    "label": "str",
    "regex": "str",
    "where": "str",
    "field": "str",
    "coverage": "float",
    "overlap": "float",
    "conflict": "float",
    "gold": "int | None",
    "correct": "int | None",
    "accuracy": "float | None",
})

LabelsRulesReply = TypedDict("LabelsRulesReply", {
    "set": "str",
    "version": "int",
    "tasks": "int",
    "guessed": "int",
    "coverage": "float",
    "gold": "int | None",
    "correct": "int | None",
    "accuracy": "float | None",
    "accuracy_low": "float | None",
    "accuracy_high": "float | None",
    "rules": "list[LabelsRulesReplyRules]",
})

LabelsRulesRules = TypedDict("LabelsRulesRules", {
    "name": "str",
    "label": "str",
    "regex": "str",
    "where": "str",
    "field": "str",
})

LabelsScoresReplyReasons = TypedDict("LabelsScoresReplyReasons", {
    "task_id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

LabelsScoresReply = TypedDict("LabelsScoresReply", {
    "set": "str",
    "version": "int",
    "accepted": "int",
    "refused": "int",
    "reasons": "list[LabelsScoresReplyReasons]",
})

LabelsScoresScores = TypedDict("LabelsScoresScores", {
    "task_id": "str",
    "probabilities": "list[float]",
})

LabelsSettleReplyTasks = TypedDict("LabelsSettleReplyTasks", {
    "task_id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

LabelsSettleReply = TypedDict("LabelsSettleReply", {
    "set": "str",
    "version": "int",
    "settled": "int",
    "unchanged": "int",
    "conflicts": "int",
    "waiting": "int",
    "refused": "int",
    "tasks": "list[LabelsSettleReplyTasks]",
})

LabelsSettleAdjudications = TypedDict("LabelsSettleAdjudications", {
    "task_id": "str",
    "label": "str",
    "reason": "str",
})

LabelsShowSetReplyExamples = TypedDict("LabelsShowSetReplyExamples", {
    "text": "str",
    "label": "str",
    "why": "str",
})

LabelsShowSetReply = TypedDict("LabelsShowSetReply", {
    "set": "str",
    "version": "int",
    "kind": "str",
    "scale": "str",
    "instructions": "str",
    "classes": "list[str]",
    "descriptions": "dict[str, str]",
    "examples": "list[LabelsShowSetReplyExamples]",
    "annotations_per_task": "int",
    "lease_minutes": "int",
    "gold_share": "float",
    "show_guess": "bool",
    "frozen_at": "str | None",
    "hash": "str | None",
    "tasks": "int",
    "gold": "int",
    "annotations": "int",
    "settled": "int",
})

LabelsSkipReplyTasks = TypedDict("LabelsSkipReplyTasks", {
    "task_id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

LabelsSkipReply = TypedDict("LabelsSkipReply", {
    "set": "str",
    "annotator": "str",
    "version": "int",
    "accepted": "int",
    "refused": "int",
    "tasks": "list[LabelsSkipReplyTasks]",
})

LabelsSubmitReplyTasks = TypedDict("LabelsSubmitReplyTasks", {
    "task_id": "str",
    "state": "str",
    "error_code": "str | None",
    "error": "str | None",
})

LabelsSubmitReply = TypedDict("LabelsSubmitReply", {
    "set": "str",
    "annotator": "str",
    "version": "int",
    "accepted": "int",
    "refused": "int",
    "tasks": "list[LabelsSubmitReplyTasks]",
})

LabelsSubmitLabels = TypedDict("LabelsSubmitLabels", {
    "task_id": "str",
    "label": "str",
    "note": "str",
})

LabelsTasksReplyTasksLabels = TypedDict("LabelsTasksReplyTasksLabels", {
    "task_id": "str",
    "annotator": "str",
    "label": "str | None",
    "note": "str",
})

LabelsTasksReplyTasks = TypedDict("LabelsTasksReplyTasks", {
    "task_id": "str",
    "state": "str",
    "text": "str",
    "picture": "str",
    "record": "Any",
    "labels": "list[LabelsTasksReplyTasksLabels]",
    "label": "str | None",
    "method": "str | None",
    "reason": "str | None",
    "guess": "str | None",
    "confidence": "float | None",
    "uncertainty": "float | None",
    "gold": "str | None",
})

LabelsTasksReply = TypedDict("LabelsTasksReply", {
    "tasks": "list[LabelsTasksReplyTasks]",
    "next_cursor": "str",
})

ModelsListReplyVersions = TypedDict("ModelsListReplyVersions", {
    "name": "str",
    "version": "str",
    "created_at": "str",
    "data_to": "str",
    "method": "str",
    "serving": "bool",
    "error": "float",
    "baseline_error": "float",
    "relative_error": "float",
    "windows": "int",
})

ModelsListReply = TypedDict("ModelsListReply", {
    "versions": "list[ModelsListReplyVersions]",
})

ModelsPromoteReply = TypedDict("ModelsPromoteReply", {
    "decision": "str",
    "state": "str",
    "message": "str",
    "serving": "str",
})

ModelsRollBackReply = TypedDict("ModelsRollBackReply", {
    "decision": "str",
    "state": "str",
    "message": "str",
    "serving": "str",
})

ModelsShowReplyCardMetrics = TypedDict("ModelsShowReplyCardMetrics", {
    "name": "str",
    "unit": "str",
    "value": "float",
    "baseline": "float",
    "windows": "int",
})

ModelsShowReplyCard = TypedDict("ModelsShowReplyCard", {
    "format": "int",
    "name": "str",
    "version": "str",
    "method": "str",
    "baseline": "str",
    "created_at": "str",
    "data_fingerprint": "str",
    "from": "str",
    "to": "str",
    "seed": "int",
    "options": "dict[str, str]",
    "metrics": "list[ModelsShowReplyCardMetrics]",
    "code_version": "str",
    "files": "dict[str, str]",
})

ModelsShowReply = TypedDict("ModelsShowReply", {
    "serving": "bool",
    "sound": "bool",
    "problem": "str",
    "card": "ModelsShowReplyCard",
})

SelectionBacktestReplyMethods = TypedDict("SelectionBacktestReplyMethods", {
    "method": "str",
    "top": "int",
    "origins": "int",
    "precision": "float",
    "precision_low": "float",
    "precision_high": "float",
    "recall": "float",
    "recall_low": "float",
    "recall_high": "float",
    "captured": "float",
    "captured_low": "float",
    "captured_high": "float",
    "to_buyer": "float",
    "to_buyer_low": "float",
    "to_buyer_high": "float",
})

SelectionBacktestReplyOriginsWeights = TypedDict("SelectionBacktestReplyOriginsWeights", {
    "member": "str",
    "weight": "float",
})

SelectionBacktestReplyOrigins = TypedDict("SelectionBacktestReplyOrigins", {
    "day": "str",
    "candidates": "int",
    "training_rows": "int",
    "weights": "list[SelectionBacktestReplyOriginsWeights]",
})

SelectionBacktestReplyRows = TypedDict("SelectionBacktestReplyRows", {
    "day": "str",
    "method": "str",
    "top": "int",
    "precision": "float",
    "recall": "float",
    "captured": "float",
})

SelectionBacktestReply = TypedDict("SelectionBacktestReply", {
    "first_day": "str",
    "last_day": "str",
    "features": "int",
    "methods": "list[SelectionBacktestReplyMethods]",
    "origins": "list[SelectionBacktestReplyOrigins]",
    "rows": "list[SelectionBacktestReplyRows]",
})

SelectionCandidatesReplyCandidatesAlike = TypedDict("SelectionCandidatesReplyCandidatesAlike", {
    "item": "str",
    "title": "str",
    "likeness": "float",
    "brought": "float",
})

SelectionCandidatesReplyCandidates = TypedDict("SelectionCandidatesReplyCandidates", {
    "place": "int",
    "line": "int",
    "title": "str",
    "category": "str",
    "supplier": "str",
    "price": "float",
    "rank": "float",
    "like_items": "float",
    "like_low": "float",
    "like_median": "float",
    "like_high": "float",
    "alike": "list[SelectionCandidatesReplyCandidatesAlike]",
    "flags": "str",
    "reasons_en": "str",
    "reasons_zh": "str",
})

SelectionCandidatesReply = TypedDict("SelectionCandidatesReply", {
    "as_of": "str",
    "horizon": "int",
    "known": "int",
    "read": "int",
    "scored": "int",
    "flagged": "int",
    "candidates": "list[SelectionCandidatesReplyCandidates]",
})

SelectionCandidatesRows = TypedDict("SelectionCandidatesRows", {
    "title": "str",
    "category": "str",
    "supplier": "str",
    "price": "float | None",
})

SelectionColdBacktestReplyMethods = TypedDict("SelectionColdBacktestReplyMethods", {
    "method": "str",
    "precision": "float",
    "precision_low": "float",
    "precision_high": "float",
    "captured": "float",
    "captured_low": "float",
    "captured_high": "float",
})

SelectionColdBacktestReply = TypedDict("SelectionColdBacktestReply", {
    "origins": "list[str]",
    "items": "int",
    "within": "float",
    "methods": "list[SelectionColdBacktestReplyMethods]",
})

SelectionDimensionsReplyDimensions = TypedDict("SelectionDimensionsReplyDimensions", {
    "place": "int",
    "name": "str",
    "source": "str",
    "window": "int",
})

SelectionDimensionsReply = TypedDict("SelectionDimensionsReply", {
    "dimensions": "list[SelectionDimensionsReplyDimensions]",
})

SelectionExplainReplyTopics = TypedDict("SelectionExplainReplyTopics", {
    "topic": "str",
    "text_en": "str",
    "text_zh": "str",
    "share": "float",
})

SelectionExplainReplySimilar = TypedDict("SelectionExplainReplySimilar", {
    "item": "str",
    "title": "str",
    "verdict": "str",
    "distance": "float",
    "expected_profit": "float",
})

SelectionExplainReplyChanges = TypedDict("SelectionExplainReplyChanges", {
    "lever": "str",
    "from": "float",
    "to": "float",
    "found": "bool",
    "verdict": "str",
    "expected_profit": "float",
    "text_en": "str",
    "text_zh": "str",
})

SelectionExplainReply = TypedDict("SelectionExplainReply", {
    "item": "str",
    "title": "str",
    "category": "str",
    "as_of": "str",
    "currency": "str",
    "verdict": "str",
    "flags": "str",
    "reasons_en": "str",
    "reasons_zh": "str",
    "place": "int",
    "items": "int",
    "explores": "bool",
    "expected_profit": "float",
    "low": "float",
    "high": "float",
    "model": "str",
    "model_version": "str",
    "topics": "list[SelectionExplainReplyTopics]",
    "similar": "list[SelectionExplainReplySimilar]",
    "changes": "list[SelectionExplainReplyChanges]",
})

SelectionExportReply = TypedDict("SelectionExportReply", {
    "file": "str",
    "as_of": "str",
    "items": "int",
    "bytes": "int",
})

SelectionLessonsReply = TypedDict("SelectionLessonsReply", {
    "folder": "str",
    "origins": "list[str]",
    "days": "list[str]",
    "columns": "list[str]",
    "rows": "int",
})

SelectionMatchReply = TypedDict("SelectionMatchReply", {
    "competitor": "str",
    "day": "str",
    "read": "int",
    "by_code": "int",
    "by_title": "int",
    "reviewed": "int",
    "waiting": "int",
    "none": "int",
    "suspect": "bool",
    "price_move": "float",
})

SelectionMatchRows = TypedDict("SelectionMatchRows", {
    "title": "str",
    "code": "str",
    "price": "float | None",
})

SelectionModelsReplyModels = TypedDict("SelectionModelsReplyModels", {
    "kind": "str",
    "setting": "str",
    "folder": "str",
    "form": "str",
    "works": "bool",
    "problem": "str",
    "checksum": "str",
    "width": "int",
    "dimensions": "int",
    "in_vectors": "bool",
    "items": "int",
    "contents": "int",
    "unread": "int",
    "unread_because": "str",
})

SelectionModelsReply = TypedDict("SelectionModelsReply", {
    "models": "list[SelectionModelsReplyModels]",
})

SelectionNearestReplyItems = TypedDict("SelectionNearestReplyItems", {
    "item": "str",
    "title": "str",
    "category": "str",
    "likeness": "float",
})

SelectionNearestReply = TypedDict("SelectionNearestReply", {
    "as_of": "str",
    "dimensions": "int",
    "items": "list[SelectionNearestReplyItems]",
})

SelectionPastReplyLists = TypedDict("SelectionPastReplyLists", {
    "as_of": "str",
    "until": "str",
    "model_version": "str",
    "items": "int",
    "listed": "int",
    "horizon": "int",
    "expected": "float",
    "outcome": "float",
    "before": "float",
    "within": "float",
    "precision": "float",
    "captured": "float",
    "rule_precision": "float",
    "rule_outcome": "float",
})

SelectionPastReply = TypedDict("SelectionPastReply", {
    "as_of": "str",
    "currency": "str",
    "lists": "list[SelectionPastReplyLists]",
    "text_en": "str",
    "text_zh": "str",
})

SelectionPlanReplyGains = TypedDict("SelectionPlanReplyGains", {
    "item": "str",
    "title": "str",
    "category": "str",
    "verdict": "str",
    "now": "str",
    "explores": "bool",
    "expected_profit": "float",
    "stock_cost": "float",
})

SelectionPlanReplyLoses = TypedDict("SelectionPlanReplyLoses", {
    "item": "str",
    "title": "str",
    "category": "str",
    "verdict": "str",
    "now": "str",
    "explores": "bool",
    "expected_profit": "float",
    "stock_cost": "float",
})

SelectionPlanReply = TypedDict("SelectionPlanReply", {
    "as_of": "str",
    "currency": "str",
    "places": "int",
    "expected_profit": "float",
    "most_profit": "float",
    "gap": "float",
    "stock_cost": "float",
    "unmet": "list[str]",
    "gains": "list[SelectionPlanReplyGains]",
    "loses": "list[SelectionPlanReplyLoses]",
})

SelectionProposeReply = TypedDict("SelectionProposeReply", {
    "as_of": "str",
    "skipped": "str",
    "items": "int",
    "verdicts": "int",
    "repeated": "int",
    "held_back": "int",
    "withdrawn": "int",
    "pending": "int",
    "approved_by_policy": "int",
    "refused_by_guardrails": "int",
    "superseded": "int",
    "known": "int",
    "model_version": "str",
    "trained_version": "str",
    "promotion": "str",
})

SelectionRecommendReplyRecommendations = TypedDict("SelectionRecommendReplyRecommendations", {
    "place": "int",
    "item": "str",
    "title": "str",
    "category": "str",
    "verdict": "str",
    "explores": "bool",
    "expected_profit": "float",
    "low": "float",
    "high": "float",
    "reasons_en": "str",
    "reasons_zh": "str",
    "flags": "str",
    "model_version": "str",
    "stock_cost": "float",
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
    "key": "str",
    "title": "str",
    "item": "str",
    "item_title": "str",
    "state": "str",
    "reviewed_by": "str",
    "reviewed_at": "str",
})

SelectionReviewedMatchesReply = TypedDict("SelectionReviewedMatchesReply", {
    "reviewed": "int",
    "matches": "list[SelectionReviewedMatchesReplyMatches]",
})

SelectionRunReplySeconds = TypedDict("SelectionRunReplySeconds", {
    "read": "float",
    "model": "float",
    "features": "float",
    "scores": "float",
    "list": "float",
    "reasons": "float",
    "store": "float",
})

SelectionRunReply = TypedDict("SelectionRunReply", {
    "as_of": "str",
    "items": "int",
    "list": "int",
    "push": "int",
    "keep": "int",
    "clear": "int",
    "drop": "int",
    "unknown": "int",
    "explores": "int",
    "flagged": "int",
    "expected_profit": "float",
    "stock_cost": "float",
    "gap": "float",
    "unmet": "list[str]",
    "model": "str",
    "model_version": "str",
    "model_days_old": "int",
    "trained_version": "str",
    "promotion": "str",
    "promotion_message": "str",
    "seconds": "SelectionRunReplySeconds",
})

SelectionTrendsReplyTrends = TypedDict("SelectionTrendsReplyTrends", {
    "grouping": "str",
    "group": "str",
    "since": "str",
    "items": "int",
    "orders": "int",
    "before": "float",
    "after": "float",
    "times": "float",
    "p": "float",
    "q": "float",
    "examples": "list[str]",
    "text_en": "str",
    "text_zh": "str",
})

SelectionTrendsReply = TypedDict("SelectionTrendsReply", {
    "as_of": "str",
    "weeks": "int",
    "tested": "int",
    "rising": "int",
    "falling": "int",
    "trends": "list[SelectionTrendsReplyTrends]",
})

SelectionUndoReviewReply = TypedDict("SelectionUndoReviewReply", {
    "item": "str",
    "state": "str",
    "waiting": "int",
})

SelectionVectoriseReply = TypedDict("SelectionVectoriseReply", {
    "as_of": "str",
    "skipped": "str",
    "items": "int",
    "dimensions": "int",
    "neighbours": "int",
    "embedded": "int",
    "unread_pictures": "int",
})

SelectionWaitingMatchesReplyMatches = TypedDict("SelectionWaitingMatchesReplyMatches", {
    "competitor": "str",
    "key": "str",
    "day": "str",
    "title": "str",
    "item": "str",
    "item_title": "str",
    "price": "float",
    "item_price": "float",
    "likeness": "float",
    "suspect": "bool",
})

SelectionWaitingMatchesReply = TypedDict("SelectionWaitingMatchesReply", {
    "waiting": "int",
    "matches": "list[SelectionWaitingMatchesReplyMatches]",
})

SettingsCheckReply = TypedDict("SettingsCheckReply", {
    "problems": "list[str]",
})

SettingsListReplyOptions = TypedDict("SettingsListReplyOptions", {
    "option": "str",
    "group": "str",
    "kind": "str",
    "title_en": "str",
    "title_zh": "str",
    "about_en": "str",
    "about_zh": "str",
    "value": "str",
    "otherwise": "str",
    "unit": "str",
    "least": "float | None",
    "most": "float | None",
    "choices": "list[str]",
    "origin": "str",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
    "confidential": "bool",
    "in_file_only": "bool",
})

SettingsListReplyChanges = TypedDict("SettingsListReplyChanges", {
    "option": "str",
    "value": "str",
    "cleared": "bool",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
})

SettingsListReply = TypedDict("SettingsListReply", {
    "options": "list[SettingsListReplyOptions]",
    "changes": "list[SettingsListReplyChanges]",
})

SettingsResetReply = TypedDict("SettingsResetReply", {
    "option": "str",
    "group": "str",
    "kind": "str",
    "title_en": "str",
    "title_zh": "str",
    "about_en": "str",
    "about_zh": "str",
    "value": "str",
    "otherwise": "str",
    "unit": "str",
    "least": "float | None",
    "most": "float | None",
    "choices": "list[str]",
    "origin": "str",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
    "confidential": "bool",
    "in_file_only": "bool",
})

SettingsSetReply = TypedDict("SettingsSetReply", {
    "option": "str",
    "group": "str",
    "kind": "str",
    "title_en": "str",
    "title_zh": "str",
    "about_en": "str",
    "about_zh": "str",
    "value": "str",
    "otherwise": "str",
    "unit": "str",
    "least": "float | None",
    "most": "float | None",
    "choices": "list[str]",
    "origin": "str",
    "set_by": "str",
    "reason": "str",
    "set_at": "str",
    "confidential": "bool",
    "in_file_only": "bool",
})

ShopBackupReply = TypedDict("ShopBackupReply", {
    "folder": "str",
})

ShopCheckReplyTables = TypedDict("ShopCheckReplyTables", {
    "name": "str",
    "rows": "int",
    "problem": "str",
})

ShopCheckReplySchemas = TypedDict("ShopCheckReplySchemas", {
    "area": "str",
    "version": "int",
})

ShopCheckReply = TypedDict("ShopCheckReply", {
    "sound": "bool",
    "problems": "list[str]",
    "tables": "list[ShopCheckReplyTables]",
    "schemas": "list[ShopCheckReplySchemas]",
})

StockExceptionsReplyExceptions = TypedDict("StockExceptionsReplyExceptions", {
    "trouble": "str",
    "item": "str",
    "title": "str",
    "on_hand": "int",
    "on_order": "int",
    "days_until_empty": "float",
    "lead_time_days": "float",
    "chance": "float",
    "at_stake": "float",
    "quiet_days": "int",
    "text_en": "str",
    "text_zh": "str",
})

StockExceptionsReply = TypedDict("StockExceptionsReply", {
    "as_of": "str",
    "currency": "str",
    "counted_items": "int",
    "runs_out": "int",
    "never_sells": "int",
    "overstock": "int",
    "exceptions": "list[StockExceptionsReplyExceptions]",
})

StockNetworkReplyItemsPlaces = TypedDict("StockNetworkReplyItemsPlaces", {
    "place": "str",
    "title": "str",
    "supplied_by": "str",
    "own_days": "int",
    "inbound_days": "int",
    "promised_days": "int",
    "net_days": "int",
    "expected": "float",
    "safety_stock": "float",
    "safety_stock_alone": "float",
    "base_stock": "int",
    "on_hand": "int | None",
    "on_order": "int | None",
    "forecast": "bool",
})

StockNetworkReplyItems = TypedDict("StockNetworkReplyItems", {
    "item": "str",
    "title": "str",
    "cost": "float",
    "cost_alone": "float",
    "cost_at_the_ends": "float | None",
    "places": "list[StockNetworkReplyItemsPlaces]",
})

StockNetworkReply = TypedDict("StockNetworkReply", {
    "as_of": "str",
    "currency": "str",
    "links": "int",
    "links_left_out": "int",
    "plans": "int",
    "cost": "float",
    "cost_alone": "float",
    "safety_stock": "float",
    "safety_stock_alone": "float",
    "items": "list[StockNetworkReplyItems]",
})

StockProjectionReplyOnTheWay = TypedDict("StockProjectionReplyOnTheWay", {
    "day": "str",
    "units": "int",
    "source": "str",
})

StockProjectionReplyDays = TypedDict("StockProjectionReplyDays", {
    "day": "str",
    "expected": "float",
    "low": "float",
    "high": "float",
    "arriving": "float",
    "chance_of_empty": "float",
})

StockProjectionReply = TypedDict("StockProjectionReply", {
    "item": "str",
    "title": "str",
    "as_of": "str",
    "method": "str",
    "model": "str",
    "model_version": "str",
    "on_hand": "int",
    "on_order": "int",
    "stock_assumed": "bool",
    "lead_time_days": "float",
    "lead_time_sd_days": "float",
    "lead_time_receipts": "int",
    "order_up_to": "int",
    "order_units": "int",
    "chance_of_running_out": "float",
    "on_the_way": "list[StockProjectionReplyOnTheWay]",
    "days": "list[StockProjectionReplyDays]",
})

StockProposeReply = TypedDict("StockProposeReply", {
    "as_of": "str",
    "items": "int",
    "assumed_stock": "int",
    "pending": "int",
    "approved_by_policy": "int",
    "refused_by_guardrails": "int",
    "superseded": "int",
    "known": "int",
    "limited": "int",
    "budget_gap": "float",
    "up_to_price_break": "int",
    "with_substitutes": "int",
    "substitutes_left_out": "int",
})

StockSimulateReplyPoliciesAt = TypedDict("StockSimulateReplyPoliciesAt", {
    "in_stock": "float",
    "stock_days": "float",
})

StockSimulateReplyPoliciesCurve = TypedDict("StockSimulateReplyPoliciesCurve", {
    "in_stock": "float",
    "stock_days": "float",
    "settled_days": "float",
    "served": "float",
})

StockSimulateReplyPolicies = TypedDict("StockSimulateReplyPolicies", {
    "name": "str",
    "at": "list[StockSimulateReplyPoliciesAt]",
    "curve": "list[StockSimulateReplyPoliciesCurve]",
})

StockSimulateReply = TypedDict("StockSimulateReply", {
    "from": "str",
    "to": "str",
    "series": "int",
    "history_days": "int",
    "sharing": "str",
    "ridge": "float",
    "smoothing": "float",
    "validation_error": "float",
    "test_error": "float",
    "inside_everywhere": "bool",
    "policies": "list[StockSimulateReplyPolicies]",
})

StockTransferReply = TypedDict("StockTransferReply", {
    "as_of": "str",
    "items": "int",
    "pending": "int",
    "approved_by_policy": "int",
    "refused_by_guardrails": "int",
    "superseded": "int",
    "known": "int",
    "planned_items": "int",
    "expired": "int",
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

    def accuracy(
        self,
        *,
        by: str | None = None,
        days: int | None = None,
    ) -> DemandAccuracyReply:
        """Says how far off forecasts were that are over, by class of items and periods ahead. Role: viewer.

        by: class (A, B, C by revenue), category or method
        days: of forecasts made in so many days before the newest
        """
        return self._connection.read("demand.accuracy", {"by": by, "days": days})

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

    def places(
        self,
        *,
        item: str,
    ) -> DemandPlacesReply:
        """Shows the forecast of an item at every place. Role: viewer.

        item: the item's id
        """
        return self._connection.read("demand.places", {"item": item})

    def run(
        self,
        *,
        as_of: str | None = None,
    ) -> DemandRunReply:
        """Forecasts every product; the method is picked per item by a rolling backtest. Role: operator.

        as_of: the day to forecast from, as 2011-11-14; empty: today, or where the data end
        """
        return self._connection.work("demand.run", {"as_of": as_of})

    def signals(
        self,
        *,
        as_of: str | None = None,
        mornings: int | None = None,
    ) -> DemandSignalsReply:
        """What an LSTM and a Prophet-like model say of each item's next four weeks, as features of selection. Role: operator.

        as_of: the newest morning is the Monday of its week, as 2011-11-14; empty: today, or where the data end
        mornings: that many Mondays, the newest included; 0: the newest, if the shop's setting demand.signals is on
        """
        return self._connection.work("demand.signals", {"as_of": as_of, "mornings": mornings})

    def sums(
        self,
        *,
        by: str | None = None,
    ) -> DemandSumsReply:
        """Sums the forecasts by category, place or all together. Role: viewer.

        by: category, place or total
        """
        return self._connection.read("demand.sums", {"by": by})

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

    def models(
        self,
    ) -> SelectionModelsReply:
        """The models of titles and pictures that the shop installed: whether they work, and which items have them. Role: viewer."""
        return self._connection.read("selection.models", {})

    def nearest(
        self,
        *,
        category: str | None = None,
        item: str | None = None,
        picture: str | None = None,
        price: float | None = None,
        supplier: str | None = None,
        title: str | None = None,
        top: int | None = None,
    ) -> SelectionNearestReply:
        """The items most like one of the shop, or like one that it does not know yet. Role: viewer.

        category: of such an item, as the shop writes it, with / or > between levels
        item: an item of the shop; all dimensions count
        picture: of such an item, a file in the shop's pictures/ or inbox/, where the shop has a picture model
        price: of such an item, in the shop's currency; 0: unknown
        supplier: of such an item, the supplier's id
        title: of an item that the shop does not know; attributes alone count
        top: items in the reply
        """
        return self._connection.read("selection.nearest", {"category": category, "item": item, "picture": picture, "price": price, "supplier": supplier, "title": title, "top": top})

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

    def network(
        self,
        *,
        as_of: str | None = None,
        item: str | None = None,
        limit: int | None = None,
        skip: int | None = None,
    ) -> StockNetworkReply:
        """Which of the linked places holds how much of each item, and what every place for itself would hold. Role: viewer.

        as_of: the day of the forecast, as 2011-11-14; empty: the newest
        item: the item's id; empty: all
        limit: how many items at most
        skip: how many of the first to leave out, for the next page
        """
        return self._connection.read("stock.network", {"as_of": as_of, "item": item, "limit": limit, "skip": skip})

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

    def transfer(
        self,
        *,
        as_of: str,
    ) -> StockTransferReply:
        """Proposes moves between places where stock is counted and demand is forecast by place. Role: operator."""
        return self._connection.write("stock.transfer", {"as_of": as_of})


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
