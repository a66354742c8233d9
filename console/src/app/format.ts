import { useMemo } from "react";
import { usePreferences, useText } from "./preferences";

export interface Amount {
  minor: number;
  currency: string;
}

const locales = { en: "en-GB", zh: "zh-CN" } as const;

// Numbers, money, days and spans of time as the language writes them.
export function useFormat() {
  const { language } = usePreferences();
  const text = useText();
  return useMemo(() => {
    const locale = locales[language];
    const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
    const money = (amount: Amount) => {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency: amount.currency || "XXX" });
      return format.format(amount.minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    };
    const moneyOf = (value: number, currency: string) =>
      new Intl.NumberFormat(locale, { style: "currency", currency: currency || "XXX" }).format(value);
    const day = (value: string) =>
      value ? new Date(`${value.slice(0, 10)}T12:00:00`).toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric" }) : "";
    const moment = (value: string) =>
      value ? new Date(value).toLocaleString(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }) : "";
    const clock = (value: string) => new Date(value).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    const until = (value: string) => {
      const hours = (Date.parse(value) - Date.now()) / 3_600_000;
      if (hours < 0) return text("time.over");
      return hours < 48 ? text("time.hours", { n: Math.max(1, Math.round(hours)) }) : text("time.days", { n: Math.round(hours / 24) });
    };
    const seconds = (value: number) =>
      value < 60 ? text("time.seconds", { n: plain.format(value) }) : text("time.minutes", { n: whole.format(value / 60) });
    return { plain: (n: number) => plain.format(n), whole: (n: number) => whole.format(n), share: (n: number) => share.format(n), money, moneyOf, day, moment, clock, until, seconds };
  }, [language, text]);
}
