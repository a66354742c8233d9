import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useEffect, type ComponentType } from "react";
import { logOut, read } from "../api/client";
import { Boundary } from "../components/boundary";
import { Loading, Nothing } from "../components/states";
import type { TextKey } from "../text";
import { usePreferences, useText } from "./preferences";
import { href, useRoute } from "./route";
import { Signed, useSession } from "./session";

interface Page {
  name: string;
  title: TextKey;
  view: ComponentType;
}

const pages: Page[] = [
  { name: "today", title: "nav.today", view: lazy(() => import("../pages/today/today")) },
  { name: "decisions", title: "nav.decisions", view: lazy(() => import("../pages/decisions/decisions")) },
  { name: "items", title: "nav.items", view: lazy(() => import("../pages/items/items")) },
  { name: "demand", title: "nav.demand", view: lazy(() => import("../pages/demand/demand")) },
  { name: "selection", title: "nav.selection", view: lazy(() => import("../pages/selection/selection")) },
  { name: "data", title: "nav.data", view: lazy(() => import("../pages/data/data")) },
  { name: "label", title: "nav.label", view: lazy(() => import("../pages/label/label")) },
  { name: "jobs", title: "nav.jobs", view: lazy(() => import("../pages/jobs/jobs")) },
  { name: "models", title: "nav.models", view: lazy(() => import("../pages/models/models")) },
  { name: "settings", title: "nav.settings", view: lazy(() => import("../pages/settings/settings")) },
];

export function Shell() {
  return (
    <Signed>
      <Frame />
    </Signed>
  );
}

function Frame() {
  const text = useText();
  const route = useRoute();
  const session = useSession();
  const page = pages.find((one) => one.name === route.page);
  const title = page ? text(page.title) : text("app.name");
  useEffect(() => {
    document.title = `${title} · ${session.shop} · Suanpan`;
  }, [title, session.shop]);
  const View = page?.view;
  return (
    <div className="frame">
      <a className="skip" href="#content" onClick={(event) => (event.preventDefault(), document.getElementById("content")?.focus())}>
        {text("nav.skip")}
      </a>
      <Navigation current={route.page} />
      <main id="content" tabIndex={-1}>
        <Boundary key={route.page}>
          <Suspense fallback={<Loading />}>{View ? <View /> : <Nothing title={text("nav.unknown")} />}</Suspense>
        </Boundary>
      </main>
    </div>
  );
}

function Navigation({ current }: { current: string }) {
  const text = useText();
  const session = useSession();
  const counts = useQuery({ queryKey: ["decisions.counts"], queryFn: ({ signal }) => read("decisions.counts", {}, signal), refetchInterval: 30_000 });
  const pending = counts.data?.counts.filter((one) => one.state === "pending").reduce((sum, one) => sum + one.decisions, 0) ?? 0;
  return (
    <header className="side">
      <a className="brand" href={href("today")}>
        <span lang="zh">算盘</span> <span className="shop">{session.shop}</span>
      </a>
      <nav aria-label={text("nav.pages")}>
        {pages.map((page) => (
          <a key={page.name} href={href(page.name)} aria-current={current === page.name ? "page" : undefined}>
            {text(page.title)}
            {page.name === "decisions" && pending > 0 && <span className="count" aria-label={text("nav.waiting", { n: pending })}>{pending}</span>}
          </a>
        ))}
      </nav>
      <Preferences />
    </header>
  );
}

function Preferences() {
  const text = useText();
  const session = useSession();
  const { language, theme, setLanguage, setTheme } = usePreferences();
  const leave = async () => {
    await logOut();
    location.reload();
  };
  return (
    <div className="preferences">
      <span className="who" title={text(`role.${session.role}`)}>{session.name.replace(/^user:/, "")}</span>
      <Button size="small" type="text" lang={language === "en" ? "zh" : "en"} onClick={() => setLanguage(language === "en" ? "zh" : "en")}>
        {text("app.other_language")}
      </Button>
      <Button size="small" type="text" onClick={() => setTheme(theme === "dark" ? "light" : "dark")}>
        {theme === "dark" ? text("app.light") : text("app.dark")}
      </Button>
      <Button size="small" type="text" onClick={() => void leave()}>{text("app.log_out")}</Button>
    </div>
  );
}
