import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, type ReactNode } from "react";
import { mayCall, Problem, session, type Session } from "../api/client";
import type { OperationName } from "../api/client";
import { Failure, Loading } from "../components/states";
import { useText } from "./preferences";

const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const value = useContext(Context);
  if (!value) throw new Error("useSession is used outside of Signed");
  return value;
}

export function useMay(): (name: OperationName) => boolean {
  const { role } = useSession();
  return (name) => mayCall(role, name);
}

// What is inside is shown to somebody who is logged in; anybody else reads how to.
export function Signed({ children }: { children: ReactNode }) {
  const query = useQuery({ queryKey: ["session"], queryFn: session, staleTime: 60_000, refetchInterval: 300_000 });
  if (query.error instanceof Problem && query.error.status === 401) return <Welcome />;
  if (query.data) return <Context.Provider value={query.data}>{children}</Context.Provider>;
  return query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading />;
}

function Welcome() {
  const text = useText();
  return (
    <main className="welcome">
      <h1>{text("app.name")}</h1>
      <p>{text("login.first")}</p>
      <pre><code>suanpan login SHOP</code></pre>
      <p className="soft">{text("login.once")}</p>
    </main>
  );
}
