import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Relative addresses, so that the console works behind a path prefix.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: ["index.html", "docs.html"] },
  },
});
