import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { texts, type Language, type TextKey } from "../text";

// Language and light or dark: kept in the browser, the language else taken from it.
export type Theme = "light" | "dark";

function stored<Value extends string>(key: string, allowed: readonly Value[], otherwise: Value): Value {
  const value = localStorage.getItem(`suanpan.${key}`);
  return allowed.find((one) => one === value) ?? otherwise;
}

interface Preferences {
  language: Language;
  theme: Theme;
  setLanguage: (language: Language) => void;
  setTheme: (theme: Theme) => void;
}

const Context = createContext<Preferences | null>(null);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() =>
    stored<Language>("language", ["en", "zh"], navigator.language.startsWith("zh") ? "zh" : "en"),
  );
  const [theme, setTheme] = useState(() =>
    stored<Theme>("theme", ["light", "dark"], matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
  );
  useEffect(() => {
    localStorage.setItem("suanpan.language", language);
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  useEffect(() => {
    localStorage.setItem("suanpan.theme", theme);
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const value = useMemo(() => ({ language, theme, setLanguage, setTheme }), [language, theme]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function usePreferences(): Preferences {
  const value = useContext(Context);
  if (!value) throw new Error("usePreferences is used outside of PreferencesProvider");
  return value;
}

export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

export function useText(): Translate {
  const { language } = usePreferences();
  return useMemo(
    () => (key, values) => texts[language][key].replace(/\{(\w+)\}/g, (mark, name) => String(values?.[name] ?? mark)),
    [language],
  );
}
