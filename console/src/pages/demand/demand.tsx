import { useText } from "../../app/preferences";
import { Page } from "../../components/page";
import { AccuracyBoard } from "./accuracy";
import { Leaning } from "./leaning";
import { Overridden } from "./overridden";
import { Sums } from "./sums";

// What is expected of categories and places, and how far off earlier forecasts were.
export default function Demand() {
  const text = useText();
  return (
    <Page title={text("nav.demand")}>
      <Sums />
      <AccuracyBoard />
      <Overridden />
      <Leaning />
    </Page>
  );
}
