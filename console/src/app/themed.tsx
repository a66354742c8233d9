import { App, ConfigProvider, theme as antd } from "antd";
import en from "antd/locale/en_US";
import zh from "antd/locale/zh_CN";
import type { ReactNode } from "react";
import { usePreferences } from "./preferences";

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

// The contrast of Ant Design's grey texts is below 4.5:1 on these backgrounds, so they are set.
const light = { colorPrimary: "#1a6b52", colorTextSecondary: "#4b5563", colorTextTertiary: "#5b6572", colorTextPlaceholder: "#646d79", colorTextDescription: "#5b6572" };
const dark = { colorPrimary: "#2f8f6f", colorBgBase: "#14171b", colorTextSecondary: "#b6bdc6", colorTextTertiary: "#a0a8b2", colorTextPlaceholder: "#98a0aa", colorTextDescription: "#a0a8b2" };

export function Themed({ children }: { children: ReactNode }) {
  const { language, theme } = usePreferences();
  return (
    <ConfigProvider
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      locale={language === "zh" ? zh : en}
      theme={{
        algorithm: [theme === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm, antd.compactAlgorithm],
        token: { borderRadius: 5, fontSize: 14, fontFamily: "inherit", motion: false, ...(theme === "dark" ? dark : light) },
      }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}
