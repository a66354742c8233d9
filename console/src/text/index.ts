import { en } from "./en";
import { zh } from "./zh";

export type TextKey = keyof typeof en;
export type Language = "en" | "zh";
export const texts: Record<Language, Record<TextKey, string>> = { en, zh };
