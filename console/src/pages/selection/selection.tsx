import { Tabs } from "antd";
import { useText } from "../../app/preferences";
import { go, href, useRoute } from "../../app/route";
import { Page } from "../../components/page";
import { Backtest } from "./backtest";
import { Candidates } from "./candidates";
import { Matches } from "./matches";
import { ScoreNow, Scores } from "./scores";
import { Trends } from "./trends";

export default function Selection() {
  const text = useText();
  const { rest } = useRoute();
  const items = [
    { key: "scores", label: text("selection.scores"), children: <Scores /> },
    { key: "trends", label: text("trends.title"), children: <Trends /> },
    { key: "candidates", label: text("candidates.title"), children: <Candidates /> },
    { key: "matches", label: text("matches.title"), children: <Matches /> },
    { key: "backtest", label: text("backtest.title"), children: <Backtest /> },
  ];
  const open = items.find((one) => one.key === rest[0]) ?? items[0];
  return (
    <Page title={text("nav.selection")} tools={open.key === "scores" && <ScoreNow />}>
      <Tabs tabBarGutter={20} activeKey={open.key} items={items} onChange={(key) => go(href("selection", key === "scores" ? [] : [key]))} destroyOnHidden />
    </Page>
  );
}
