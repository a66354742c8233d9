import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/client";
import { PreferencesProvider } from "./app/preferences";
import { Shell } from "./app/shell";
import { Themed } from "./app/themed";
import "./style.css";

// What is refused stays refused: only a server that did not answer is asked again.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status >= 500),
    },
  },
});

createRoot(document.getElementById("root")!).render(
  <PreferencesProvider>
    <QueryClientProvider client={client}>
      <Themed>
        <Shell />
      </Themed>
    </QueryClientProvider>
  </PreferencesProvider>,
);
