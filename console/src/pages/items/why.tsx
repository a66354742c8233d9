import { useQuery } from "@tanstack/react-query";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { usePreferences, useText } from "../../app/preferences";
import { href } from "../../app/route";
import { useForecast } from "../../components/item_chart";
import { Rows } from "../../components/page";

// What the forecast of the coming window is made of, in words and in parts that add up to it.
export function Why({ item }: { item: string }) {
  const text = useText();
  const format = useFormat();
  const { language } = usePreferences();
  const forecast = useForecast(item);
  const { data } = useQuery({
    queryKey: ["demand.explain", item],
    queryFn: ({ signal }) => read("demand.explain", { item }, signal),
    enabled: forecast.data !== undefined,
    retry: false,
  });
  if (!data) return null;
  const whole = { name: "whole", en: text("why.whole"), zh: text("why.whole"), units: data.units };
  return (
    <>
      <p>{language === "zh" ? data.sentence_zh : data.sentence_en}</p>
      {data.parts.length > 1 && (
        <Rows
          label={text("why.title")}
          rows={[...data.parts, whole]}
          keyOf={(part) => part.name}
          columns={[
            { key: "part", title: text("why.part"), cell: (part) => part[language] },
            { key: "units", title: text("why.units"), number: true, cell: (part) => format.plain(part.units) },
          ]}
        />
      )}
      {data.neighbours.length > 0 && (
        <p className="soft small">
          {text("why.neighbours")} {data.neighbours.slice(0, 5).map((other) => <a key={other} href={href("items", [other])}>{other} </a>)}
        </p>
      )}
    </>
  );
}
